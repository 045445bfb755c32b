"""The database, read and written the same way whichever it is: SQLite, or PostgreSQL."""

from pathlib import Path

from screener.settings import DatabaseAddress
from screener.store.engine.database import Database, insert
from screener.store.engine.sqlite import SQLite

__all__ = ["Database", "insert", "open_database"]


def open_database(address: DatabaseAddress | None, file: Path, wait: float) -> Database:
    """Open the PostgreSQL database at an address; without one, the SQLite file.

    Args:
        address: where PostgreSQL is.
        file: the SQLite file, made when it is missing.
        wait: seconds to wait for others.

    Raises:
        StoreUnavailable: it cannot be used; the message says what to do.
    """
    if address is None:
        return SQLite(file, wait)
    # The driver of PostgreSQL is an extra, and costs each start 60 ms.
    from screener.store.engine.postgres import PostgreSQL  # noqa: PLC0415

    return PostgreSQL(address, wait)
