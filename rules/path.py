"""The path: which pages are shown and which answers count, derived each time.

A condition looks only back, at answers that count. So an answer left behind by a
change of mind stays in the draft and decides nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rules.catalogue.medicines import Medicine, judge
from rules.compiler import compile_rules
from rules.conditions.checks import limits_in
from rules.kinds import Answers, Kind, Value
from rules.logic import NO, UNKNOWN
from rules.questions.model import DOSE_ADEQUATE, Page, Question, Questionnaire

Numbers = Mapping[str, int]
# What keeps a question out: with ``ask_if`` a condition that fails, with ``ask_only_if`` any doubt.
SHUT = {False: (NO,), True: (NO, UNKNOWN)}


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


class Route:
    """All ways through a questionnaire; made once, for it is followed on every request."""

    def __init__(self, questionnaire: Questionnaire, medicines: tuple[Medicine, ...]) -> None:
        self._stops = tuple(_Stop(page) for page in questionnaire.pages)
        self._page_of = {q.id: page for page in questionnaire.pages for q in page.questions}
        asked = questionnaire.by_id.values()
        self._lists = {q.id: _List(q, medicines) for q in asked if q.kind is Kind.ENTRIES}

    def follow(self, answers: Answers, limits: Numbers) -> Path:
        """Follow the questions from the start with the answers given so far."""
        pages: list[Page] = []
        facts: dict[str, Value] = {}
        given = answers.get
        for stop in self._stops:
            asked = stop.asked(facts, limits) if stop.gated else stop.questions
            if asked is None:
                continue
            pages.append(stop.page)
            for name in asked:
                facts[name] = given(name)
            for name in stop.lists:
                if name in facts:
                    facts[name] = self._lists[name].facts(facts[name], limits)
        absent = [name for name in facts if name not in answers]
        due = self._page_of[absent[0]] if absent else None
        counted = {name: facts[name] for name in facts if name in answers} if absent else {**facts}
        for name in counted.keys() & self._lists.keys():
            counted[name] = self._lists[name].plain(counted[name])
        return Path(tuple(pages), frozenset(facts), counted, due, facts)


class _Stop:
    """A page, and which of its questions are asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.questions = tuple(question.id for question in page.questions)
        self.lists = frozenset(q.id for q in page.questions if q.kind is Kind.ENTRIES)
        self._gates = _Gates(page.questions)
        self.gated = self._gates.any

    def asked(self, facts: Answers, limits: Numbers) -> tuple[str, ...] | None:
        """The ids of the questions that are asked; None when the page is left out."""
        shut = self._gates.shut(facts, limits)
        return tuple([name for name in self.questions if name not in shut]) or None


class _List:
    """A question that is answered with entries."""

    def __init__(self, question: Question, medicines: tuple[Medicine, ...]) -> None:
        gates = {field.id: _Gates((field,)) for field in question.fields}
        self._gates = {name: gate if gate.any else None for name, gate in gates.items()}
        self._judged = DOSE_ADEQUATE.id in question.readable_fields()
        self._medicines = medicines

    def facts(self, value: Value, limits: Numbers) -> Value:
        """The entries with the fields that are asked, and what is looked up about them."""
        if not isinstance(value, tuple):
            return value
        return tuple(self._entry(entry, limits) for entry in value if isinstance(entry, dict))

    def plain(self, fact: Value) -> Value:
        """The entries as they were given: every field, and nothing that was looked up."""
        if not isinstance(fact, tuple):
            return fact
        entries = (entry for entry in fact if isinstance(entry, dict))
        return tuple({name: entry.get(name) for name in self._gates} for entry in entries)

    def _entry(self, given: Answers, limits: Numbers) -> dict[str, Value]:
        entry: dict[str, Value] = {}
        for name, gate in self._gates.items():
            if gate is None or not gate.shut(entry, limits):
                entry[name] = given.get(name)
        if self._judged:
            entry[DOSE_ADEQUATE.id] = judge(self._medicines, entry)
        return entry


class _Gates:
    """The conditions of some questions that stand together: see ``ask_if``, ``ask_only_if``."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        gates = [(question, question.ask_if) for question in questions if question.ask_if]
        self._shut = [(question.id, SHUT[question.only_if_sure]) for question, _ in gates]
        conditions = [condition for _, condition in gates]
        self._limits = sorted(set().union(*map(limits_in, conditions)))
        self._decide = compile_rules(conditions, self._limits)

    @property
    def any(self) -> bool:
        """Whether there is a condition at all."""
        return bool(self._shut)

    def shut(self, facts: Answers, limits: Numbers) -> Collection[str]:
        """The ids of the questions that are not asked."""
        own = tuple([limits[name] for name in self._limits]) if self._limits else ()
        held = zip(self._shut, self._decide(facts, own), strict=True)
        return [name for (name, shut), truth in held if truth in shut]
