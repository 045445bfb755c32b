"""A backup: all rows of one moment, written while everything runs, the same from either database.

The bytes are records: the length of a line of JSON, the line, and the binary values that it counts.
The first record says what the backup is, the last one how many rows there must be. Whoever is
signed in, invited or being held back at that moment is left out: it must not come to life again.
So are lists that are being printed: they hold what may be deleted a moment later.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select, tuple_

from screener.store import upgrade
from screener.store.intake import Intake
from screener.store.models import metadata
from screener.store.sealed_file import Writer

AT_ONCE = 500
LEFT_OUT = {"throttle", "staff_session", "invitation", "print_job"}
Line = dict[str, Any]


def write(intake: Intake, out: Writer, keys: Path | None = None) -> dict[str, int]:
    """Write a backup; return how many rows of each table are in it.

    Args:
        intake: the staff side of the store.
        out: takes the bytes, sealed.
        keys: the folder of the keys, when they are to be in it.
    """
    counts: dict[str, int] = {}
    with intake.database.reading() as connection:
        _record(
            out,
            {
                "screener": 1,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "migration": upgrade.version(connection),
                "trail": str(intake.audit.head(connection)),
            },
        )
        for table in metadata.sorted_tables:
            if table.name not in LEFT_OUT:
                counts[table.name] = _table(connection, table, out)
    for file in sorted(keys.glob("*.key")) if keys else ():
        _record(out, {"key": file.name, "holds": file.read_text("ascii").strip()})
    _record(out, {"end": counts})
    out.finish()
    return counts


def _table(connection: Connection, table: Table, out: Writer) -> int:
    count = 0
    for rows in _pages(connection, table):
        blobs: list[bytes] = []
        lines = [[_plain(value, blobs) for value in row] for row in rows]
        columns = [column.name for column in table.columns]
        _record(out, {"table": table.name, "columns": columns, "rows": lines}, blobs)
        count += len(rows)
    return count


def _pages(connection: Connection, table: Table) -> Iterator[list[Any]]:
    """Read a table in the order of its key: no statement takes long, no row is read twice."""
    key = tuple_(*table.primary_key.columns)
    names = [column.name for column in table.primary_key.columns]
    page = select(table).order_by(*table.primary_key.columns).limit(AT_ONCE)
    rows = connection.execute(page).all()
    while rows:
        yield list(rows)
        last = rows[-1]._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
        after = tuple(last[name] for name in names)
        rows = connection.execute(page.where(key > after)).all()


def _plain(value: object, blobs: list[bytes]) -> object:
    """Say a value in JSON; bytes stand behind the line, and their length in it."""
    match value:
        case bytes():
            blobs.append(value)
            return {"bytes": len(value)}
        case date():
            return {"day": value.isoformat()}
        case _:
            return value


def _record(out: Writer, line: Mapping[str, object], blobs: list[bytes] | None = None) -> None:
    written = json.dumps(line, separators=(",", ":")).encode("ascii")
    out.write(len(written).to_bytes(4) + written)
    for blob in blobs or ():
        out.write(blob)
