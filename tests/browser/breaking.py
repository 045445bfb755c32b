"""Take away from a running clinic what it needs, for as long as a state is looked at."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def _writing(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        yield connection


@contextmanager
def busy(database: Path) -> Iterator[None]:
    """Let somebody else write, without end: pages can be read, and nothing be kept."""
    with _writing(database) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def away(database: Path, table: str) -> Iterator[None]:
    """Let a table be away: nothing of it can be read either."""
    with _writing(database) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO gone")
        yield
        connection.execute(f"ALTER TABLE gone RENAME TO {table}")


@contextmanager
def closed(database: Path) -> Iterator[None]:
    """Let the clinic have no key that is in use: it takes no forms."""
    with _writing(database) as connection:
        connection.execute("UPDATE clinic_key SET retired_at = 1")
        yield
        connection.execute("UPDATE clinic_key SET retired_at = NULL")


def spoil(database: Path, form: str) -> None:
    """Change what is kept of a form."""
    with _writing(database) as connection:
        connection.execute("UPDATE submission SET contents = x'01' WHERE id = ?", (form,))
