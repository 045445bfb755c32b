"""What goes into a parcel: what the queue shows, and all that the record holds."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal

from screener.store.parcels import Parcel, Part
from screener.store.sealing import Broken
from screener.store.submissions import LEVELS
from screener.summary import Summary
from screener.summary.stored import to_store

MOST_REASONS = 3  # in a row of the queue
# What the draft calls a page with help that was shown, and what it is called afterwards.
PAGES = {"emergency": "emergency", "full": "crisis", "young": "young"}


@dataclass(frozen=True, repr=False)
class Contact:
    """How to reach the person. Empty where they did not say."""

    name: str = ""
    phone: str = ""
    email: str = ""
    may_name_clinic: Literal["yes", "no", ""] = ""
    best_time: str = ""

    @classmethod
    def read(cls, contents: Part) -> "Contact":
        """Read it from a form that arrived: only the clinic's public key was needed to seal one.

        Raises:
            Broken: it is something else.
        """
        told = contents.get("contact")
        if not isinstance(told, dict):
            raise Broken
        # Another version of the program may have asked for more, or for less.
        known = {one.name: told[one.name] for one in fields(cls) if one.name in told}
        if not all(isinstance(one, str) for one in known.values()):
            raise Broken
        return cls(**known)


def packed(
    summary: Summary,
    answers: Mapping[str, Any],
    contact: Contact,
    sent_at: datetime,
    shown: Iterable[str] = (),
) -> Parcel:
    """Make the parcel that is sent to the clinic.

    Args:
        summary: as the person saw it.
        answers: those that the summary rests on, as a draft holds them.
        contact: how to reach the person.
        sent_at: when they asked to send it, with its time zone.
        shown: the help that was shown on the way, as a draft remembers it.
    """
    return Parcel(
        rank=LEVELS.index(summary.level),
        content_version=summary.content_version,
        headline=_headline(summary, contact.name),
        contents={
            "summary": to_store(replace(summary, sent=sent_at)),
            "answers": dict(answers),
            "contact": asdict(contact),
            "sent_at": sent_at.isoformat(timespec="seconds"),
            "shown": _pages(shown),
        },
    )


def help_shown(contents: Part) -> list[str]:
    """Read which pages with help a form says that the person saw.

    Raises:
        Broken: it is something else.
    """
    told = contents.get("shown")
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise Broken
    return told


def _headline(summary: Summary, name: str) -> Part:
    # The points come most urgent first.
    titles = list(dict.fromkeys(point.title for point in summary.points))
    return {
        "name": name,
        "level": summary.level,
        "why": titles[:MOST_REASONS],
        "more": max(0, len(titles) - MOST_REASONS),
    }


def _pages(shown: Iterable[str]) -> list[str]:
    """Name the pages with help; the answers that called for them are in the record already."""
    seen = {reason.partition(" ")[0] for reason in shown}
    return [name for block, name in PAGES.items() if block in seen]
