"""Which answers are worth moving for a rule: those on each side of every edge in it."""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rules.catalogue.limits import LimitError, Limits
from rules.conditions import tree
from rules.conditions.checks import limits_in, nodes, refs_in
from rules.conditions.tree import Condition, Number
from rules.content import Content
from rules.kinds import NONE, NOT_SURE, UNKNOWN_TOKENS, Kind, Value
from rules.questions.model import DOSE_ADEQUATE, Question

Calm = Mapping[str, Value]
_MOST_FOR_PAIRS = 5
_FEW = 5  # values of a limit: an answer in weeks is a range, so each may matter


@dataclass(frozen=True, slots=True)
class Range:
    """All that may be moved for one rule.

    Attributes:
        answers: for each question, its values but for the calm one.
        limits: sets of limits, each but a little from the shipped one.
    """

    answers: Mapping[str, tuple[Value, ...]]
    limits: tuple[Mapping[str, int], ...]


def range_of(content: Content, condition: Condition, calm: Calm) -> Range:
    """Everything worth moving for a condition, and for those that lead to its questions."""
    questions = content.questionnaire.by_id
    found: dict[str, Question] = {}
    conditions = [condition]
    for reading in conditions:
        for name in dict.fromkeys(ref.id for ref in refs_in(reading)):
            if name not in found:
                found[name] = questions[name]
                gate = questions[name].ask_if
                conditions += [gate] if gate else []
    limits = _limits(content.limits, set().union(*map(limits_in, conditions)))
    around = _Around(conditions, [content.limits, *map(content.limits.with_values, limits)], calm)
    values = {name: around.values(found[name]) for name in questions if name in found}
    return Range(values, tuple(limits))


def _limits(limits: Limits, names: set[str]) -> list[dict[str, int]]:
    """Each limit alone: as low and as high as the others let it be, and between, if that is few."""
    return [
        {name: value}
        for name in limits
        if name in names
        for value in _worth(limits, name)
        if value != limits[name].default
    ]


def _worth(limits: Limits, name: str) -> list[int]:
    bounds = range(limits[name].low, limits[name].high + 1)
    kept = [value for value in bounds if _can_be(limits, name, value)]
    return kept if len(kept) <= _FEW else [kept[0], kept[-1]]


def _can_be(limits: Limits, name: str, value: int) -> bool:
    try:
        limits.with_values({name: value})
    except LimitError:
        return False
    return True


class _Around:
    """Values on each side of what some conditions compare with."""

    def __init__(self, conditions: list[Condition], settings: list[Limits], calm: Calm) -> None:
        self._nodes = [node for condition in conditions for node in nodes(condition)]
        self._settings, self._calm = settings, calm

    def values(self, question: Question) -> tuple[Value, ...]:
        makers: Mapping[Kind, Callable[[Question], Iterator[Value]]] = {
            Kind.ONE: self._one,
            Kind.MANY: self._many,
            Kind.NUMBER: self._number,
            Kind.ENTRIES: self._entries,
            Kind.TEXT: lambda _question: iter(()),
        }
        distinct = {repr(value): value for value in makers[question.kind](question)}
        distinct.pop(repr(self._calm.get(question.id)), None)
        return tuple(distinct.values())

    def _one(self, question: Question) -> Iterator[Value]:
        yield from (token for token in question.tokens if token not in UNKNOWN_TOKENS)
        yield silent(question)

    def _many(self, question: Question) -> Iterator[Value]:
        read = self._tokens(question)
        pairs = list(itertools.combinations(read, 2)) if len(read) <= _MOST_FOR_PAIRS else []
        yield from ((token,) for token in read)
        yield from pairs
        yield read
        if NONE in question.tokens:
            yield (NONE,)
        yield silent(question)
        if NOT_SURE in question.tokens:
            yield (read[0], NOT_SURE)

    def _tokens(self, question: Question) -> tuple[str, ...]:
        ticked = [node for node in self._nodes if isinstance(node, tree.Ticked)]
        read = {token for node in ticked if node.ref.id == question.id for token in node.tokens}
        return tuple(token for token in question.tokens if token in read)

    def _number(self, question: Question) -> Iterator[Value]:
        compared = [node for node in self._nodes if isinstance(node, tree.Compare)]
        edges = {edge for node in compared for edge in self._edges(node, question)}
        low, high = int(question.low or 0), int(question.high or 0)
        around = sorted({edge + step for edge in edges for step in (-1, 0, 1)})
        yield from (value for value in around if low <= value <= high)
        yield None

    def _edges(self, node: tree.Compare, question: Question) -> Iterator[int]:
        """Where a comparison changes its answer as this question is answered higher."""
        for read, other in ((node.left, node.right), (node.right, node.left)):
            if isinstance(read, tree.Asked) and read.ref.id == question.id:
                yield from self._numbers(other)
            if isinstance(read, tree.BodyMass) and read.weight.ref.id == question.id:
                yield from self._weights(read, other)

    def _weights(self, read: tree.BodyMass, other: Number) -> Iterator[int]:
        """The first weight, at the calm height, at which the index reaches a number."""
        height = self._calm.get(read.height.ref.id)
        if isinstance(height, int):
            square = height * height
            for index in self._numbers(other):
                yield from (math.ceil((index + step) * square / 10_000) for step in (-1, 0, 1))

    def _numbers(self, other: Number) -> Iterator[int]:
        if isinstance(other, tree.Whole):
            yield other.value
        if isinstance(other, tree.Limited):
            yield from (limits[other.id].value for limits in self._settings)

    def _entries(self, question: Question) -> Iterator[Value]:
        calm = self._calm.get(question.id)
        entry = calm[0] if isinstance(calm, tuple) and calm else None
        if not isinstance(entry, dict):
            return
        yield from (None, (entry,), (entry, entry, entry))
        for other in self._others(question, entry):
            yield from ((other,), (entry, other), (entry, entry, other))

    def _others(self, question: Question, entry: Calm) -> Iterator[dict[str, Value]]:
        """The entry with one of the fields that matter answered in another way."""
        read = {
            node.ref.id
            for node in self._nodes
            if isinstance(node, tree.Chosen | tree.Ticked | tree.Asked | tree.Band)
            if node.ref.in_entry
        }
        read |= {"dose_mg"} if DOSE_ADEQUATE.id in read else set()
        for field in question.fields:
            for value in _field(field) if field.id in read else ():
                if value != entry.get(field.id):
                    yield {**entry, field.id: value}


def _field(field: Question) -> Iterable[Value]:
    if field.kind is Kind.NUMBER:
        return [math.ceil(field.low or 0), None]
    return [token for token in field.tokens if token not in UNKNOWN_TOKENS] + [silent(field)]


def silent(question: Question) -> Value:
    """How a patient does not say: in words where that is offered, else with nothing."""
    token = next((token for token in UNKNOWN_TOKENS if token in question.tokens), None)
    return (token,) if token and question.kind is Kind.MANY else token
