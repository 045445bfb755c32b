"""What can be said of a tree without any answers."""

import itertools
from collections.abc import Iterator

from rules.conditions.tree import (
    And,
    AnyEntry,
    Asked,
    Band,
    BodyMass,
    Chosen,
    Compare,
    Condition,
    Count,
    CountTicks,
    Limited,
    Named,
    NamedNumber,
    Number,
    Or,
    Ref,
    Sum,
    Ticked,
    Unknown,
    Whole,
)
from rules.kinds import UNKNOWN_TOKENS
from rules.logic import Interval, body_mass_index, combine

_MOST_BRANCHES = 256


def span(number: Number) -> Interval:
    """The least and the most that a number can be, from what is declared."""
    match number:
        case Asked() | Band() | Limited():
            return number.low, number.high
        case Count() | CountTicks():
            return 0, number.most if isinstance(number, Count) else len(number.options)
        case BodyMass(weight, height):
            return body_mass_index(span(weight), span(height))
        case Sum(left, sign, right):
            return combine(span(left), sign, span(right))
        case Whole(value):
            return value, value
        case NamedNumber(part=part):
            return span(part)


def parts(node: Condition | Number) -> tuple[Condition | Number, ...]:
    """The nodes right below a node."""
    values = (getattr(node, name) for name in node.__slots__)
    each = (value if isinstance(value, tuple) else (value,) for value in values)
    found = itertools.chain.from_iterable(each)
    return tuple(part for part in found if isinstance(part, Condition | Number))


def nodes(node: Condition | Number) -> Iterator[Condition | Number]:
    """A node and every node below it."""
    yield node
    for part in parts(node):
        yield from nodes(part)


def holds_unknown(node: Condition | Number) -> bool:
    """Whether ``unknown(...)`` stands anywhere in a tree."""
    return any(isinstance(found, Unknown) for found in nodes(node))


def limits_in(node: Condition) -> set[str]:
    """The limits that a tree reads."""
    return {found.id for found in nodes(node) if isinstance(found, Limited)}


def refs_in(node: Condition | Number) -> Iterator[Ref]:
    """Every question a tree reads, once for each atom that reads it; fields left out."""
    for found in nodes(node):
        match found:
            case Unknown(Ref() as ref):
                pass
            case Chosen(ref=ref) | Ticked(ref=ref) | Asked(ref=ref) | Band(ref=ref):
                pass
            case Count(ref=ref) | CountTicks(ref=ref) | AnyEntry(ref=ref):
                pass
            case _:
                continue
        if not ref.in_entry:
            yield ref


def never(condition: Condition) -> bool:
    """Whether a condition can surely not hold: each way to meet it contradicts itself.

    Cheap and one-sided: a True is right, a False says nothing.
    """
    ways = list(itertools.islice(_ways(condition), _MOST_BRANCHES + 1))
    return len(ways) <= _MOST_BRANCHES and all(map(_contradicts, ways))


def _ways(condition: Condition) -> Iterator[tuple[Condition, ...]]:
    match condition:
        case Or(found):
            for part in found:
                yield from _ways(part)
        case And(found):
            for combined in itertools.product(*(tuple(_some(part)) for part in found)):
                yield tuple(itertools.chain.from_iterable(combined))
        case Named(part=part):
            yield from _ways(part)
        case _:
            yield (condition,)


def _some(condition: Condition) -> Iterator[tuple[Condition, ...]]:
    return itertools.islice(_ways(condition), _MOST_BRANCHES + 1)


def _contradicts(atoms: tuple[Condition, ...]) -> bool:
    options: dict[Ref, set[str]] = {}
    bounds: dict[Number, Interval] = {}
    for atom in atoms:
        match atom:
            case Chosen(ref, tokens, negated, offered):
                known = set(offered) - set(UNKNOWN_TOKENS)
                left = known - set(tokens) if negated else set(tokens)
                options[ref] = options.get(ref, known) & left
            case Compare(Asked() as asked, operator, (Whole() | Limited()) as edge):
                if operator in {"!=", "=="}:
                    continue
                low, high = bounds.get(asked, span(asked))
                least, most = span(edge)
                if operator in {">=", ">"}:
                    low = max(low, least + (operator == ">"))
                else:
                    high = min(high, most - (operator == "<"))
                bounds[asked] = low, high
    empty = any(not left for left in options.values())
    return empty or any(low > high for low, high in bounds.values())
