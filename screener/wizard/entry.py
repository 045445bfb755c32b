"""One entry of a list: its form, what it says, and how to know it again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rules
from screener.web.parts import parts
from screener.wizard.forms import PageForm, Sent

Entry = dict[str, Any]
# Asked of everyone, as no page can ask it later; counts only beside this answer to another field.
ONLY_WITH = {"med_other": ("med", "other_antidepressant")}


@dataclass(frozen=True)
class Row:
    """One line of a card."""

    label: str
    answer: str
    missing: bool


@dataclass(frozen=True)
class Card:
    """What a list shows of one entry."""

    title: str
    rows: tuple[Row, ...]


def form_of(question: rules.Question, sent: Sent | None = None) -> PageForm:
    """Make the form of one entry, filled in from what a browser sent."""
    form = PageForm(question.fields)
    if sent is None:
        form.show({}, {})
        return form
    form.read(sent)
    for field in form:
        if not _counts(form, field.question.id):
            field.data, field.errors = None, []
    if "skip" in sent:
        form.leave_empty()
    return form


def entry_of(form: PageForm) -> Entry:
    """Return the entry that a form says."""
    return form.readable


def entries_of(answer: rules.Value) -> list[Entry]:
    """Return the entries of an answer; none where it is no list."""
    return (
        [dict(one) for one in answer if isinstance(one, dict)] if isinstance(answer, tuple) else []
    )


def card(question: rules.Question, entry: Mapping[str, Any]) -> Card:
    """Return an entry in words: the first answer names it."""
    first, *others = question.fields
    named = entry.get("med_other") or _said(first, entry)
    rows = tuple(
        Row(field.short, _said(field, entry), missing=entry.get(field.id) is None)
        for field in others
        if field.id not in ONLY_WITH
    )
    return Card(str(named), rows)


def fingerprint(entry: Mapping[str, Any]) -> str:
    """Return a few letters that change when the entry changes."""
    said = {name: _plain(value) for name, value in entry.items() if value is not None}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _counts(form: PageForm, name: str) -> bool:
    if name not in ONLY_WITH:
        return True
    other, answer = ONLY_WITH[name]
    return other in form and form[other].data == answer


def _said(field: rules.Question, entry: Mapping[str, Any]) -> str:
    return rules.say(parts().content, field, entry.get(field.id))


def _plain(value: object) -> object:
    return f"{value:g}" if isinstance(value, int | float) else value
