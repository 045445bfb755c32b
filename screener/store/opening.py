"""Open the database and the keys beside it; make on the first start what is missing."""

from pathlib import Path

from sqlalchemy import Connection, Table, insert, select

from screener.settings import Settings
from screener.store import engine, folders, key_files, upgrade
from screener.store.derived import derive
from screener.store.engine import Database
from screener.store.errors import StoreUnavailable
from screener.store.models import key_mark

DATABASE = "screener.db"
WAIT = 5.0  # seconds for another writer to finish


def open_database(settings: Settings, wait: float = WAIT) -> Database:
    """Open the database of the settings, and bring its tables up to date.

    Raises:
        StoreUnavailable: with a message that says what to do.
    """
    try:
        folders.make(settings.data)
    except OSError as error:
        raise _unusable(settings.data, error) from error
    database = engine.open_database(settings.database, settings.data / DATABASE, wait)
    try:
        upgrade.upgrade(database)
    except StoreUnavailable:
        database.close()
        raise
    return database


def secret(database: Database, file: Path, needed_by: Table) -> bytes:
    """Read a secret, or make it on the first start; without it, let go of the database.

    The database remembers which secret it belongs to: a second machine that made one of its own
    would find no draft of the first, and nobody would know why.

    Raises:
        StoreUnavailable: with a message that says what to do.
    """
    try:
        # Alone: of two processes that start for the first time, the second finds the key made.
        with database.alone() as connection:
            known = connection.scalar(select(key_mark.c.mark).where(key_mark.c.name == file.name))
            needed = known or connection.execute(select(needed_by).limit(1)).first()
            found = key_files.read_or_make(file, may_make=not needed)
            _hold_against(connection, file, mark(found), known)
            return found
    except OSError as error:
        database.close()
        raise _unusable(file.parent, error) from error
    except StoreUnavailable:
        database.close()
        raise


def mark(secret: bytes) -> bytes:
    """Stand in for a secret: what the database remembers of it. It opens nothing."""
    return derive(secret, "mark")


def _hold_against(connection: Connection, file: Path, ours: bytes, known: bytes | None) -> None:
    if known is None:
        connection.execute(insert(key_mark).values(name=file.name, mark=ours))
    elif known != ours:
        raise StoreUnavailable(
            "keys", f"{file} is not the one that this database was begun with: put that one there"
        )


def _unusable(folder: Path, error: OSError) -> StoreUnavailable:
    said = f"{folder} cannot be used to keep answers: {error.strerror}"
    return StoreUnavailable("missing", said)
