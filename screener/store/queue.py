"""The queue: what was sent, the most urgent first and then the oldest, a page at a time.

A page is found by the place where the one before it ended, never by counting rows off, so that the
thousandth page takes as long as the first. Each status, turn and level is a run of an index that is
in order already: a page is the beginnings of a few runs, put together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    func,
    literal,
    select,
    tuple_,
    union_all,
    update,
)

from screener.store.listing import LISTED, Listed, Place, listed
from screener.store.models import STATUSES, staff
from screener.store.models import submission as submissions
from screener.store.receiving import BROKEN, RECEIVED
from screener.store.submissions import LEVELS, TURNS, Submissions

PAGE = 25
MOST_COUNTED = 1000
CLOSED, EVERY, NOBODY = "closed", "every", "nobody"
THIS = submissions.c


@dataclass(frozen=True)
class Sought:
    """Which forms to show; what is empty asks for nothing.

    Attributes:
        status: one of them, or "every"; empty: all that are not closed.
        owner: the id of a member of staff, or "nobody".
        level: now, first, discuss or info.
        since: arrived then or later, seconds since 1970, UTC.
        until: arrived before then.
    """

    status: str = ""
    owner: str = ""
    level: str = ""
    since: int = 0
    until: int = 0

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that fit."""
        if self.status in STATUSES:
            return (self.status,)
        return tuple(status for status in STATUSES if self.status == EVERY or status != CLOSED)

    @property
    def turns(self) -> tuple[tuple[int, int], ...]:
        """The turns that fit, each with a rank."""
        return tuple((turn, rank) for turn, rank in TURNS if self.level in {"", LEVELS[rank]})

    def conditions(self) -> list[ColumnElement[bool]]:
        """What must be true of a row beside its status and its turn."""
        wanted: list[ColumnElement[bool]] = []
        if self.owner:
            nobody = self.owner == NOBODY
            wanted.append(THIS.owner_id.is_(None) if nobody else THIS.owner_id == self.owner)
        if self.since:
            wanted.append(THIS.arrived_at >= self.since)
        if self.until:
            wanted.append(THIS.arrived_at < self.until)
        return wanted


@dataclass(frozen=True)
class Page:
    """A page of the queue, and the place where the next one begins, if there is one."""

    rows: tuple[Listed, ...]
    ends: Place | None


class Queue:
    """Lists what was sent, with the names and reasons opened."""

    def __init__(self, opens: Submissions) -> None:
        self._opens = opens

    def page(
        self, connection: Connection, sought: Sought, after: Place | None = None, most: int = PAGE
    ) -> Page:
        """List a page.

        Args:
            connection: reads.
            sought: which forms.
            after: where the page before ended; None for the first page.
            most: so many at the most.
        """
        found = places(connection, sought, after, most + 1)
        return self.opened(connection, found[:most], more=len(found) > most)

    def opened(self, connection: Connection, found: list[Place], *, more: bool) -> Page:
        """Open the forms at these places, in their order."""
        wanted = LISTED.where(THIS.id.in_([place.id for place in found]))
        rows = {row.id: listed(self._opens, row) for row in connection.execute(wanted)}
        shown = tuple(rows[place.id] for place in found if place.id in rows)
        return Page(shown, found[-1] if more and found else None)


def places(connection: Connection, sought: Sought, after: Place | None, most: int) -> list[Place]:
    """Find the next places of the queue, in order."""
    columns = (THIS.turn, THIS.arrived_at, THIS.id)
    runs = [
        select(run.order_by(THIS.arrived_at, THIS.id).limit(most).subquery())
        for run in _runs(sought, after, *columns)
    ]
    if not runs:
        return []
    together = union_all(*runs).subquery()
    ordered = select(together).order_by(*together.c).limit(most)
    return [Place(*row) for row in connection.execute(ordered)]


def count(connection: Connection, sought: Sought) -> int:
    """Count the forms; one more than MOST_COUNTED stands for "and more"."""
    runs = [select(run.subquery()) for run in _runs(sought, None, literal(1).label("one"))]
    if not runs:
        return 0
    first = union_all(*runs).limit(MOST_COUNTED + 1).subquery()
    return connection.execute(select(func.count()).select_from(first)).scalar_one()


def _runs(
    sought: Sought, after: Place | None, *columns: ColumnElement[Any]
) -> Iterator[Select[Any]]:
    """Give each run of the index that the rows may be in, from a place on."""
    wanted = sought.conditions()
    for status in sought.statuses:
        for turn, rank in sought.turns:
            if after and turn < after.turn:
                continue
            this = [THIS.status == status, THIS.turn == turn, THIS.rank == rank, *wanted]
            if after and turn == after.turn:
                place = tuple_(THIS.arrived_at, THIS.id)
                this.append(place > tuple_(literal(after.arrived_at), literal(after.id)))
            yield select(*columns).where(*this)


def unopened(connection: Connection) -> int:
    """Count the forms that cannot be opened; one more than MOST_COUNTED stands for "and more"."""
    broken = select(THIS.id).where(THIS.received != RECEIVED, THIS.received == BROKEN)
    first: Subquery = broken.limit(MOST_COUNTED + 1).subquery()
    return connection.execute(select(func.count()).select_from(first)).scalar_one()


def seen_at(connection: Connection, staff_id: str) -> int:
    """Say when a member of staff last looked at what was new; at first, since they work here."""
    columns = staff.c.queue_seen_at, staff.c.made_at
    row = connection.execute(select(*columns).where(staff.c.id == staff_id)).one()
    return max(int(row.queue_seen_at), int(row.made_at))


def looked(connection: Connection, staff_id: str, until: int) -> None:
    """Keep that a member of staff has looked at what arrived until a moment."""
    mine = staff.c.id == staff_id
    connection.execute(update(staff).where(mine).values(queue_seen_at=until))
