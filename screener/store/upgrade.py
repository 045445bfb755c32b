"""Bring the tables to what this version of the program expects, in one transaction."""

from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from screener.store.engine import Database
from screener.store.errors import StoreUnavailable


def upgrade(database: Database) -> None:
    """Run the migrations that are missing.

    Raises:
        StoreUnavailable: the file was written by a newer version of Screener.
    """
    config = Config()
    config.set_main_option("script_location", "screener.store:migrations")
    # The writer's lock is held: two processes that start at once upgrade one after the other.
    with database.writing() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreUnavailable(
                "newer",
                f"{database.file} was made by a newer version of Screener: install that version, "
                "or put back a copy from before it",
            ) from error
