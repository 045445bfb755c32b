"""PostgreSQL: one database for several processes, on one machine or on many."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    create_engine,
    event,
    exc,
    func,
    select,
    text,
)
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from screener.settings import DatabaseAddress
from screener.store.engine.database import LONGEST_START, Database
from screener.store.errors import StoreUnavailable

OLDEST = 15
STARTS = 0x5C4EE4E4  # the advisory lock that processes which start at once queue for
LONGEST_CONNECT = 5  # seconds
LONGEST_KEPT = 300  # seconds; a firewall between may forget older connections without a word
THREADS, MORE = 8, 8  # connections kept for the server's threads, and how many more in a rush
# Milliseconds: for one statement, for a server that vanished without a word, and that a process
# which hangs may keep a row from the others.
LONGEST, LONGEST_TURN = 10_000, 30_000

# SQLSTATE, or the class it begins with: what the fault is called in the log.
REASONS = {
    "25006": "read-only",
    "25P03": "locked",
    "3D000": "missing",
    "3F000": "missing",
    "40001": "locked",
    "40P01": "locked",
    "42501": "grants",
    "42P01": "missing",
    "53100": "full",
    "53300": "locked",
    "55P03": "locked",
    "57014": "locked",
    "58030": "disk",
    "08": "away",
    "57": "away",
    "XX": "damaged",
}
ALL_FAIL = {"read-only", "away"}  # what one connection meets, and all others will


class PostgreSQL(Database):
    """One PostgreSQL database. What changes together is kept apart by locks on rows."""

    BEGINS = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "BEGIN"
    WRITERS = 2

    def __init__(self, address: DatabaseAddress, wait: float) -> None:
        """Connect, and see that it is a server that this program can use."""
        super().__init__(address.shown, _engine(address, wait))
        self._let_go_at = 0.0
        event.listen(self._engine, "connect", _remember_when)
        event.listen(self._engine, "checkin", self._let_go_later)
        event.listen(self._engine, "handle_error", self._let_go_of_readers)
        try:
            with self.reading() as connection:
                version = connection.dialect.server_version_info or (0,)
        except StoreUnavailable as error:
            self.close()
            raise StoreUnavailable(error.reason, _advice(address, error)) from error
        if int(version[0]) < OLDEST:
            self.close()
            raise StoreUnavailable(
                "missing", f"{self.name} is PostgreSQL {version[0]}: {OLDEST} or newer is needed"
            )

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Give a connection that writes while no other process starts: for what is made once."""
        with self.writing() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_START}s'"))
            connection.execute(select(func.pg_advisory_xact_lock(STARTS)))
            yield connection

    def forget(self) -> None:
        """Do nothing: PostgreSQL's own vacuum makes room, and its log is written over in time."""

    def _after_a_failure(self, lent: PoolProxiedConnection, error: BaseException) -> None:
        """Use it never again, nor the others where they would all have to fail first."""
        lent.invalidate()
        if self._reason(error) in ALL_FAIL:
            self._let_go()

    def _let_go_of_readers(self, met: ExceptionContext) -> None:
        """Use no connection again that can only read: it stays so when others may write."""
        if self._reason(met.original_exception) == "read-only":
            met.is_disconnect = True
            self._let_go()

    def _let_go(self) -> None:
        """Close every connection, those in use as soon as they come back."""
        self._engine.dispose()
        self._let_go_at = monotonic()

    def _let_go_later(self, _driver: object, entry: ConnectionPoolEntry) -> None:
        if entry.info.get("opened", 0.0) < self._let_go_at:
            entry.invalidate()

    def _reason(self, error: BaseException) -> str | None:
        state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
        named = REASONS.get(state) or REASONS.get(state[:2])
        if named or not self._is_down(error):
            return named
        if isinstance(error, exc.TimeoutError):
            return "locked"  # every connection is in use
        return "failed" if state else "away"  # nobody is there to name a state


def _engine(address: DatabaseAddress, wait: float) -> Engine:
    try:
        engine = create_engine(
            "postgresql+psycopg://",
            connect_args=parameters(address, wait),
            pool_size=THREADS,
            max_overflow=MORE,
            pool_use_lifo=True,
            pool_timeout=wait,
            pool_recycle=LONGEST_KEPT,
            hide_parameters=True,
        )
    except ImportError as error:
        said = "a PostgreSQL database needs the extra [postgres]: pip install 'screener[postgres]'"
        raise StoreUnavailable("missing", said) from error
    event.listen(engine, "checkout", _still_there)
    return engine


def _remember_when(_driver: object, entry: ConnectionPoolEntry) -> None:
    entry.info["opened"] = monotonic()


def _still_there(driver: Any, _entry: object, _proxy: object) -> None:  # noqa: ANN401 - psycopg's
    """Notice a server that has said goodbye before its connection is used; one is made anew then.

    What the server has sent meanwhile is looked at here; SQLAlchemy's own check asks it each time.
    """
    try:
        driver.pgconn.consume_input()  # its last words
        driver.pgconn.consume_input()  # and that it has hung up
    except driver.Error as gone:
        raise exc.DisconnectionError from gone


def parameters(address: DatabaseAddress, wait: float) -> dict[str, Any]:
    """Say how to connect: what the address says, and limits that no wait exceeds."""
    session = {
        "synchronous_commit": "on",  # an answer that was acknowledged is on the server's disk
        "lock_timeout": int(wait * 1000),
        "statement_timeout": LONGEST,
        "idle_in_transaction_session_timeout": LONGEST_TURN,
        "timezone": "UTC",
    }
    given = {
        "host": address.host,
        "port": address.port,
        "dbname": address.name,
        "user": address.user,
        "password": address.password,
    }
    return {
        **{name: value for name, value in given.items() if value},
        **address.options,
        "autocommit": True,  # each BEGIN is ours
        "application_name": "screener",
        "options": " ".join(f"-c {name}={value}" for name, value in session.items()),
        "connect_timeout": LONGEST_CONNECT,
        "tcp_user_timeout": LONGEST,
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }


def _advice(address: DatabaseAddress, error: StoreUnavailable) -> str:
    """Say in a line why there is no connection, and what to do."""
    cause = error.__cause__
    first = str(getattr(cause, "orig", cause)).partition("\n")[0]
    said = first.rpartition(" failed: ")[2].removeprefix("FATAL:").strip()
    todo = "see that the server runs, and that the address is right"
    if "certificate" in said:
        todo = "name the certificate of its authority with ?sslrootcert=FILE in the address"
    return f"the PostgreSQL database {address.shown} cannot be used: {said}; {todo}"
