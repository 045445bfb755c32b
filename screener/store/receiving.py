"""Receiving what patients sent: from then on it can be searched by name, and counts.

Patients' pages cannot do it, for they cannot open what they seal. So the staff side does, when the
queue is looked at and every few seconds.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection, Row, select, update

from screener.store import search, tally
from screener.store.engine import Database
from screener.store.errors import StoreUnavailable
from screener.store.listing import NOT_WHOLE, Headline
from screener.store.models import submission as submissions
from screener.store.notices import Notices
from screener.store.staff_keys import StaffKeys
from screener.store.submissions import LEVELS, Submission, Submissions
from screener.summary.stored import from_store

Now = Callable[[], int]
log = logging.getLogger(__name__)

NOT_YET, RECEIVED, BROKEN = 0, 1, 2
AT_ONCE = 50  # so many are received before others may write
LONGEST_RULE = 60


@dataclass(frozen=True)
class Arrival:
    """What is kept of a form beside the form: what finds it, and what it adds to the counts."""

    terms: list[bytes]
    counts: tuple[str, ...]


class Receiving:
    """Receives each form once, however many processes look for new ones."""

    def __init__(
        self, database: Database, keys: StaffKeys, opens: Submissions, notices: Notices, now: Now
    ) -> None:
        self._database = database
        self._keys = keys
        self._opens = opens
        self._notices = notices
        self._now = now
        # A form that could not be opened is tried again after a restart: with the right key, say.
        self._wanted: tuple[int, ...] = (NOT_YET, BROKEN)

    def receive(self, wall: tzinfo) -> int:
        """Receive what has arrived; say how many forms that were.

        One that cannot be opened is marked as such, for the queue to show, and stops no other.

        Args:
            wall: the clock by which the weeks are counted.
        """
        count, after = 0, (0, "")
        while batch := self._waiting(after):
            received = self._receive(batch, wall)
            count, after = count + received, batch[-1]
        self._wanted = (NOT_YET,)
        return count

    def _waiting(self, after: tuple[int, str]) -> list[tuple[int, str]]:
        """Look without a lock first: mostly there is nothing."""
        at, last = after
        columns = submissions.c.arrived_at, submissions.c.id
        statement = (
            select(*columns)
            .where(submissions.c.received != RECEIVED, submissions.c.received.in_(self._wanted))
            .where((columns[0] > at) | ((columns[0] == at) & (columns[1] > last)))
            .order_by(*columns)
            .limit(AT_ONCE)
        )
        with self._database.reading() as connection:
            return [(row.arrived_at, row.id) for row in connection.execute(statement)]

    def _receive(self, batch: list[tuple[int, str]], wall: tzinfo) -> int:
        statement = (
            select(submissions)
            .where(submissions.c.id.in_([submission_id for _at, submission_id in batch]))
            .where(submissions.c.received.in_(self._wanted))
            .order_by(submissions.c.arrived_at, submissions.c.id)
            # Another process has its hands on the rest.
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            counts: Counter[tuple[int, str]] = Counter()
            arrived = list(self._read(connection, connection.execute(statement).all()))
            for row, arrival in arrived:
                search.remember(connection, row.id, row.arrived_at, arrival.terms)
                monday = tally.week(row.arrived_at, wall)
                counts.update((monday, name) for name in arrival.counts)
            # In one order for all: two processes then never wait for each other.
            for (monday, name), number in sorted(counts.items()):
                tally.count(connection, monday, name, by=number)
            return len(arrived)

    def _read(
        self, connection: Connection, rows: Sequence[Row[Any]]
    ) -> Iterator[tuple[Row[Any], Arrival]]:
        for row in rows:
            if LEVELS[row.rank] == "now" and row.received == NOT_YET:
                self._notices.add(connection, row.id, self._now())
            try:
                arrival = read(self._keys, self._opens.opened(row))
            except StoreUnavailable:
                log.exception("form_without_key")  # its key may be put back: it stays as it is
                continue
            except NOT_WHOLE:
                log.exception("form_broken")
                _mark(connection, row, BROKEN)
                continue
            _mark(connection, row, RECEIVED)
            yield row, arrival


def read(keys: StaffKeys, form: Submission) -> Arrival:
    """Read what is kept beside a form.

    Raises:
        NOT_WHOLE: it is no such form.
    """
    summary = from_store(form.contents["summary"])
    Headline.read(form)
    counts = ["sent", f"level:{form.level}"]
    for point in summary.points:
        if len(point.rule) > LONGEST_RULE or not point.rule.isprintable():
            raise ValueError("a rule with no such name")
        counts.append(f"{'undecided' if point.undecided else 'fired'}:{point.rule}")
    return Arrival(search.terms(keys, form.contents["contact"]["name"]), tuple(counts))


def _mark(connection: Connection, row: Row[Any], received: int) -> None:
    this = submissions.c.id == row.id
    connection.execute(update(submissions).where(this).values(received=received))
