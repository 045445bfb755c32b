"""Open the database and the keys beside it; make on the first start what is missing."""

from pathlib import Path

from sqlalchemy import Table, select

from screener.settings import Settings
from screener.store import engine, key_files, upgrade
from screener.store.engine import Database
from screener.store.errors import StoreUnavailable

DATABASE = "screener.db"
WAIT = 5.0  # seconds for another writer to finish


def open_database(settings: Settings, wait: float = WAIT) -> Database:
    """Open the database of the settings, and bring its tables up to date.

    Raises:
        StoreUnavailable: with a message that says what to do.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    """Read a secret, or make it while no row needs it yet; without it, let go of the database.

    Raises:
        StoreUnavailable: with a message that says what to do.
    """
    try:
        # Alone: of two processes that start for the first time, the second finds the key made.
        with database.alone() as connection:
            needed = connection.execute(select(needed_by).limit(1)).first() is not None
            return key_files.read_or_make(file, may_make=not needed)
    except OSError as error:
        database.close()
        raise _unusable(file.parent, error) from error
    except StoreUnavailable:
        database.close()
        raise


def _unusable(folder: Path, error: OSError) -> StoreUnavailable:
    said = f"{folder} cannot be used to keep answers: {error.strerror}"
    return StoreUnavailable("missing", said)
