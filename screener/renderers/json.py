"""The summary as one JSON object, for other programs."""

import json
from dataclasses import asdict
from typing import Any

from screener.renderers.cleaning import tidy
from screener.renderers.layout import each_text
from screener.summary import AnswerGroup, AnswerRow, Point, Summary


def as_json(summary: Summary) -> str:
    """Write a summary as JSON: the same findings for patient and clinician, with their sources."""
    return json.dumps(each_text(as_object(summary), tidy), ensure_ascii=False, indent=2) + "\n"


def as_object(summary: Summary) -> dict[str, Any]:
    """A summary as plain dictionaries and lists; help stands before the findings."""
    return {
        "help": asdict(summary.help),
        "content_version": summary.content_version,
        "reviewed": summary.reviewed,
        "not_reviewed": summary.not_reviewed,
        "frame_first": summary.frame_first,
        "level": summary.level,
        "crisis": summary.crisis,
        "emergency": summary.emergency,
        "outcome": asdict(summary.outcome),
        "findings": [finding(point) for point in summary.points],
        "treatments": [asdict(one) for one in summary.treatments],
        "wants_to_ask": summary.wants_to_ask,
        "to_ask": list(summary.to_ask),
        "bring": list(summary.bring),
        "pressure": asdict(summary.pressure) if summary.pressure else None,
        "answers": [step(group) for group in summary.answers],
        "sources": [asdict(one) for one in summary.sources],
        "language": summary.language,
        "completed": summary.completed.isoformat(),
        "sent": summary.sent.isoformat() if summary.sent else None,
        "reference": summary.reference,
        "clinic": {
            "name": summary.clinic.name,
            "phone": summary.clinic.phone,
            "website": summary.clinic.website,
        },
        "change_nothing": summary.change_nothing,
        "frame_last": summary.frame_last,
    }


def finding(point: Point) -> dict[str, Any]:
    """One finding with the answers and the sources behind it."""
    return {
        "rule": point.rule,
        "level": point.level,
        "undecided": point.undecided,
        "topic": point.topic,
        "title": point.title,
        "block": point.block,
        "because": [
            {"question": one.question, "asked": one.asked, "answer": one.answer}
            for one in point.said
        ],
        "patient": point.patient,
        "ask": point.ask,
        "clinician": point.clinician,
        "sources": [{"source": one.source, "section": one.section} for one in point.citations],
    }


def step(group: AnswerGroup) -> dict[str, Any]:
    """The answers of one step."""
    return {
        "step": group.number,
        "title": group.title,
        "rows": [answer(row) for row in group.rows],
        "not_asked": list(group.not_asked),
    }


def answer(row: AnswerRow) -> dict[str, str]:
    """One answer, and whether it is one."""
    return {
        "question": row.id,
        "asked": row.asked,
        "answer": row.answer,
        "state": row.state.value,
    }
