"""The outbox: notices that have still to reach the clinic, and those that could not.

A notice says that an urgent form waits, and nothing else. It is written down in the transaction
that found the form, so that none is lost; it may arrive twice when a process dies while it sends.
"""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, Row, Select, insert, select, update

from screener.settings.notices import Way
from screener.store.models import notice

MINUTE, HOUR = 60, 3600
# How long to wait after each try that failed; after the last one the notice counts as failed.
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR)
TRIES = len(WAITS) + 1
LEASE = 2 * MINUTE  # a process that takes a notice and dies keeps the others waiting this long
MOST_SHOWN = 200


@dataclass(frozen=True)
class Notice:
    """A notice in the outbox.

    Attributes:
        id: the same at each try, so that whoever gets it twice can tell.
        way: email or webhook.
        submission_id: the record that it is about.
        made_at: when the form was found, seconds since 1970, UTC.
        tries: how often it was tried, this try included.
        fault: why the last try failed, in a word; empty when none has.
    """

    id: str
    way: Way
    submission_id: str | None
    made_at: int
    tries: int
    fault: str


class Notices:
    """The outbox of a clinic, for the ways in which it wants to be told."""

    def __init__(self, ways: tuple[Way, ...]) -> None:
        self._ways = ways

    def add(self, connection: Connection, submission_id: str, now: int) -> None:
        """Write down that the clinic is to be told of a form, once for each way."""
        for way in self._ways:
            row = {"id": secrets.token_hex(16), "kind": way, "submission_id": submission_id}
            connection.execute(insert(notice).values(row | {"due_at": now, "made_at": now}))

    def any_due(self, connection: Connection, now: int) -> bool:
        """Say whether a notice is due, without holding it: mostly there is none."""
        return connection.execute(self._due(now)).first() is not None

    def take(self, connection: Connection, now: int) -> Notice | None:
        """Take the notice that is due longest, so that no other process takes it; None without one.

        Say ``sent`` or ``failed`` of it afterwards. A notice of which nothing is said, because the
        process died, is due again after a while.
        """
        row = connection.execute(self._due(now).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        taken = {"tries": row.tries + 1, "due_at": now + LEASE}
        connection.execute(update(notice).where(notice.c.id == row.id).values(taken))
        return _read(row, tries=row.tries + 1)

    def sent(self, connection: Connection, taken: Notice) -> None:
        """Say that a notice has arrived."""
        self._set(connection, taken.id, state="sent", fault="")

    def failed(self, connection: Connection, taken: Notice, fault: str, now: int) -> bool:
        """Say why a notice did not arrive: it is tried again later. True after the last try.

        Args:
            connection: writes.
            taken: the notice, as ``take`` gave it.
            fault: a word of ours, never what the other side answered.
            now: seconds since 1970, UTC.
        """
        if taken.tries >= TRIES:
            self._set(connection, taken.id, state="failed", fault=fault)
            return True
        due_at = now + WAITS[taken.tries - 1]
        self._set(connection, taken.id, state="waiting", fault=fault, due_at=due_at)
        return False

    def undelivered(self, connection: Connection) -> list[Notice]:
        """List the notices that were given up, the newest first."""
        statement = _of("failed").order_by(notice.c.made_at.desc(), notice.c.id).limit(MOST_SHOWN)
        return [_read(row, tries=row.tries) for row in connection.execute(statement)]

    def again(self, connection: Connection, notice_id: str, now: int) -> bool:
        """Try a notice again that was given up, from the first try on; False without such a one."""
        given_up = (notice.c.id == notice_id) & (notice.c.state == "failed")
        fresh = {"state": "waiting", "tries": 0, "due_at": now}
        return connection.execute(update(notice).where(given_up).values(fresh)).rowcount == 1

    def _due(self, now: int) -> Select[tuple[object, ...]]:
        due = _of("waiting").where(notice.c.due_at <= now, notice.c.kind.in_(self._ways))
        return due.order_by(notice.c.due_at, notice.c.id).limit(1)

    @staticmethod
    def _set(connection: Connection, notice_id: str, **columns: object) -> None:
        # A lead may have deleted the record meanwhile, and the notice with it.
        connection.execute(update(notice).where(notice.c.id == notice_id).values(columns))


def _of(state: str) -> Select[tuple[object, ...]]:
    return select(notice).where(notice.c.state == state)


def _read(row: Row[tuple[object, ...]], *, tries: int) -> Notice:
    return Notice(row.id, row.kind, row.submission_id, row.made_at, tries, row.fault)
