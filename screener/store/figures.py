"""The figures: what the tallies and a few columns say about the clinic's work, and about nobody.

Tallies are counted as things happen, so a figure costs the same with a million forms as with ten.
Times to a first contact are read from an index, over a window that is bounded twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median_low
from typing import Any

from sqlalchemy import Connection, Row, select

from screener.store.models import submission as submissions
from screener.store.models import tally
from screener.store.submissions import LEVELS, TURNS, moment
from screener.store.tally import EPOCH, STARTED, week

DAY = 86400
WEEKS = 12
CONTACT_DAYS = 90
MOST_CONTACTS = 20_000  # the newest forms that are looked at for the time to a first contact
MOST_WAITING = 10
SENT, LEVEL, FIRED, UNDECIDED = "sent", "level:", "fired:", "undecided:"
# Nobody has spoken with them yet.
STILL_WAITING = ("waiting", "called")


@dataclass(frozen=True)
class FirstContact:
    """How soon people of one level were contacted.

    Attributes:
        contacted: how many forms had a contact.
        median: half of those waited no longer than this; None without any.
    """

    level: str
    contacted: int
    median: timedelta | None


@dataclass(frozen=True)
class Waiting:
    """A form that waits for somebody to speak with the person."""

    id: str
    reference: str
    level: str
    status: str
    arrived_at: datetime


@dataclass(frozen=True)
class Figures:
    """What happened in the last weeks, this one included.

    Attributes:
        weeks: the Monday of each week, the oldest first, and how many forms were sent in it.
        started: forms that were begun, sent or not.
        levels: forms sent, by level.
        fired: how often each rule applied.
        undecided: how often each rule could not be decided.
        first_contact: by level, in the order of the levels.
        waiting: those who wait longest, the oldest first.
    """

    weeks: tuple[tuple[date, int], ...]
    started: int
    levels: Mapping[str, int]
    fired: Mapping[str, int]
    undecided: Mapping[str, int]
    first_contact: tuple[FirstContact, ...]
    waiting: tuple[Waiting, ...]

    @property
    def sent(self) -> int:
        """How many forms were sent."""
        return sum(count for _, count in self.weeks)


def figures(connection: Connection, now: int, clock: tzinfo) -> Figures:
    """Work out the figures.

    Args:
        connection: reads.
        now: seconds since 1970, UTC.
        clock: by which this week began.
    """
    mondays = [week(now, clock) - 7 * back for back in reversed(range(WEEKS))]
    counted = _counted(connection, mondays[0])
    return Figures(
        weeks=tuple((_day(monday), counted.get((monday, SENT), 0)) for monday in mondays),
        started=sum(n for (_, name), n in counted.items() if name == STARTED),
        levels=dict.fromkeys(LEVELS, 0) | _by_name(counted, LEVEL),
        fired=_by_name(counted, FIRED),
        undecided=_by_name(counted, UNDECIDED),
        first_contact=tuple(_first_contacts(connection, now)),
        waiting=tuple(_waiting_longest(connection)),
    )


def _counted(connection: Connection, since: int) -> dict[tuple[int, str], int]:
    statement = select(tally.c.week, tally.c.name, tally.c.count).where(tally.c.week >= since)
    return {(monday, name): n for monday, name, n in connection.execute(statement)}


def _by_name(counted: Mapping[tuple[int, str], int], kind: str) -> dict[str, int]:
    """Add up the weeks of what is counted by a name, such as that of a rule."""
    found: dict[str, int] = {}
    for (_, name), count in counted.items():
        if name.startswith(kind):
            short = name.removeprefix(kind)
            found[short] = found.get(short, 0) + count
    return found


def _first_contacts(connection: Connection, now: int) -> Iterator[FirstContact]:
    columns = submissions.c.rank, submissions.c.arrived_at, submissions.c.contacted_at
    newest = (
        select(*columns)
        .where(submissions.c.arrived_at >= now - CONTACT_DAYS * DAY)
        .order_by(submissions.c.arrived_at.desc())
        .limit(MOST_CONTACTS)
    )
    waits: dict[int, list[int]] = {rank: [] for rank in range(len(LEVELS))}
    for row in connection.execute(newest):
        if row.contacted_at is not None:
            waits[row.rank].append(max(0, row.contacted_at - row.arrived_at))
    for rank, seconds in waits.items():
        middle = timedelta(seconds=median_low(seconds)) if seconds else None
        yield FirstContact(LEVELS[rank], len(seconds), middle)


def _waiting_longest(connection: Connection) -> list[Waiting]:
    # The index has the oldest of each status, turn and level at hand; among them is the oldest of
    # all.
    oldest = [
        row
        for status in STILL_WAITING
        for turn, rank in TURNS
        for row in connection.execute(
            select(submissions)
            .with_only_columns(*_WAITING)
            .where(
                submissions.c.status == status,
                submissions.c.turn == turn,
                submissions.c.rank == rank,
            )
            .order_by(submissions.c.arrived_at, submissions.c.id)
            .limit(MOST_WAITING)
        )
    ]
    oldest.sort(key=lambda row: (row.arrived_at, row.id))
    return [_waiting(row) for row in oldest[:MOST_WAITING]]


_WAITING = tuple(
    submissions.c[name] for name in ("id", "reference", "rank", "status", "arrived_at")
)


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.id, row.reference, LEVELS[row.rank], row.status, moment(row.arrived_at))


def _day(monday: int) -> date:
    return EPOCH + timedelta(days=monday)
