"""What the store needs of any database: moments to read at, and changes that are kept."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import Any, ClassVar

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Table,
    Update,
    event,
    exc,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler

from screener.store.engine.texts import refuse_what_one_cannot_keep
from screener.store.errors import StoreUnavailable

# SQLAlchemy's names for "the database said no", apart from mistakes in our own statements.
DOWN = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)
LONGEST_START = 60  # seconds that a process waits for another one that starts

Given = Mapping[str, object]


class Database(ABC):
    """One database, shared with other threads, and with other processes.

    ``name`` is what the console calls it; it holds no password.
    """

    # What a transaction of a reader, and one of a writer, begins with.
    BEGINS: ClassVar[tuple[str, str]]
    # How many transactions of one long task are quicker than one after another.
    WRITERS: ClassVar[int]

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self._engine = engine
        # The same connections, which drivers are told to leave alone; what differs is the BEGIN.
        reader, writer = self.BEGINS
        self._readers = engine.execution_options(begin=reader)
        self._writers = engine.execution_options(begin=writer)
        self._put_together: dict[Select[Any] | Update, SQLCompiler] = {}
        event.listen(engine, "begin", _begin)
        event.listen(engine, "before_cursor_execute", refuse_what_one_cannot_keep)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database."""
        with self._in_plain_words(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that may write; committed durably when the block ends.

        Two blocks may run at once, on PostgreSQL: read with ``with_for_update()`` what is written
        back, or write in one statement that says what must still be true.
        """
        with self._in_plain_words(), self._turn(), self._writers.begin() as connection:
            yield connection

    def first(self, statement: Select[Any], given: Given) -> tuple[Any, ...] | None:
        """Read the first row of one statement, which is a transaction by itself: see ``change``."""
        with self._in_plain_words(), self._cursor() as cursor:
            row: tuple[Any, ...] | None = self._run(cursor, statement, given).fetchone()
            return row

    def change(self, statement: Update, given: Given) -> int:
        """Change rows with one statement, which is a transaction by itself; return how many.

        Both are for what every page does: they give the driver a statement that is put together
        once, and the turn is held for as long as the disk takes. No text of a person's may be
        among what is given; in transactions such text is looked at.
        """
        try:
            return self._change(statement, given)
        except StoreUnavailable as refused:
            if refused.reason != "read-only":
                raise
            return self._change(statement, given)  # on a connection that was opened since

    def _change(self, statement: Update, given: Given) -> int:
        with self._in_plain_words(), self._cursor() as cursor, self._turn():
            changed: int = self._run(cursor, statement, given).rowcount
            return changed

    def _run(self, cursor: Any, statement: Select[Any] | Update, given: Given) -> Any:  # noqa: ANN401 - drivers share no type
        if statement not in self._put_together:
            self._put_together[statement] = statement.compile(dialect=self._engine.dialect)
        written = self._put_together[statement]
        names = written.positiontup
        cursor.execute(written.string, [given[name] for name in names] if names else given)
        return cursor

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        """Lend a cursor of the driver's own, closed before its connection goes back."""
        lent = self._engine.raw_connection()
        try:
            with closing(lent.cursor()) as cursor:
                yield cursor
        except self._engine.dialect.loaded_dbapi.Error as error:
            self._after_a_failure(lent, error)
            raise
        finally:
            lent.close()

    @abstractmethod
    def alone(self) -> AbstractContextManager[Connection]:
        """Give a connection that writes while no other process starts: for what is made once.

        The first to start may have much to move, and the others wait for it.
        """

    @abstractmethod
    def forget(self) -> None:
        """Let what was deleted be gone from the disk too, as far as the database can."""

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @abstractmethod
    def _reason(self, error: BaseException) -> str | None:
        """Say in a word why the database cannot be used; None when the fault is our own."""

    @abstractmethod
    def _after_a_failure(self, lent: PoolProxiedConnection, error: BaseException) -> None:
        """Let go of a connection, and of others, that would only fail again."""

    def _is_down(self, error: BaseException) -> bool:
        """Whether SQLAlchemy, or the driver by itself, says that the database said no."""
        driver = self._engine.dialect.loaded_dbapi
        own = driver.OperationalError, driver.InterfaceError, driver.InternalError
        return isinstance(error, (*DOWN, *own))

    def _turn(self) -> AbstractContextManager[None]:
        """Wait until this process may write."""
        return nullcontext()

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        """Turn the many ways in which a database says no into the one that pages know."""
        try:
            yield
        except (exc.SQLAlchemyError, self._engine.dialect.loaded_dbapi.Error) as error:
            reason = self._reason(error)
            if reason is None:
                raise
            raise StoreUnavailable(reason) from error


def _begin(connection: Connection) -> None:
    """Begin in our own words: drivers begin too late, or once more than a statement needs."""
    said = connection.get_execution_options().get("begin")
    if said:
        connection.exec_driver_sql(said)


def insert(connection: Connection, into: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that may say ``on_conflict_do_update``, in the words of this database."""
    return sqlite.insert(into) if connection.dialect.name == "sqlite" else postgresql.insert(into)
