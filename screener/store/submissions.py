"""What patients sent, opened for the staff."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from screener.store.clinic_keys import ClinicKeys
from screener.store.models import submission as submissions
from screener.store.parcels import Part, record_key, unbound, unseal_part

LEVELS = ("now", "first", "discuss", "info")  # by rank
# Each place in the queue, and the ranks that may have it: 0 is "now" without a contact yet.
TURNS = ((0, 0), (1, 0), (1, 1), (2, 2), (3, 3))


@dataclass(frozen=True)
class Submission:
    """A form that was sent, opened.

    Attributes:
        level: now, first, discuss or info.
        status: waiting, called, spoke, booked or closed.
        contacted_at: when a contact was first recorded; None as long as there was none.
        version: counts the changes of staff, so that two people who edit lose nothing.
        headline: what the queue shows; see ``Parcel``.
        contents: answers, summary and contact; empty when only the queue is drawn.
        key: the record's own key.
    """

    id: str
    reference: str
    arrived_at: datetime
    level: str
    status: str
    owner_id: str | None
    contacted_at: datetime | None
    version: int
    content_version: str
    headline: Part = field(repr=False)  # no answer and no key slips into a log by accident
    contents: Part = field(repr=False)
    key: bytes = field(repr=False)


class Submissions:
    """Opens submissions with the clinic's private keys."""

    def __init__(self, keys: ClinicKeys) -> None:
        self._keys = keys

    def find(
        self, connection: Connection, submission_id: str, *, to_change: bool = False
    ) -> Submission | None:
        """Open a submission; None when there is none (any more).

        Args:
            connection: reads, or writes when it is to be changed.
            submission_id: as the address of the record names it.
            to_change: hold the row until the transaction ends.

        Raises:
            Broken: the row was changed by somebody without the key.
        """
        statement = select(submissions).where(submissions.c.id == submission_id)
        statement = statement.with_for_update() if to_change else statement
        row = connection.execute(statement).first()
        return self.opened(row) if row else None

    def opened(self, row: Row[Any], *, headline_only: bool = False) -> Submission:
        """Open the row of a submission.

        Raises:
            Broken: it was changed by somebody without the key, or what stands beside it was.
        """
        key = record_key(self._keys, row)
        headline = unbound(unseal_part(key, row.id, "headline", row.headline), row)
        contents = {} if headline_only else unseal_part(key, row.id, "contents", row.contents)
        return Submission(
            id=row.id,
            reference=row.reference,
            arrived_at=moment(row.arrived_at),
            level=LEVELS[row.rank],
            status=row.status,
            owner_id=row.owner_id,
            contacted_at=moment(row.contacted_at) if row.contacted_at is not None else None,
            version=row.version,
            content_version=row.content_version,
            headline=headline,
            contents=contents,
            key=key,
        )


def moment(seconds: int) -> datetime:
    """Read a time of the database."""
    return datetime.fromtimestamp(seconds, UTC)
