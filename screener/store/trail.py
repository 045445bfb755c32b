"""Reading the trail: who did what, newest first, a page at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from screener.store import retention
from screener.store.models import audit, staff
from screener.store.models import submission as submissions
from screener.store.staff_keys import StaffKeys
from screener.store.submissions import moment
from screener.wall_clock import start_of

PAGE = 50


@dataclass(frozen=True)
class Sought:
    """Which lines to show; what is empty asks for nothing.

    Attributes:
        actor: the id of a member of staff, or "system", or "command".
        action: such as "record_seen".
        about: the ids of what it was done to, any of them; see ``ids_of``.
        first: the first day.
        last: the last day.
        clock: by which the days begin.
    """

    actor: str = ""
    action: str = ""
    about: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    clock: tzinfo = UTC


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
    return [_line(row) for row in connection.execute(statement.where(*_wanted(sought)))]


def _wanted(sought: Sought) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if sought.actor:
        wanted.append(audit.c.actor == sought.actor)
    if sought.action:
        wanted.append(audit.c.action == sought.action)
    if sought.about is not None:
        wanted.append(audit.c.object.in_(sought.about))
    if sought.first:
        wanted.append(audit.c.at >= start_of(sought.first, sought.clock))
    if sought.last:
        wanted.append(audit.c.at < start_of(sought.last + timedelta(days=1), sought.clock))
    return wanted


def ids_of(connection: Connection, keys: StaffKeys, reference: str) -> frozenset[str]:
    """Find the ids of the forms with a reference, and of those that had it and were deleted."""
    deleted = select(audit.c.object).where(
        audit.c.action == "record_deleted",
        audit.c.detail.in_(retention.every_way_told(keys, reference)),
    )
    here = (form for form, _ in retention.found(connection, reference))
    return frozenset(here).union(connection.execute(deleted).scalars())


def about(connection: Connection, form_id: str, actions: Collection[str]) -> tuple[TrailLine, ...]:
    """Read who did these things to a form, the newest first; so many as a page has room for."""
    statement = (
        select(audit)
        .where(audit.c.object == form_id, audit.c.action.in_(actions))
        .order_by(audit.c.seq.desc())
        .limit(PAGE)
    )
    return tuple(_line(row) for row in connection.execute(statement))


def references(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Say by which references these forms are known; those that were deleted are left out."""
    statement = select(submissions.c.id, submissions.c.reference).where(submissions.c.id.in_(ids))
    return {row.id: row.reference for row in connection.execute(statement)}


def people(connection: Connection) -> dict[str, str]:
    """Name everybody who works here, or did, by id, in the order of their names."""
    statement = select(staff.c.id, staff.c.name).order_by(staff.c.name)
    return {row.id: row.name for row in connection.execute(statement)}


def _line(row: Row[Any]) -> TrailLine:
    return TrailLine(row.seq, moment(row.at), row.actor, row.action, row.object, row.detail)
