"""SQLite: one file, set so that what was acknowledged is on the disk."""

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

from screener.store.engine.database import LONGEST_START, Database
from screener.store.errors import StoreUnavailable

log = logging.getLogger(__name__)

# From 3.7.0 to 3.51.2 two connections that write and checkpoint a WAL at once can damage the file.
FIRST_SOUND_WAL = (3, 51, 3)
KEPT = 16  # connections: one for each thread of the server and of the jobs, and some to spare

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


class SQLite(Database):
    """One SQLite file with one writer at a time and any number of readers."""

    # A writer's first statement may be a read, and no other writer may come between.
    BEGINS = "BEGIN", "BEGIN IMMEDIATE"
    WRITERS = 1

    def __init__(self, file: Path, wait: float, module: ModuleType | None = None) -> None:
        """Open the file, made for its owner alone when it is missing."""
        try:
            # SQLite gives its log files the permissions of the database file.
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            said = f"{file} cannot be used to keep answers: {error.strerror}"
            raise StoreUnavailable("missing", said) from error
        file = file.resolve()
        super().__init__(str(file), _engine(file, wait, module or newest_sqlite()))
        self._wait = wait
        self._lock = Lock()

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Give a connection that writes while no other process starts: for what is made once."""
        with self._in_plain_words(), self._turn(), self._writers.connect() as connection:
            connection.detach()  # the others wait less long
            longest = f"PRAGMA busy_timeout={LONGEST_START * 1000}"
            connection.connection.cursor().execute(longest)
            with connection.begin():
                yield connection

    def forget(self) -> None:
        """Truncate the write-ahead log: until then it holds what was deleted."""
        with self._in_plain_words(), self._turn(), self._engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar() != 0:  # busy
                # Somebody reads, a backup perhaps. The purge asks again within the hour.
                log.warning("log_not_truncated")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Queue for the write: SQLite's own writers sleep and retry, and a few wait very long."""
        if not self._lock.acquire(timeout=self._wait):
            raise StoreUnavailable("locked")
        try:
            yield
        finally:
            self._lock.release()

    def _after_a_failure(self, lent: PoolProxiedConnection, error: BaseException) -> None:
        """Keep it: it can write when the disk can. One that never will is closed by itself."""

    def _reason(self, error: BaseException) -> str | None:
        # "file is not a database", by SQLAlchemy and by itself; a file replaced at each checkout.
        plain = self._engine.dialect.loaded_dbapi.DatabaseError
        others = {exc.DatabaseError, plain, exc.InvalidRequestError}
        if not self._is_down(error) and type(error) not in others:
            return None
        said = str(getattr(error, "orig", error))
        return next((word for part, word in REASONS.items() if part in said), "failed")


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
        try:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
        except module.Error:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=module,
        poolclass=QueuePool,
        pool_size=KEPT,  # what is opened above is closed after each use
        pool_use_lifo=True,
        pool_timeout=wait,
        hide_parameters=True,
    )
    event.listen(engine, "connect", lambda new, entry: _remember(module, new, entry, file))
    event.listen(engine, "checkout", lambda _, entry, proxy: _same_file(entry, proxy, file))
    event.listen(engine, "checkin", _keep_no_reader)
    return engine


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(file)  # noqa: PTH116 - on every transaction: the quicker of the two
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _remember(module: ModuleType, new: Any, entry: ConnectionPoolEntry, file: Path) -> None:  # noqa: ANN401 - as above
    entry.info["file"] = _identity(file)
    entry.info["writes"] = _writes(module, new)


def _writes(module: ModuleType, new: Any) -> bool:  # noqa: ANN401 - as above
    """Try whether a connection can write at all, without waiting for another that does.

    Opened while the disk can only be read, it stays a reader for ever, and so do all that are
    opened beside it: they share what the first has opened. So readers are not kept, while those
    that could write are, whatever they meet: what they share can be written to for as long.
    """
    (patience,) = new.execute("PRAGMA busy_timeout").fetchone()
    new.execute("PRAGMA busy_timeout=0")
    try:
        new.execute("BEGIN IMMEDIATE")
        new.execute("PRAGMA user_version=0")  # BEGIN alone lets a reader be
    except module.Error as error:
        return "readonly" not in str(error)
    finally:
        if new.in_transaction:
            new.execute("ROLLBACK")
        new.execute(f"PRAGMA busy_timeout={patience}")
    return True


def _keep_no_reader(_: object, entry: ConnectionPoolEntry) -> None:
    if not entry.info.get("writes", True):
        entry.invalidate()


def _same_file(entry: ConnectionPoolEntry, _: PoolProxiedConnection, file: Path) -> None:
    """Refuse a connection whose file was removed or replaced: what it writes would be lost."""
    if entry.info.get("file") != _identity(file):
        raise exc.DisconnectionError
