"""A form as a row of a list: who, how urgent and why, and none of the answers."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from screener.store.errors import StoreUnavailable
from screener.store.models import submission as submissions
from screener.store.sealing import Broken
from screener.store.submissions import LEVELS, Submission, Submissions, moment
from screener.summary.stored import UnreadableSummary

# All but the contents, which are most of a form.
LISTED = select(*(column for column in submissions.c if column.name != "contents"))

# What opening something that is no form may raise.
NOT_WHOLE = (Broken, UnreadableSummary, LookupError, TypeError, ValueError, AttributeError)


class Place(NamedTuple):
    """Where a form stands in the queue."""

    turn: int
    arrived_at: int
    id: str


@dataclass(frozen=True, repr=False)
class Headline:
    """Who sent a form, and why it matters.

    Attributes:
        name: as the patient gave it; may be empty.
        why: titles of the most urgent points.
        more: how many points there are beside these.
    """

    name: str
    why: tuple[str, ...]
    more: int

    @classmethod
    def read(cls, form: Submission) -> "Headline":
        """Read the headline of a form: only the clinic's public key was needed to seal one.

        Raises:
            Broken, LookupError, TypeError, ValueError: it is none, or the database contradicts it.
        """
        told = form.headline
        if told["level"] != form.level:
            raise Broken
        words = told["name"], *told["why"]
        if not all(isinstance(word, str) for word in words):
            raise Broken
        return cls(words[0], words[1:], int(told["more"]))


@dataclass(frozen=True)
class Listed:
    """A row of a list.

    Attributes:
        headline: None when the form cannot be opened.
    """

    id: str
    reference: str
    arrived_at: datetime
    level: str
    status: str
    owner_id: str | None
    contacted: bool
    headline: Headline | None = None


def listed(opens: Submissions, row: Row[Any]) -> Listed:
    """Open a row as a list shows it. One that cannot be opened is listed too."""
    bare = Listed(
        id=row.id,
        reference=row.reference,
        arrived_at=moment(row.arrived_at),
        level=LEVELS[row.rank],
        status=row.status,
        owner_id=row.owner_id,
        contacted=row.contacted_at is not None,
    )
    try:
        headline = Headline.read(opens.opened(row, headline_only=True))
    except (*NOT_WHOLE, StoreUnavailable):
        return bare
    return replace(bare, headline=headline)
