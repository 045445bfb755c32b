"""Summaries to print: a typical patient, six points, two pages."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import rules
from screener.summary import ClinicFace, Summary, summarise

CASES = Path(__file__).parents[1] / "tests" / "cases"
CLINIC = ClinicFace("Harbour Clinic", "+1 555 0134", "Mon to Fri, 9 to 5", country="US")
MADE = datetime(2026, 11, 22, 17, 50, tzinfo=UTC)
DIFFERS = {
    "ket_before": ["clinic"],
    "ket_helped": "a_lot",
    "ket_problems": ["bladder"],
    "ket_last": "past_month",
    "bladder_now": "yes",
    "route_interest": ["home"],
}


def typical(many: int) -> list[Summary]:
    """One patient who asks something else each time, so that nothing can be kept from before."""
    content = rules.load()
    answers = json.loads((CASES / "base.json").read_text("utf-8")) | DIFFERS
    read = rules.read_answers(content, answers)
    site = "https://forms.example.org"
    made = summarise(content, read, None, CLINIC, MADE, "K7QM-4XRT", public_url=site)
    return [
        replace(made, age=f"{20 + n % 60} years", wants_to_ask=f"Question {n}: can my sister come?")
        for n in range(many)
    ]
