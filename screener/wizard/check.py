"""Check your answers: everything that counts, step by step, each with a way to change it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

import rules
from screener.language import _, ngettext
from screener.web.packing import packed
from screener.web.parts import parts
from screener.wizard import news, way
from screener.wizard.entry import Card, card, entries_of
from screener.wizard.forms import anchor
from screener.wizard.locked import unsent
from screener.wizard.offer import offered
from screener.wizard.visit import State, Visit, address, onward, save


def register(bp: Blueprint) -> None:
    """Add the routes of the check page."""
    bp.get("/form/check")(check)
    bp.post("/form/finish")(finish)


@dataclass(frozen=True)
class Row:
    """One question and its answer."""

    label: str
    answer: str
    href: str
    missing: bool

    @property
    def what(self) -> str:
        """What "Change" changes, for people who hear the page."""
        return self.label


@dataclass(frozen=True)
class Group:
    """The answers of one step."""

    title: str
    number: int
    rows: tuple[Row, ...]


def check() -> ResponseReturnValue:
    """Show the answers so far; with all of them, offer to make the summary."""
    here = unsent()
    last = here.due or here.path.pages[-1]
    return packed(
        render_template(
            "wizard/check.html",
            groups=groups(here),
            due_url=onward(here) if here.due or here.declined else "",
            back_url=address(last),
            note=news.of(here),
            can_send=offered(),
        )
    )


def finish() -> ResponseReturnValue:
    """Make the summary, when every question was put."""
    here = unsent()
    if here.due or here.declined:
        return redirect(onward(here), 303)
    now = datetime.now(UTC).isoformat(timespec="seconds")

    def finished(state: State) -> None:
        state["completed"] = now

    save(here, finished, finished=True)
    return redirect(url_for("wizard.summary"), 303)


def groups(here: Visit) -> tuple[Group, ...]:
    """Return what was answered, by step. Only what counts: no answer left behind."""
    steps = parts().content.questionnaire.steps
    made = (Group(step.title, step.number, tuple(_rows(here, step.number))) for step in steps)
    return tuple(group for group in made if group.rows)


def _rows(here: Visit, step: int) -> list[Row]:
    return [
        row
        for page in here.path.pages
        if page.step == step
        for question in here.asked(page)
        if question.id in here.answers
        for row in _rows_of(here, page, question)
    ]


def _rows_of(here: Visit, page: rules.Page, question: rules.Question) -> list[Row]:
    if question.kind is not rules.Kind.ENTRIES:
        return [_row(here, page, question)]
    entries = _entries(here, question)
    count = ngettext("%(num)s added", "%(num)s added", len(entries)) % {"num": len(entries)}
    said = count if entries else _("None added")
    listed = Row(question.short, said, address(page, way.CHECK), missing=False)
    return [listed, *(_one(page, number, shown) for number, shown in enumerate(entries, 1))]


def _entries(here: Visit, question: rules.Question) -> list[Card]:
    return [card(question, entry) for entry in entries_of(here.answers[question.id])]


def _one(page: rules.Page, number: int, shown: Card) -> Row:
    href = url_for("wizard.change", page_id=page.id, number=number, then=way.CHECK)
    said = "\n".join(f"{row.label}: {row.answer}" for row in shown.rows)
    return Row(shown.title, said, href, missing=False)


def _row(here: Visit, page: rules.Page, question: rules.Question) -> Row:
    value = here.answers[question.id]
    href = address(page, way.CHECK)
    said = rules.say(parts().content, question, value)
    return Row(question.short, said, f"{href}#{anchor(question)}", missing=value is None)
