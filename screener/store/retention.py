"""Deleting what was sent, for good: because its time is over, or because somebody asked for it.

The rows go, and with them the only key that opens them, what was written about them, the words they
are found by, and the notices. What stays is a line of the trail that names the record's id, which
stands on no paper.
"""

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import Connection, delete, select

from screener.store.models import draft, notice, submission

# Why a record was deleted. It goes into the trail: a word of ours, never one that somebody typed.
Reason = Literal["asked", "mistake", "retention"]
DAY = 86400
NOTICE_DAYS = 30  # how long a lead can see that a notice was delivered


def delete_submission(connection: Connection, submission_id: str) -> bool:
    """Delete a record and the draft it was sent from; False when there is none (any more)."""
    gone = delete(submission).where(submission.c.id == submission_id)
    row = connection.execute(gone.returning(submission.c.draft_id)).first()
    if row is not None:
        _delete_drafts(connection, [row.draft_id])
    return row is not None


def delete_arrived_before(connection: Connection, moment: int, most: int) -> list[str]:
    """Delete the records that arrived before a moment, oldest first; return their ids.

    Args:
        connection: writes.
        moment: seconds since 1970, UTC.
        most: how many at once, so that nobody waits long for the database.
    """
    # Another process may be deleting the same ones: each takes what the other has not.
    old = (
        select(submission.c.id)
        .where(submission.c.arrived_at < moment)
        .order_by(submission.c.arrived_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    gone = delete(submission).where(submission.c.id.in_(old))
    rows = connection.execute(gone.returning(submission.c.id, submission.c.draft_id)).all()
    _delete_drafts(connection, [row.draft_id for row in rows])
    return [row.id for row in rows]


def delete_old_notices(connection: Connection, now: int) -> int:
    """Delete the notices that were delivered long ago; say how many."""
    old = notice.c.made_at < now - NOTICE_DAYS * DAY
    return connection.execute(delete(notice).where(notice.c.state == "sent", old)).rowcount


def found(connection: Connection, reference: str) -> list[tuple[str, int]]:
    """Find the records that carry a reference: the id and the time of arrival of each.

    Two records may share a reference: it is short enough to be read out on the telephone.
    """
    statement = (
        select(submission.c.id, submission.c.arrived_at)
        .where(submission.c.reference == reference)
        .order_by(submission.c.arrived_at, submission.c.id)
    )
    return [(row.id, row.arrived_at) for row in connection.execute(statement)]


def _delete_drafts(connection: Connection, draft_ids: Iterable[str]) -> None:
    """Delete the patient's own copies too: they hold the same answers."""
    connection.execute(delete(draft).where(draft.c.id.in_(list(draft_ids))))
