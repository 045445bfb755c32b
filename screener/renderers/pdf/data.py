"""A summary as the data that the template places on paper."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from screener.language import _
from screener.renderers import words
from screener.renderers.charts import gauge, week_bars
from screener.renderers.cleaning import printable
from screener.renderers.direction import is_rtl
from screener.renderers.help import blocks, closing
from screener.renderers.qr import qr_svg
from screener.summary import AnswerGroup, Copy, Paper, Point, State, Summary
from screener.theme import shades

FONTS = ["Screener Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"]
LABEL_WIDTH, LIST_WIDTH = 27, 56  # letters in a line of half a column, and of a whole one
HEAD_LINES = 2
COLUMNS = (2.1, 1.1, 1.4, 0.9, 1.6, 1.3, 2.3)  # shares of the width of the medicine table

Data = dict[str, Any]


def template_data(summary: Summary, copy: Copy, paper: Paper) -> Data:
    """Lay out a summary for one copy and one paper; every text in it is printable."""
    laid_out = head(summary, copy, paper) | body(summary, copy)
    return {**cleaned(laid_out), "qr": qr_svg(summary), **logo(summary)}


def head(summary: Summary, copy: Copy, paper: Paper) -> Data:
    """The page itself, and what stands at its head and foot."""
    clinic = summary.clinic
    return {
        "copy": copy,
        "paper": paper,
        "lang": summary.language.split("-")[0],
        "rtl": False,
        "fonts": FONTS,
        "accent": shades(clinic.colour).light.brand,
        "title": words.title(copy),
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
    return {
        "blocks": [asdict(block) for block in blocks(summary)],
        "closing": asdict(last) if last else None,
        "glance": glance(summary),
        "points": [point(one, copy) for one in summary.points],
        "gauge": asdict(chart) if chart else None,
        "treatments": treatments(summary, copy),
        "wants_to_ask": own(summary.wants_to_ask),
        "bring": list(summary.bring),
        "answers": halves([group(one, summary.wants_to_ask) for one in summary.answers], height),
        "not_asked": [label for one in summary.answers for label in one.not_asked],
        "sources": halves([asdict(one) for one in summary.sources], lambda one: len(one["text"])),
    }


def facts(summary: Summary, copy: Copy) -> list[tuple[str, str]]:
    """The line under the title: who filled it in, and when."""
    say = words.labels(copy)
    found = [
        (say["age"], summary.age),
        (say["filled_by"], summary.filled_by),
        (say["completed"], words.day(summary.completed)),
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
    total, so_far = sum(map(weight, things)), 0
    for position, thing in enumerate(things):
        so_far += weight(thing)
        if so_far * 2 >= total:
            return things[: position + 1], things[position + 1 :]
    return things, []


def logo(summary: Summary) -> Data:
    """The clinic's picture as numbers: the template reads no file."""
    picture = summary.clinic.logo
    if picture is None:
        return {"logo": None, "logo_format": ""}
    kind = "svg" if "svg" in picture.mime else "png"
    return {"logo": list(picture.content), "logo_format": kind}


def cleaned(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Make every text in the data printable."""
    match value:
        case str():
            return printable(value)
        case list() | tuple():
            return [cleaned(part) for part in value]
        case dict():
            return {key: cleaned(part) for key, part in value.items()}
        case _:
            return value
