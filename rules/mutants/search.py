"""Find, for each mutant of a rule, the nearest patients who are shown something else by it."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rules.catalogue.limits import Limits
from rules.catalogue.rules import Rule
from rules.compiler import compile_rules
from rules.content import Content
from rules.kinds import Answers, Value
from rules.mutants.files import Boundary
from rules.mutants.kinds import Mutant, shown
from rules.mutants.moves import Calm, Range, range_of
from rules.path import Route
from rules.questions.model import Page, Questionnaire

LIMITS = ""  # stands where a question's id would


@dataclass
class Hunt:
    """What was found for the mutants of one rule.

    Attributes:
        killers: for a mutant, by its place in the list, the nearest patients who tell it apart.
        seen: how many patients were tried.
    """

    killers: dict[int, list[Boundary]] = field(default_factory=dict)
    seen: int = 0


def hunt(content: Content, rule: Rule, found: tuple[Mutant, ...], calm: Calm) -> Hunt:
    """Try every combination of what is worth moving, the nearest to the calm patient first.

    A mutant left without a killer after that behaves as the rule does: the values tried lie on
    each side of every edge, in every combination.
    """
    trial, result = _Trial(content, rule, found, calm), Hunt()
    for moves in range(trial.most + 1):
        new: dict[int, list[Boundary]] = {}
        for patient in trial.patients(moves):
            result.seen += 1
            for index in trial.killed(patient) - result.killers.keys():
                new.setdefault(index, []).append(patient)
        result.killers |= new
        if len(result.killers) == len(found):
            break
    return result


class _Trial:
    """One rule and its mutants in one generated function, over the few questions that they read."""

    def __init__(self, content: Content, rule: Rule, found: tuple[Mutant, ...], calm: Calm) -> None:
        self._content, self._rule, self._mutants, self._calm = content, rule, found, calm
        self._range: Range = range_of(content, rule.when, calm)
        form = only(content.questionnaire, self._range.answers)
        self._route = Route(form, content.medicines)
        conditions = [rule.when, *(mutant.rule.when for mutant in found)]
        self._decide = compile_rules(conditions, content.limits)

    @property
    def most(self) -> int:
        """How many things can be moved at once."""
        return len(self._range.answers) + bool(self._range.limits)

    def patients(self, moves: int) -> Iterator[Boundary]:
        """Every patient with this many things moved, who can be answered."""
        spots: dict[str, Iterable[Value | Mapping[str, int]]] = {**self._range.answers}
        if self._range.limits:
            spots[LIMITS] = self._range.limits
        for names in itertools.combinations(spots, moves):
            for values in itertools.product(*(spots[name] for name in names)):
                moved = dict(zip(names, values, strict=True))
                limits = moved.pop(LIMITS, None) or {}
                if self._can_be(moved):  # type: ignore[arg-type]
                    yield Boundary(moved, limits)  # type: ignore[arg-type]

    def _can_be(self, moved: Answers) -> bool:
        """Whether the door would take these answers: a larger number is above its smaller one."""
        answers = {**self._calm, **moved}
        for question in self._content.questionnaire.by_id.values():
            larger, smaller = answers.get(question.id), answers.get(question.above)
            if isinstance(larger, int) and isinstance(smaller, int) and larger <= smaller:
                return False
        return True

    def killed(self, patient: Boundary) -> set[int]:
        """The mutants that show this patient something else than the rule does."""
        limits = self._limits(patient)
        answers = {**self._calm, **patient.moved}
        facts = self._route.follow(answers, limits.numbers).facts
        truth, *truths = self._decide(facts, limits.values_in_order)
        right = shown(self._rule, truth)
        return {
            index
            for index, (mutant, held) in enumerate(zip(self._mutants, truths, strict=True))
            if shown(mutant.rule, held) != right
        }

    def _limits(self, patient: Boundary) -> Limits:
        shipped = self._content.limits
        return shipped.with_values(patient.limits) if patient.limits else shipped


def only(form: Questionnaire, names: Iterable[str]) -> Questionnaire:
    """The same form with a few of its questions; each page keeps its place."""
    kept = set(names)
    steps = (replace(step, pages=_pages(step.pages, kept)) for step in form.steps)
    return Questionnaire(tuple(step for step in steps if step.pages))


def _pages(pages: Iterable[Page], kept: set[str]) -> tuple[Page, ...]:
    asked = ((page, tuple(q for q in page.questions if q.id in kept)) for page in pages)
    return tuple(replace(page, questions=questions) for page, questions in asked if questions)
