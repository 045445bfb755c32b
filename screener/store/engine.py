"""The database file: how it is opened, and how one reads and writes it without losing anything."""

import importlib
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

from screener.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

# From 3.7.0 to 3.51.2 two connections that write and checkpoint a WAL at once can damage the file.
FIRST_SOUND_WAL = (3, 51, 3)

# In what SQLite says, what each fault is called in the log.
REASONS = {
    "full": "full",
    "locked": "locked",
    "readonly": "read-only",
    "disk I/O": "disk",
    "unable to open": "missing",
    "no such table": "missing",
    "malformed": "damaged",
    "not a database": "damaged",
}
# SQLAlchemy's names for "the database said no", apart from mistakes in our own statements.
DOWN = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)


class Database:
    """One SQLite file with one writer at a time and any number of readers."""

    def __init__(self, file: Path, wait: float, module: ModuleType | None = None) -> None:
        self.file = file.resolve()
        self._wait = wait
        self._lock = Lock()
        self._engine = _engine(self.file, wait, module or newest_sqlite())
        # The same connections; what differs is the BEGIN that each transaction starts with.
        self._writer = self._engine.execution_options(writes=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database."""
        with _in_plain_words(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one connection that may write now; committed durably when the block ends.

        Without a queue of our own, SQLite's writers sleep and retry, and a few wait very long.
        """
        with _in_plain_words(), self._turn(), self._writer.begin() as connection:
            yield connection

    def forget(self) -> None:
        """Truncate the write-ahead log, so that what was deleted is gone from the disk."""
        with _in_plain_words(), self._turn(), self._engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=self._wait):
            raise StoreUnavailable("locked")
        try:
            yield
        finally:
            self._lock.release()


def newest_sqlite() -> ModuleType:
    """Choose between Python's own SQLite and the one that pysqlite3 brings along."""
    if sqlite3.sqlite_version_info >= FIRST_SOUND_WAL:
        return sqlite3
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def journal(module: ModuleType) -> str:
    """Choose the journal: the write-ahead log where SQLite is sound, else the older, slower one."""
    if module.sqlite_version_info >= FIRST_SOUND_WAL:
        return "WAL"
    log.warning("old_sqlite", extra={"version": module.sqlite_version})
    return "TRUNCATE"


def _engine(file: Path, wait: float, module: ModuleType) -> Engine:
    # rw, not rwc: a file that went missing must be an error, not a fresh empty database.
    address = f"{file.as_uri()}?mode=rw"
    pragmas = (
        f"journal_mode={journal(module)}",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        "trusted_schema=OFF",
    )

    def connect() -> Any:  # noqa: ANN401 - sqlite3 and pysqlite3 share no type
        connection = module.connect(
            address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False
        )
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=module,
        poolclass=QueuePool,
        pool_timeout=wait,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "connect", lambda _, entry: _remember_file(entry, file))
    event.listen(engine, "checkout", lambda _, entry, proxy: _same_file(entry, proxy, file))
    return engine


def _begin(connection: Connection) -> None:
    """Begin in our own words: the driver begins too late for read-then-write to be one step."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(file)  # noqa: PTH116 - on every transaction: the quicker of the two
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _remember_file(entry: ConnectionPoolEntry, file: Path) -> None:
    entry.info["file"] = _identity(file)


def _same_file(entry: ConnectionPoolEntry, _: PoolProxiedConnection, file: Path) -> None:
    """Refuse a connection whose file was removed or replaced: what it writes would be lost."""
    if entry.info.get("file") != _identity(file):
        raise exc.DisconnectionError


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Turn the many ways in which SQLite says no into the one that pages know."""
    try:
        yield
    except exc.DBAPIError as error:
        if not isinstance(error, DOWN) and type(error) is not exc.DatabaseError:
            raise
        raise _unavailable(error) from error
    except (exc.TimeoutError, exc.InvalidRequestError, sqlite3.OperationalError) as error:
        raise _unavailable(error) from error


def _unavailable(error: Exception) -> StoreUnavailable:
    said = str(getattr(error, "orig", error))
    reason = next((word for part, word in REASONS.items() if part in said), "failed")
    return StoreUnavailable(reason)
