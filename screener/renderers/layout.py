"""A summary laid out for one copy: the data that the page and the PDF place, each in its way."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from screener.language import _
from screener.renderers import words
from screener.renderers.charts import gauge, week_bars
from screener.renderers.direction import is_rtl
from screener.renderers.help import blocks, closing
from screener.summary import AnswerGroup, Copy, Paper, Point, State, Summary
from screener.theme import shades

LABEL_WIDTH, LIST_WIDTH = 27, 56  # letters in a line of half a column, and of a whole one
HEAD_LINES = 2
COLUMNS = (2.1, 1.1, 1.4, 0.9, 1.6, 1.3, 2.3)  # shares of the width of the medicine table

Data = dict[str, Any]


def layout(summary: Summary, copy: Copy, paper: Paper) -> Data:
    """Lay out a summary for one copy and one paper."""
    return head(summary, copy, paper) | body(summary, copy)


def head(summary: Summary, copy: Copy, paper: Paper) -> Data:
    """The page itself, and what stands at its head and foot."""
    clinic = summary.clinic
    return {
        "reader": copy,
        "paper": paper,
        "lang": summary.language.split("-")[0],
        "rtl": False,
        "accent": shades(clinic.colour).light.brand,
        "title": words.title(copy),
        "origin": words.origin(summary, copy),
        "words": words.labels(copy),
        "levels": dict(summary.level_names),
        "clinic": {
            "name": clinic.name,
            "line": " · ".join(
                part for part in (clinic.phone, clinic.hours, clinic.website) if part
            ),
        },
        "reference": summary.reference,
        "qr_alt": _("Code for {reference}").format(reference=summary.reference),
        "version": words.version(summary),
        "name": own(summary.name),
        "facts": facts(summary, copy),
        "frame_first": summary.frame_first,
        "frame_last": summary.frame_last,
        "not_reviewed": summary.not_reviewed,
        "change_nothing": summary.change_nothing,
        "outcome": asdict(summary.outcome),
    }


def body(summary: Summary, copy: Copy) -> Data:
    """What the page says."""
    last = closing(summary)
    chart = gauge(summary)
    columns = halves([group(one, summary.wants_to_ask) for one in summary.answers], height)
    return {
        "blocks": [asdict(block) for block in blocks(summary)],
        "closing": asdict(last) if last else None,
        "glance": glance(summary),
        "points": [point(one, copy) for one in summary.points],
        "gauge": asdict(chart) if chart else None,
        "treatments": treatments(summary, copy),
        "wants_to_ask": own(summary.wants_to_ask),
        "bring": list(summary.bring),
        "answers": columns,
        "answer_lines": max(sum(map(height, column)) for column in columns),
        "not_asked": [label for one in summary.answers for label in one.not_asked],
        "sources": halves([asdict(one) for one in summary.sources], lambda one: len(one["text"])),
    }


def facts(summary: Summary, copy: Copy) -> list[tuple[str, str]]:
    """The line under the title: who filled it in, and when."""
    say = words.labels(copy)
    found = [
        (say["age"], summary.age),
        (say["filled_by"], summary.filled_by),
        (say["completed"], words.completed(summary)),
    ]
    return [pair for pair in found if pair[1]]


def own(text: str) -> Data:
    """A text that a person wrote, with its own direction."""
    return {"text": text, "rtl": is_rtl(text)}


def glance(summary: Summary) -> list[Data]:
    """The titles of the points, level by level."""
    found = [
        {"level": level, "titles": list(dict.fromkeys(one.title for one in summary.at(level)))}
        for level in summary.level_names
    ]
    return [row for row in found if row["titles"]]


def point(one: Point, copy: Copy) -> Data:
    """One point; where nothing was said, its sentence says so and no answers are listed."""
    return {
        "rule": one.rule,
        "title": one.title,
        "level": one.level,
        "undecided": one.undecided,
        "said": [{"label": said.label, "answer": own(said.answer)} for said in one.said],
        "why": words.why(one, copy),
        "ask": one.ask,
        "sources": ",".join(map(str, one.sources)),
    }


def treatments(summary: Summary, copy: Copy) -> Data | None:
    """The table of medicines tried."""
    if not summary.treatments:
        return None
    say = words.labels(copy)
    names = ["medicine", "dose", "duration", "spell", "helped", "stop_reason"]
    rows = [
        [one.name, one.dose, one.duration, one.this_episode, one.helped, one.stop_reason]
        for one in summary.treatments
    ]
    if copy == "clinician":
        names.append("counts")
        for row, one in zip(rows, summary.treatments, strict=True):
            row.append(words.trial(one, summary.trial_weeks))
    return {
        "columns": COLUMNS[: len(names)],
        "head": [say[name] for name in names],
        "rows": [[own(cell) for cell in row] for row in rows],
        "bars": asdict(week_bars(summary)),
        "bar_column": names.index("duration"),
    }


def group(one: AnswerGroup, printed: str) -> Data:
    """The answers of a step; a plain "no" that no point rests on goes into one row.

    Args:
        one: the step.
        printed: a long text that has its own place on the page and is not repeated.
    """
    return {
        "title": f"{one.number}  {one.title}",
        "rows": [
            {"label": row.label, "answer": own(row.answer), "given": row.state is State.GIVEN}
            for row in one.rows
            if not row.plain_no and (row.answer != printed or not printed)
        ],
        "plain_no": [row.label for row in one.rows if row.plain_no],
    }


def height(laid_out: Data) -> int:
    """About how many lines a step takes up: its head, its rows, its list of plain answers."""
    rows = sum(
        1 + max(len(row["label"]) // LABEL_WIDTH, len(row["answer"]["text"]) // LABEL_WIDTH)
        for row in laid_out["rows"]
    )
    listed = sum(len(label) + 3 for label in laid_out["plain_no"])
    return HEAD_LINES + rows + (1 + listed // LIST_WIDTH if listed else 0)


def halves(things: list[Data], weight: Callable[[Data], int]) -> tuple[list[Data], list[Data]]:
    """Part a list in two columns of about the same height, in reading order."""

    def higher(position: int) -> int:
        parts = things[:position], things[position:]
        return max(sum(map(weight, part)) for part in parts)

    best = min(range(len(things) + 1), key=lambda position: (higher(position), -position))
    return things[:best], things[best:]


def each_text(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any JSON value
    """Change every text in laid out data."""
    match value:
        case str():
            return change(value)
        case list() | tuple():
            return [each_text(part, change) for part in value]
        case dict():
            return {key: each_text(part, change) for key, part in value.items()}
        case _:
            return value
