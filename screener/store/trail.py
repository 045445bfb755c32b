"""Reading the trail: who did what, newest first, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from screener.store.models import audit, staff
from screener.store.models import submission as submissions
from screener.store.submissions import moment

PAGE = 50
DELETED = "record_deleted"  # the detail of such a line begins with the reference that is gone


@dataclass(frozen=True)
class Sought:
    """Which lines to show; what is empty asks for nothing.

    Attributes:
        actor: the id of a member of staff, or "system", or "command".
        action: such as "record_seen".
        reference: of a form, deleted ones included.
        first: the first day, UTC.
        last: the last day, UTC.
    """

    actor: str = ""
    action: str = ""
    reference: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class TrailLine:
    """What somebody did."""

    seq: int
    at: datetime
    actor: str
    action: str
    about: str
    detail: str


def lines(
    connection: Connection, sought: Sought, before: int | None = None, most: int = PAGE
) -> list[TrailLine]:
    """Read a page of the trail, the newest line first.

    Args:
        connection: reads.
        sought: which lines.
        before: the number of a line: only older ones are read.
        most: so many at the most.
    """
    statement = select(audit).order_by(audit.c.seq.desc()).limit(most)
    if before is not None:
        statement = statement.where(audit.c.seq < before)
    return [_line(row) for row in connection.execute(_only(connection, statement, sought))]


def _only(connection: Connection, statement: Select[Any], sought: Sought) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if sought.actor:
        wanted.append(audit.c.actor == sought.actor)
    if sought.action:
        wanted.append(audit.c.action == sought.action)
    if sought.reference:
        wanted.append(audit.c.object.in_(ids_of(connection, sought.reference)))
    if sought.first:
        wanted.append(audit.c.at >= _start_of(sought.first))
    if sought.last:
        wanted.append(audit.c.at < _start_of(sought.last + timedelta(days=1)))
    return statement.where(*wanted)


def ids_of(connection: Connection, reference: str) -> set[str]:
    """Find the ids of the forms with a reference, and of those that had it and were deleted."""
    here = select(submissions.c.id).where(submissions.c.reference == reference)
    gone = select(audit.c.object).where(
        audit.c.action == DELETED,
        or_(
            audit.c.detail == reference, audit.c.detail.startswith(reference + " ", autoescape=True)
        ),
    )
    return {*connection.execute(here).scalars(), *connection.execute(gone).scalars()}


def references(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Say by which references forms are known; a deleted one by the line that tells of it."""
    gone = select(audit.c.object, audit.c.detail).where(
        audit.c.object.in_(ids), audit.c.action == DELETED
    )
    here = select(submissions.c.id, submissions.c.reference).where(submissions.c.id.in_(ids))
    told = {row.object: row.detail.partition(" ")[0] for row in connection.execute(gone)}
    return told | {row.id: row.reference for row in connection.execute(here)}


def still_here(connection: Connection, ids: Collection[str]) -> set[str]:
    """Say which of these forms were not deleted."""
    statement = select(submissions.c.id).where(submissions.c.id.in_(ids))
    return set(connection.execute(statement).scalars())


def people(connection: Connection) -> dict[str, str]:
    """Name everybody who works here, or did, by id, in the order of their names."""
    statement = select(staff.c.id, staff.c.name).order_by(staff.c.name)
    return {row.id: row.name for row in connection.execute(statement)}


def _line(row: Row[Any]) -> TrailLine:
    return TrailLine(row.seq, moment(row.at), row.actor, row.action, row.object, row.detail)


def _start_of(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
