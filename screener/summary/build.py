"""Findings become a summary: one function from answers to all that is said."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import rules
from rules import Answers, Content, Limits, Result, Value
from screener.summary.aid import aid
from screener.summary.answers import groups, state
from screener.summary.clinic import Clinic, ClinicFace, Logo
from screener.summary.model import Outcome, Point, Summary
from screener.summary.points import points
from screener.summary.pressure import pressure
from screener.summary.told import State
from screener.summary.treatments import LIST, treatments


def summarise(  # noqa: PLR0913, PLR0917 - a summary is made of exactly these
    content: Content,
    answers: Answers,
    limits: Limits | None,
    clinic: Clinic,
    completed: datetime,
    reference: str,
    *,
    public_url: str = "",
) -> Summary:
    """Say what a patient's answers bring up, to the patient and to the clinician.

    Args:
        content: questions, rules and words.
        answers: as ``rules.read_answers`` gave them; stale ones are left out here.
        limits: the clinic's thresholds, or None for the defaults.
        clinic: how the clinic shows itself, and its country.
        completed: when the answers were finished, with its time zone.
        reference: the short name of the page ("K7QM-4XRT"); it opens nothing by itself.
        public_url: where the app is reached, for the code that a camera reads.
    """
    path = rules.walk(content, answers, limits)
    result = rules.evaluate(content, answers, limits)
    effective, counted = limits or content.limits, path.counted
    made, sources = points(content, result.findings, counted)
    listed = groups(content, path, resting_on(made))
    weeks = effective["trial_min_weeks"].value
    return Summary(
        **framing(content),
        completed=completed,
        reference=reference,
        code_url=code_url(public_url, reference),
        clinic=face(clinic),
        level=result.level.value,
        level_name=content.words.levels[result.level],
        crisis=result.crisis,
        emergency=result.emergency,
        outcome=outcome(content, result, made),
        points=made,
        treatments=treatments(content, counted.get(LIST), weeks),
        trial_weeks=weeks,
        wants_to_ask=text(counted.get("questions")),
        answers=listed,
        pressure=pressure(content, counted, effective),
        sources=sources,
        help=aid(content, counted.get("country"), clinic.country, counted.get("age_years")),
        age=spoken(content, counted, "age_years"),
        filled_by=spoken(content, counted, "filled_by"),
    )


def framing(content: Content) -> dict[str, Any]:
    """What a summary says whatever was answered."""
    words = content.words
    return {
        "content_version": content.version,
        "reviewed": bool(content.reviewed_by),
        "language": content.language,
        "frame_first": words.frame_first,
        "frame_last": words.frame_last,
        "not_reviewed": "" if content.reviewed_by else words.not_reviewed,
        "change_nothing": words.change_nothing,
        "bring": tuple(words.bring),
        "level_names": {level.value: name for level, name in words.levels.items()},
    }


def code_url(public_url: str, reference: str) -> str:
    """Where a camera leads that reads the code; nowhere without an address."""
    return f"{public_url.rstrip('/')}/code/{reference}" if public_url else ""


def resting_on(made: tuple[Point, ...]) -> frozenset[str]:
    """Every question that a point rests on."""
    return frozenset(said.question.partition("[")[0] for point in made for said in point.said)


def outcome(content: Content, result: Result, made: tuple[Point, ...]) -> Outcome:
    """Choose one of the three opening texts; each leads to a person."""
    count = sum(point.level == "first" for point in made)
    key = result.level.value if result.level.value in {"now", "first"} else "points"
    chosen = content.words.outcomes[key]
    heading = chosen.heading_one if count == 1 else chosen.heading
    return Outcome(heading.replace("{count}", str(count)), chosen.text)


def face(clinic: Clinic) -> ClinicFace:
    """Copy what is printed of the clinic, so that a stored summary does not change with it."""
    return ClinicFace(
        name=clinic.name,
        phone=clinic.phone,
        hours=clinic.hours,
        website=clinic.website,
        country=clinic.country,
        time_zone=clinic.time_zone,
        colour=clinic.colour,
        logo=Logo(clinic.logo.content, clinic.logo.mime) if clinic.logo else None,
    )


def text(value: Value) -> str:
    """A free text, or nothing."""
    return value if isinstance(value, str) else ""


def spoken(content: Content, counted: Mapping[str, Value], id_: str) -> str:
    """An answer in words; nothing when it was not given."""
    value = counted.get(id_)
    if state(value) is State.NOT_ANSWERED:
        return ""
    return rules.say(content, content.questionnaire.question(id_), value)
