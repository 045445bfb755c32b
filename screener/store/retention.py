"""Deleting what was sent, for good: because its time is over, or because somebody asked for it.

The rows go, and with them the only key that opens them, what was written about them, the words they
are found by, and the notices. What stays is a line of the trail. It names the record's id, which
stands on no paper, and a stand-in for its reference: whoever holds the paper can still be told that
the record is gone, and nobody can read the reference out of the trail.
"""

from collections.abc import Iterable
from typing import Literal, get_args

from sqlalchemy import Connection, delete, select

from screener.store import print_jobs
from screener.store.models import draft, invitation, notice, submission, throttle
from screener.store.staff_keys import StaffKeys

# Why a record was deleted. It goes into the trail: a word of ours, never one that somebody typed.
Reason = Literal["asked", "mistake", "retention"]
DAY = 86400
STAND_IN = 32  # letters of it
NOTICE_DAYS = 30  # how long a lead can see that a notice was delivered


def delete_submission(connection: Connection, submission_id: str) -> str | None:
    """Delete a record and the draft it was sent from.

    Returns:
        The reference that the record had; None when there is no such record (any more).
    """
    gone = delete(submission).where(submission.c.id == submission_id)
    statement = gone.returning(submission.c.draft_id, submission.c.reference)
    row = connection.execute(statement).first()
    if row is None:
        return None
    _delete_copies(connection, [row.draft_id])
    return str(row.reference)


def delete_arrived_before(connection: Connection, moment: int, most: int) -> list[tuple[str, str]]:
    """Delete the records that arrived before a moment; return their ids and references.

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
    columns = submission.c.id, submission.c.reference, submission.c.draft_id
    rows = connection.execute(gone.returning(*columns)).all()
    if rows:
        _delete_copies(connection, [row.draft_id for row in rows])
    return [(row.id, row.reference) for row in rows]


def told(keys: StaffKeys, reason: Reason, reference: str) -> str:
    """Write the detail of the line that tells of a deletion: why, and which reference is gone."""
    return f"{reason} {keys.mac('deleted reference', reference).hex()[:STAND_IN]}"


def every_way_told(keys: StaffKeys, reference: str) -> list[str]:
    """List what the detail of such a line may be, to find the lines by a reference."""
    return [told(keys, reason, reference) for reason in get_args(Reason)]


def delete_expired_drafts(connection: Connection, now: int) -> int:
    """Delete the drafts whose time is over, and the counted tries; say how many drafts."""
    connection.execute(delete(throttle).where(throttle.c.ends_at <= now))
    return connection.execute(delete(draft).where(draft.c.expires_at <= now)).rowcount


def delete_what_is_over(connection: Connection, now: int) -> None:
    """Delete the notices that were delivered long ago, and invitations that nobody took up."""
    old = notice.c.made_at < now - NOTICE_DAYS * DAY
    connection.execute(delete(notice).where(notice.c.state == "sent", old))
    connection.execute(delete(invitation).where(invitation.c.ends_at <= now))


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


def _delete_copies(connection: Connection, draft_ids: Iterable[str]) -> None:
    """Delete the patients' own drafts too, and the lists that were printed: they hold the same."""
    print_jobs.take_back(connection)
    connection.execute(delete(draft).where(draft.c.id.in_(list(draft_ids))))
