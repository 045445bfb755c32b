"""Walk a typed tree over the facts, and say which answers decided.

Slower than the generated function and independent of it: the tests hold the two
against each other. Only rules that fired are walked for their reasons.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS
from rules.logic import (
    NO,
    NOWHERE,
    UNKNOWN,
    YES,
    Interval,
    Truth,
    body_mass_index,
    both,
    combine,
    compare,
    either,
    negate,
    truth,
)
from rules.look import Ids, Look, Measured, Weighed, of


def weigh(condition: Condition, look: Look) -> Weighed:
    """Say whether a condition holds, and because of which answers."""
    return _WEIGH[type(condition)](condition, look)


def measure(number: Number, look: Look) -> Measured:
    """Say between what a number lies, and because of which answers."""
    return _MEASURE[type(number)](number, look)


def _all(node: tree.And, look: Look) -> Weighed:
    weighed = [weigh(part, look) for part in node.parts]
    return _agreeing(weighed, both(part.truth for part in weighed))


def _any(node: tree.Or, look: Look) -> Weighed:
    weighed = [weigh(part, look) for part in node.parts]
    return _agreeing(weighed, either(part.truth for part in weighed))


def _agreeing(weighed: Iterable[Weighed], result: Truth) -> Weighed:
    """The parts that agree with the result made it: all of an ``and``, the true of an ``or``."""
    found = (name for part in weighed if part.truth == result for name in part.because)
    return Weighed(result, tuple(dict.fromkeys(found)))


def _not(node: tree.Not, look: Look) -> Weighed:
    weighed = weigh(node.part, look)
    return replace(weighed, truth=negate(weighed.truth))


def _unknown(node: tree.Unknown, look: Look) -> Weighed:
    if isinstance(node.part, Ref):
        gap = look.asked(node.part) and look.silent(node.part)
        return Weighed(truth(gap, gap), of(node.part))
    weighed = weigh(node.part, look)
    gap = weighed.truth == UNKNOWN
    return replace(weighed, truth=truth(gap, gap))


def _chosen(node: tree.Chosen, look: Look) -> Weighed:
    if not look.asked(node.ref):
        return Weighed(NO)
    if look.silent(node.ref):
        return Weighed(UNKNOWN, of(node.ref))
    met = (look.value(node.ref) in node.tokens) != node.negated
    return Weighed(truth(met, met), of(node.ref))


def _ticked(node: tree.Ticked, look: Look) -> Weighed:
    if not look.asked(node.ref):
        return Weighed(NO)
    ticks = [token in look.ticks(node.ref) for token in node.tokens]
    held = truth(all(ticks) if node.how == "all" else any(ticks), look.silent(node.ref))
    return Weighed(negate(held) if node.how == "none" else held, of(node.ref))


def _any_entry(node: tree.AnyEntry, look: Look) -> Weighed:
    if not look.asked(node.ref):
        return Weighed(NO)
    groups = _grouped(node.ref, node.part, look)
    if not any(groups.values()):
        return Weighed(UNKNOWN, of(node.ref))
    result = next(held for held in (YES, UNKNOWN, NO) if groups[held])
    return Weighed(result, groups[result])


def _grouped(ref: Ref, part: Condition, look: Look) -> dict[Truth, Ids]:
    """The entries of a list by the truth of a condition for each."""
    groups: dict[Truth, Ids] = {YES: (), UNKNOWN: (), NO: ()}
    for index, entry in enumerate(look.entries(ref)):
        groups[weigh(part, replace(look, entry=entry)).truth] += (f"{ref.id}[{index}]",)
    return groups


def _compared(node: tree.Compare, look: Look) -> Weighed:
    left, right = measure(node.left, look), measure(node.right, look)
    held = compare(left.interval, node.operator, right.interval)
    if held == UNKNOWN:
        return Weighed(held, left.open + right.open)
    if held == YES and node.operator in {">", ">="}:
        return Weighed(held, left.sure + right.sure or left.open + right.open)
    both_sides = left.joined(right, left.interval)
    return Weighed(held, both_sides.sure + both_sides.open + both_sides.out)


def _limited(node: tree.Limited, look: Look) -> Measured:
    return Measured((look.limits[node.id], look.limits[node.id]))


def _asked(node: tree.Asked, look: Look) -> Measured:
    value = look.value(node.ref)
    known = (value, value) if isinstance(value, int | float) else NOWHERE
    return _answered(node.ref, (node.low, node.high), known, look)


def _band(node: tree.Band, look: Look) -> Measured:
    known = dict(node.ranges).get(str(look.value(node.ref)), NOWHERE)
    return _answered(node.ref, (node.low, node.high), known, look)


def _answered(ref: Ref, declared: Interval, known: Interval, look: Look) -> Measured:
    if not look.asked(ref):
        return Measured(NOWHERE)
    if look.silent(ref):
        return Measured(declared, open=of(ref))
    return Measured(known, sure=of(ref))


def _body_mass(node: tree.BodyMass, look: Look) -> Measured:
    weight, height = measure(node.weight, look), measure(node.height, look)
    return weight.joined(height, body_mass_index(weight.interval, height.interval))


def _sum(node: tree.Sum, look: Look) -> Measured:
    left, right = measure(node.left, look), measure(node.right, look)
    return left.joined(right, combine(left.interval, node.sign, right.interval))


def _counted(node: tree.Count, look: Look) -> Measured:
    if not look.asked(node.ref):
        return Measured((0, 0))
    if not look.entries(node.ref):
        return Measured((0, node.most), open=of(node.ref))
    groups = _grouped(node.ref, node.part, look)
    sure, unsure = groups[YES], groups[UNKNOWN]
    return Measured((len(sure), len(sure) + len(unsure)), sure, unsure, groups[NO])


def _ticks(node: tree.CountTicks, look: Look) -> Measured:
    if not look.asked(node.ref):
        return Measured((0, 0))
    count = len(set(look.ticks(node.ref)) - {*UNKNOWN_TOKENS, *EMPTY_TOKENS})
    if look.silent(node.ref):
        return Measured((count, len(node.options)), open=of(node.ref))
    return Measured((count, count), sure=of(node.ref))


_WEIGH: Mapping[type[Condition], Callable[[Any, Look], Weighed]] = {
    tree.Always: lambda _node, _look: Weighed(YES),
    tree.Named: lambda node, look: weigh(node.part, look),
    tree.Not: _not,
    tree.And: _all,
    tree.Or: _any,
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: _any_entry,
    tree.Compare: _compared,
}
_MEASURE: Mapping[type[Number], Callable[[Any, Look], Measured]] = {
    tree.Whole: lambda node, _look: Measured((node.value, node.value)),
    tree.NamedNumber: lambda node, look: measure(node.part, look),
    tree.Limited: _limited,
    tree.Asked: _asked,
    tree.Band: _band,
    tree.BodyMass: _body_mass,
    tree.Sum: _sum,
    tree.Count: _counted,
    tree.CountTicks: _ticks,
}
