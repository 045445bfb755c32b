"""Bring the tables to what this version of the program expects, in one transaction."""

from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table

from screener.store.engine import Database
from screener.store.errors import StoreUnavailable

WHO_CAN = {
    "read-only": "is not up to date, and can only be read: run screener upgrade where it can be "
    "written",
    "grants": "is not up to date, or this user lacks rights on it: run screener upgrade as the one "
    "who owns the tables, and then deploy/postgresql-roles.sql",
}
VERSIONS = Path(__file__).parent / "migrations" / "versions"


def upgrade(database: Database) -> None:
    """Run the migrations that are missing.

    Raises:
        StoreUnavailable: the database was written by a newer version of Screener.
    """
    # Two processes that start at once upgrade one after the other.
    try:
        with database.alone() as connection:
            bring_up(connection, database.name)
    except StoreUnavailable as error:
        told = WHO_CAN.get(error.reason)
        if told is None:
            raise
        raise StoreUnavailable(error.reason, f"{database.name} {told}") from error


def bring_up(connection: Connection, name: str) -> None:
    """Run the migrations that are missing, on a connection that may change the tables.

    Raises:
        StoreUnavailable: the tables were made by a newer version of Screener.
    """
    if version(connection) != newest():
        _run(connection, name, "head")


def remake(connection: Connection, to: str) -> None:
    """Make all tables afresh, as they were in a version; what they hold now is lost."""
    if version(connection) is not None:
        _run(connection, "", "base")
    _run(connection, "", to)


def newest() -> str:
    """Give the newest version there is a migration for; the files are named after it."""
    return max(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*.py"))


def version(connection: Connection) -> str | None:
    """Read which version the tables are in; None for a database without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    named = column("version_num", String)
    return connection.execute(select(named).select_from(table("alembic_version"))).scalar()


def _run(connection: Connection, name: str, to: str) -> None:
    # Alembic takes as long to import as all the rest; most starts have nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "screener.store:migrations")
    config.attributes["connection"] = connection
    try:
        (command.downgrade if to == "base" else command.upgrade)(config, to)
    except CommandError as error:
        raise StoreUnavailable(
            "newer",
            f"{name} was made by a newer version of Screener: install that version, "
            "or put back a copy from before it",
        ) from error
