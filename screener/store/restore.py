"""Bringing a backup back: everything is checked first, and then everything is written, or nothing.

The tables are made as they were when the backup was, filled, and only then brought up to date. So a
newer program reads an older backup, and either database one of the other.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select, text

from screener.settings import Settings
from screener.store import engine, folders, key_files, opening, upgrade
from screener.store.errors import StoreUnavailable
from screener.store.models import key_mark
from screener.store.opening import mark
from screener.store.sealed_file import Reader, Secret, Unreadable

Line = dict[str, Any]
KEY = re.compile(r"[a-z0-9-]+\.key")
MADE_AT_A_START = {"alembic_version", "audit_head", "key_mark"}


@dataclass(frozen=True)
class Contents:
    """What a backup holds, once all of it was read and found whole."""

    made_at: str
    migration: str
    trail: str
    counts: Mapping[str, int]
    keys: Mapping[str, str] = field(repr=False)
    marks: Mapping[str, object] = field(repr=False)


def look(stream: BinaryIO, secret: Secret) -> Contents:
    """Read a backup from its start to its end, and write nothing.

    Raises:
        Unreadable: it is not whole, or the secret is wrong.
    """
    records = _records(Reader(stream, secret))
    first = next(records, {})
    counts: Counter[str] = Counter()
    keys: dict[str, str] = {}
    end: dict[str, int] = {}
    marks: dict[str, object] = {}
    for line in records:
        end = line.get("end", end)
        if "table" in line:
            counts[line["table"]] += len(line["rows"])
        if line.get("table") == key_mark.name:
            marks |= dict(line["rows"])
        if "key" in line and KEY.fullmatch(line["key"]):
            keys[line["key"]] = line["holds"]
    if first.get("screener") != 1:
        raise Unreadable("it is of a kind that this version of Screener does not know")
    if {name: count for name, count in end.items() if count} != counts:
        raise Unreadable("it does not hold what its end says")
    return Contents(first["made_at"], first["migration"], first["trail"], end, keys, marks)


def bring_back(stream: BinaryIO, secret: Secret, contents: Contents, settings: Settings) -> None:
    """Write a backup that was looked at into an instance that holds nothing.

    Raises:
        StoreUnavailable: the instance is not empty, or cannot be used; the message says why.
        Unreadable: the file changed since it was looked at.
    """
    if contents.migration > upgrade.newest():
        raise StoreUnavailable(
            "newer", "the backup was made by a newer version of Screener: install that version"
        )
    _no_other_keys(contents, settings.keys)
    folders.make(settings.data)
    file = settings.data / opening.DATABASE
    database = engine.open_database(settings.database, file, opening.WAIT)
    try:
        with database.alone() as connection:
            _fill(connection, database.name, _records(Reader(stream, secret)), contents)
            for name, holds in contents.keys.items():
                if not (settings.keys / name).exists():
                    key_files.write(settings.keys / name, bytes.fromhex(holds))
    finally:
        database.close()


def _fill(
    connection: Connection, database: str, records: Iterator[Line], contents: Contents
) -> None:
    _empty_only(connection, database)
    upgrade.remake(connection, contents.migration)
    tables = MetaData()
    tables.reflect(connection)
    if "audit_head" in tables.tables:
        connection.execute(tables.tables["audit_head"].delete())
    for line in records:
        if "table" in line:
            _insert(connection, tables.tables[line["table"]], line)
    _count_on(connection, tables)
    upgrade.bring_up(connection, database)


def _insert(connection: Connection, table: Table, line: Line) -> None:
    rows = [dict(zip(line["columns"], row, strict=True)) for row in line["rows"]]
    connection.execute(insert(table), rows)


def _empty_only(connection: Connection, name: str) -> None:
    found = MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name in MADE_AT_A_START:
            continue
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise StoreUnavailable(
                "not-empty", f"{name} is in use: a backup is brought back only where nothing is"
            )


def _no_other_keys(contents: Contents, folder: Path) -> None:
    """Refuse before anything is written where the keys of another instance are."""
    for name in contents.keys.keys() | contents.marks.keys():
        file = folder / name
        if not file.exists():
            continue
        found = key_files.read(file)
        same = found.hex() == contents.keys.get(name, found.hex())
        if not same or contents.marks.get(name, mark(found)) != mark(found):
            raise StoreUnavailable(
                "keys", f"{file} is the key of another instance: move it away first"
            )


def _count_on(connection: Connection, tables: MetaData) -> None:
    """Let PostgreSQL number new rows after those that were brought back; SQLite does by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.sorted_tables:
        for column in inspect(connection).get_columns(table.name):
            if "nextval(" in str(column["default"]):
                place = f"pg_get_serial_sequence('{table.name}', '{column['name']}')"
                newest = select(func.max(table.c[column["name"]])).scalar_subquery()
                connection.execute(select(func.setval(text(place), func.coalesce(newest, 1))))


def _records(reader: Reader) -> Iterator[Line]:
    """Read the records one by one, their binary values put back into them.

    Raises:
        Unreadable: they are no such records.
    """
    while not reader.at_end:
        length = int.from_bytes(reader.read(4))
        try:
            line: Line = dict(json.loads(reader.read(length)))
            if "rows" in line:
                line["rows"] = [[_value(said, reader) for said in row] for row in line["rows"]]
        except (ValueError, KeyError, TypeError):
            raise Unreadable("it holds something that is no record") from None
        yield line


def _value(said: object, reader: Reader) -> object:
    match said:
        case {"bytes": int(length)}:
            return reader.read(length)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case _:
            return said
