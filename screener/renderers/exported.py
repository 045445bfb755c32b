"""A record as it leaves the house: who and when, and every answer for a program to read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from screener.summary import State, Summary

NOT_ASKED = "not_asked"
CONTACT = ("name", "phone", "email", "may_name_clinic", "best_time")


@dataclass(frozen=True, repr=False)
class Exported:
    """A record to export.

    Attributes:
        level: now, first, discuss or info.
        owner: the name of a member of staff; may be empty.
        contact: how to reach the person; see ``CONTACT``.
        answers: as they were given, by question.
        summary: as the person saw it; None when the record cannot be read.
    """

    reference: str
    sent: datetime
    level: str
    status: str
    owner: str
    content_version: str
    contact: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    summary: Summary | None = None

    @property
    def frame(self) -> dict[str, str]:
        """What is known of the record without opening it."""
        return {
            "reference": self.reference,
            "sent": self.sent.isoformat(timespec="seconds"),
            "level": self.level,
            "status": self.status,
            "owner": self.owner,
            "content_version": self.content_version,
        }

    @property
    def told(self) -> dict[str, Any]:
        """Each question that was asked: the answer, or the kind of silence."""
        return dict(_told(self.summary, self.answers)) if self.summary else {}


def _told(summary: Summary, answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for group in summary.answers:
        for row in group.rows:
            given = row.state is State.GIVEN and row.id in answers
            yield row.id, answers[row.id] if given else row.state.value


def in_a_cell(answer: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Write an answer as one text: options apart by semicolons, entries as JSON."""
    match answer:
        case str():
            return answer
        case list() if all(isinstance(one, str) for one in answer):
            return ";".join(answer)
        case _:
            return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
