"""Summaries of the worked patients."""

import functools
from datetime import UTC, datetime
from typing import Any

import rules
from screener.summary import ClinicFace, Summary, summarise
from tests.rules.patients import BASE, WORKED

COMPLETED = datetime(2026, 11, 22, 17, 50, tzinfo=UTC)
CLINIC = ClinicFace("Harbour Clinic", "+1 555 0134", "Mon to Fri, 9 to 5", country="US")
CASES = {case["id"]: case["answers"] for case in WORKED}
EVERY_CASE = (*CASES, "EMPTY")

# The content is frozen, so one reading of it does for all tests.
content_once = functools.cache(rules.load)


def of(
    raw: dict[str, Any],
    content: rules.Content | None = None,
    limits: rules.Limits | None = None,
    clinic: ClinicFace = CLINIC,
) -> Summary:
    """The summary of these answers."""
    content = content or content_once()
    answers = rules.read_answers(content, raw)
    return summarise(
        content,
        answers,
        limits,
        clinic,
        COMPLETED,
        "K7QM-4XRT",
        public_url="https://forms.example.org",
    )


def quiet(**differs: Any) -> Summary:
    """The quiet patient, with some answers changed."""
    return of(BASE | differs)


@functools.cache
def case(name: str) -> Summary:
    """One worked patient, or the one who answered nothing."""
    return of({} if name == "EMPTY" else BASE | CASES[name])
