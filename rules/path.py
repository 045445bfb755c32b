"""The path: which pages are shown and which answers count, derived each time.

A condition looks only back, at answers that count. So an answer left behind by a
change of mind stays in the draft and decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.catalogue.medicines import Medicine, judge
from rules.interpreter import weigh
from rules.kinds import Answers, Kind, Value
from rules.logic import NO, YES
from rules.look import Look
from rules.questions.model import DOSE_ADEQUATE, Page, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one patient through the form.

    Attributes:
        pages: those shown, in order.
        asked: every question on the way.
        counted: the answers that count, as given.
        due: the first page with a question that has no answer yet, not even an empty one.
        facts: what conditions look at: each question asked, None where nothing was answered,
            entries with the fields that are asked and what is looked up about them.
    """

    pages: tuple[Page, ...]
    asked: frozenset[str]
    counted: dict[str, Value]
    due: Page | None
    facts: dict[str, Value]


def follow(
    questionnaire: Questionnaire,
    medicines: Iterable[Medicine],
    limits: Mapping[str, int],
    answers: Answers,
) -> Path:
    """Follow the questions from the start with the answers given so far."""
    medicines = tuple(medicines)
    pages: list[Page] = []
    facts: dict[str, Value] = {}
    due: Page | None = None
    for page in questionnaire.pages:
        asked = [q for q in page.questions if is_asked(q, Look(facts, limits))]
        if page.questions and not asked:
            continue
        pages.append(page)
        facts |= {q.id: _fact(q, answers.get(q.id), medicines, limits) for q in asked}
        if due is None and any(question.id not in answers for question in asked):
            due = page
    by_id = questionnaire.by_id
    counted = {name: _plain(by_id[name], facts[name]) for name in facts if name in answers}
    return Path(tuple(pages), frozenset(facts), counted, due, facts)


def is_asked(question: Question, look: Look) -> bool:
    """Whether a question is asked: see ``ask_if`` and ``ask_only_if``."""
    if question.ask_if is None:
        return True
    held = weigh(question.ask_if, look).truth
    return held == YES if question.only_if_sure else held != NO


def _fact(
    question: Question, value: Value, medicines: tuple[Medicine, ...], limits: Mapping[str, int]
) -> Value:
    if question.kind is not Kind.ENTRIES or not isinstance(value, tuple):
        return value
    given = (entry for entry in value if isinstance(entry, dict))
    return tuple(_entry(question, entry, medicines, limits) for entry in given)


def _entry(
    question: Question,
    given: Answers,
    medicines: tuple[Medicine, ...],
    limits: Mapping[str, int],
) -> dict[str, Value]:
    entry: dict[str, Value] = {}
    for field in question.fields:
        if is_asked(field, Look(entry, limits)):
            entry[field.id] = given.get(field.id)
    if DOSE_ADEQUATE.id in question.readable_fields():
        entry[DOSE_ADEQUATE.id] = judge(medicines, entry)
    return entry


def _plain(question: Question, fact: Value) -> Value:
    """A fact as it was given: every field, and nothing that was looked up."""
    if question.kind is not Kind.ENTRIES or not isinstance(fact, tuple):
        return fact
    entries = (entry for entry in fact if isinstance(entry, dict))
    names = [field.id for field in question.fields]
    return tuple({name: entry.get(name) for name in names} for entry in entries)
