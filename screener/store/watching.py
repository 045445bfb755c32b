"""Counts for whoever watches over the machine: no level, no person, no answer."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from screener.store.models import notice, submission, tally

WAITING, FAILED = "waiting", "failed"


@dataclass(frozen=True)
class Seen:
    """What the database says at one moment.

    Attributes:
        started: forms that were begun, ever.
        sent: forms that the clinic received, ever.
        waiting: forms that nobody has called about yet.
        notices: notices that wait, and those that were given up.
    """

    started: int
    sent: int
    waiting: int
    notices: dict[str, int]


def look(connection: Connection) -> Seen:
    """Count."""
    counts = select(tally.c.name, func.sum(tally.c.count)).group_by(tally.c.name)
    named = counts.where(tally.c.name.in_(("started", "sent")))
    tallies = {name: int(count) for name, count in connection.execute(named)}
    queue = select(func.count()).select_from(submission).where(submission.c.status == WAITING)
    states = select(notice.c.state, func.count()).group_by(notice.c.state)
    outbox = {state: int(count) for state, count in connection.execute(states)}
    return Seen(
        started=tallies.get("started", 0),
        sent=tallies.get("sent", 0),
        waiting=connection.execute(queue).scalar_one(),
        notices={state: outbox.get(state, 0) for state in (WAITING, FAILED)},
    )
