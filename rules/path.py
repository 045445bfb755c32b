"""The path: which pages are shown and which answers count, derived each time.

A condition looks only back, at answers that count. So an answer left behind by a
change of mind stays in the draft and decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.catalogue.medicines import Medicine, judge
from rules.interpreter import Look, weigh
from rules.kinds import Answers, Kind, Value
from rules.logic import NO, YES
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
            entries with what is looked up about them.
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
    counted = {id: _plain(fact) for id, fact in facts.items() if id in answers}
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
    judged = DOSE_ADEQUATE.id in question.readable_fields()
    entries = []
    for given in value:
        entry: dict[str, Value] = {}
        for field in question.fields:
            if is_asked(field, Look(entry, limits)):
                entry[field.id] = given.get(field.id)  # type: ignore[union-attr]
        if judged:
            entry[DOSE_ADEQUATE.id] = judge(medicines, entry)
        entries.append(entry)
    return tuple(entries)


def _plain(fact: Value) -> Value:
    """A fact without what was looked up."""
    if isinstance(fact, tuple) and fact and isinstance(fact[0], dict):
        return tuple(
            {key: value for key, value in entry.items() if key != DOSE_ADEQUATE.id}  # type: ignore[union-attr]
            for entry in fact
        )
    return fact
