"""Take away from a running clinic what it needs, for as long as a state is looked at."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path


def busy(database: Path) -> AbstractContextManager[None]:
    """Let somebody else write, without end: pages can be read, and nothing be kept."""
    return _for_a_while(database, "BEGIN IMMEDIATE", "ROLLBACK")


def away(database: Path, table: str) -> AbstractContextManager[None]:
    """Let a table be away: nothing of it can be read either."""
    renames = f"ALTER TABLE {table} RENAME TO gone", f"ALTER TABLE gone RENAME TO {table}"
    return _for_a_while(database, *renames)


def closed(database: Path) -> AbstractContextManager[None]:
    """Let the clinic have no key that is in use: it takes no forms."""
    retired = "UPDATE clinic_key SET retired_at = "
    return _for_a_while(database, f"{retired}1", f"{retired}NULL")


def spoil(database: Path, form: str) -> None:
    """Change what is kept of a form."""
    with _opened(database) as connection:
        connection.execute("UPDATE submission SET contents = x'01' WHERE id = ?", (form,))


@contextmanager
def _for_a_while(database: Path, broken: str, mended: str) -> Iterator[None]:
    with _opened(database) as connection:
        connection.execute(broken)
        yield
        connection.execute(mended)


def _opened(database: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(database, isolation_level=None))
