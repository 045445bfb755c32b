"""Which records leave the house, told in the trail before the first one does.

The records are chosen and the lines written in one transaction. What is handed out afterwards is
what was chosen then, less what was deleted since.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, select

from screener.store.intake import Intake
from screener.store.models import submission as submissions
from screener.store.submissions import LEVELS
from screener.wall_clock import start_of

MOST = 10_000  # records in one export
AT_ONCE = 100  # records that are in memory at a time

# What an export is made as, and what for. Both go into the trail: words of ours.
Format = Literal["csv", "jsonl", "pdf"]
Purpose = Literal["care", "asked", "transfer", "review", "law"]


@dataclass(frozen=True)
class Choice:
    """Which records to export; what is empty asks for nothing.

    Attributes:
        reference: of one form, as it stands on paper.
        status: waiting, called, spoke, booked or closed.
        level: now, first, discuss or info.
        first: the first day on which it was sent.
        last: the last day on which it was sent.
        clock: by which the days begin.
    """

    reference: str = ""
    status: str = ""
    level: str = ""
    first: date | None = None
    last: date | None = None
    clock: tzinfo = UTC


class TooMany(ValueError):
    """More records are chosen than one export may hold."""


def count(connection: Connection, choice: Choice) -> int:
    """Count the records that an export would hold.

    Raises:
        TooMany: they are more than one export may hold.
    """
    return len(chosen(connection, choice))


def begin(
    intake: Intake, choice: Choice, actor: str, made_as: Format, purpose: Purpose
) -> list[str]:
    """Choose the records of an export, the oldest first, and tell the trail of each.

    Raises:
        TooMany: they are more than one export may hold.
    """
    with intake.database.writing() as connection:
        ids, now = chosen(connection, choice), intake.now()
        told = f"{made_as} {purpose}"
        intake.audit.add_for_each(connection, now, actor, "record_exported", ids, told)
        intake.audit.add(connection, now, actor, "exported", "", f"{told} {len(ids)}")
    return ids


def rows(intake: Intake, chosen: Sequence[str]) -> Iterator[Row[Any]]:
    """Read records, sealed as they are, in the order they were chosen; those still there."""
    for start in range(0, len(chosen), AT_ONCE):
        some = chosen[start : start + AT_ONCE]
        with intake.database.reading() as connection:
            statement = select(submissions).where(submissions.c.id.in_(some))
            found = {row.id: row for row in connection.execute(statement)}
        yield from (found[record] for record in some if record in found)


def chosen(connection: Connection, choice: Choice) -> list[str]:
    """Give the ids of the records that fit, the oldest first.

    Raises:
        TooMany: they are more than one export may hold.
    """
    statement = (
        select(submissions.c.id)
        .where(*_wanted(choice))
        .order_by(submissions.c.arrived_at, submissions.c.id)
        .limit(MOST + 1)
    )
    found = list(connection.execute(statement).scalars())
    if len(found) > MOST:
        raise TooMany
    return found


def _wanted(choice: Choice) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if choice.reference:
        wanted.append(submissions.c.reference == choice.reference)
    if choice.status:
        wanted.append(submissions.c.status == choice.status)
    if choice.level:
        wanted.append(submissions.c.rank == LEVELS.index(choice.level))
    if choice.first:
        wanted.append(submissions.c.arrived_at >= start_of(choice.first, choice.clock))
    if choice.last:
        wanted.append(
            submissions.c.arrived_at < start_of(choice.last + timedelta(days=1), choice.clock)
        )
    return wanted
