"""Read a typed tree over answers that are not given yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS
from rules.proof.body import Body, body_mass
from rules.proof.rails import (
    ALWAYS,
    Interval,
    Rails,
    both_ways,
    combined,
    compared,
    every,
    exactly,
    opposite,
    some,
)
from rules.proof.symbols import Symbol


class CannotProveError(Exception):
    """A condition that this encoding cannot read; what rests on it stays undecided."""


@dataclass
class Reading:
    """What a tree is read over: who was asked what, and what they may have answered.

    Attributes:
        symbols: the answers; inside a list, those of the entry at hand.
        asked: for each answer, whether its question is asked.
        limits: the clinic's limits.
        lists: the lists of entries.
        bodies: each pair of weight and height, and its body mass index.
        outer: around a list, the reading of everything else.
    """

    symbols: Mapping[str, Symbol]
    asked: dict[str, z3.BoolRef]
    limits: Mapping[str, z3.ArithRef]
    lists: Mapping[str, Any] = field(default_factory=dict)
    bodies: dict[tuple[str, str], Body] = field(default_factory=dict)
    outer: "Reading | None" = None
    _truths: dict[Condition, Rails] = field(default_factory=dict)
    _numbers: dict[Number, Interval] = field(default_factory=dict)

    def truth(self, node: Condition) -> Rails:
        """Whether a condition holds."""
        if node not in self._truths:
            self._truths[node] = _TRUTH[type(node)](self, node)
        return self._truths[node]

    def number(self, node: Number) -> Interval:
        """Between what a number lies."""
        if node not in self._numbers:
            self._numbers[node] = _NUMBER[type(node)](self, node)
        return self._numbers[node]

    def answer(self, ref: Ref) -> tuple[z3.BoolRef, Symbol]:
        """Whether a question is asked, and its answer."""
        if ref.in_entry == (self.outer is not None):
            return self.asked[ref.id], self.symbols[ref.id]
        raise CannotProveError(f"a condition about an entry reads '{ref.id}' outside of it")


def _every(read: Reading, node: tree.And) -> Rails:
    return every(read.truth(part) for part in node.parts)


def _some(read: Reading, node: tree.Or) -> Rails:
    return some(read.truth(part) for part in node.parts)


def _unknown(read: Reading, node: tree.Unknown) -> Rails:
    if not isinstance(node.part, Ref):
        return both_ways(read.truth(node.part).undecided)
    if node.part.id in read.lists and not node.part.in_entry:
        listed = read.lists[node.part.id]
        return both_ways(z3.And(read.asked[node.part.id], listed.empty))
    asked, given = read.answer(node.part)
    return both_ways(z3.And(asked, given.silent))


def _chosen(read: Reading, node: tree.Chosen) -> Rails:
    asked, given = read.answer(node.ref)
    met = z3.Or([given.chosen(token) for token in node.tokens])
    met = z3.Not(met) if node.negated else met
    surely = z3.And(asked, z3.Not(given.silent), met)
    return Rails(surely, z3.And(asked, z3.Or(given.silent, met)))


def _ticked(read: Reading, node: tree.Ticked) -> Rails:
    asked, given = read.answer(node.ref)
    ticks = [given.chosen(token) for token in node.tokens]
    held = z3.And(ticks) if node.how == "all" else z3.Or(ticks)
    maybe = z3.Or(held, given.silent)
    if node.how == "none":
        held, maybe = z3.Not(maybe), z3.Not(held)
    return Rails(z3.And(asked, held), z3.And(asked, maybe))


def _any_entry(read: Reading, node: tree.AnyEntry) -> Rails:
    low, high = read.lists[node.ref.id].counted(node.part)
    asked, empty = read.asked[node.ref.id], read.lists[node.ref.id].empty
    return Rails(z3.And(asked, low > 0), z3.And(asked, z3.Or(empty, high > 0)))


def _compared(read: Reading, node: tree.Compare) -> Rails:
    return compared(read.number(node.left), node.operator, read.number(node.right))


def _limited(read: Reading, node: tree.Limited) -> Interval:
    return exactly(read.limits[node.id])


def _asked(read: Reading, node: tree.Asked) -> Interval:
    asked, given = read.answer(node.ref)
    low, high = (z3.If(given.silent, end, given.value) for end in (node.low, node.high))
    return Interval(asked, low, high)


def _band(read: Reading, node: tree.Band) -> Interval:
    asked, given = read.answer(node.ref)
    low, high = z3.IntVal(node.low), z3.IntVal(node.high)
    for token, (least, most) in node.ranges:
        low = z3.If(given.chosen(token), least, low)
        high = z3.If(given.chosen(token), most, high)
    return Interval(asked, low, high)


def _body_mass(read: Reading, node: tree.BodyMass) -> Interval:
    weighed, weight = read.answer(node.weight.ref)
    measured, height = read.answer(node.height.ref)
    key = (node.weight.ref.id, node.height.ref.id)
    if key not in read.bodies:
        read.bodies[key] = body_mass(weight, height)
    body = read.bodies[key]
    return Interval(z3.And(weighed, measured), body.low, body.high)


def _sum(read: Reading, node: tree.Sum) -> Interval:
    return combined(read.number(node.left), node.sign, read.number(node.right))


def _count(read: Reading, node: tree.Count) -> Interval:
    low, high = read.lists[node.ref.id].counted(node.part)
    asked, empty = read.asked[node.ref.id], read.lists[node.ref.id].empty
    least = z3.If(asked, low, 0)
    most = z3.If(asked, z3.If(empty, node.most, high), 0)
    return Interval(z3.BoolVal(True), least, most)  # noqa: FBT003 - a value


def _count_ticks(read: Reading, node: tree.CountTicks) -> Interval:
    asked, given = read.answer(node.ref)
    silent = {*UNKNOWN_TOKENS, *EMPTY_TOKENS}
    count = z3.Sum([z3.If(bit, 1, 0) for token, bit in given.bits.items() if token not in silent])
    most = z3.If(given.silent, len(node.options), count)
    return Interval(z3.BoolVal(True), z3.If(asked, count, 0), z3.If(asked, most, 0))  # noqa: FBT003


_TRUTH: Mapping[type[Condition], Callable[[Reading, Any], Rails]] = {
    tree.Always: lambda _read, _node: ALWAYS,
    tree.Named: lambda read, node: read.truth(node.part),
    tree.Not: lambda read, node: opposite(read.truth(node.part)),
    tree.And: _every,
    tree.Or: _some,
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: _any_entry,
    tree.Compare: _compared,
}
_NUMBER: Mapping[type[Number], Callable[[Reading, Any], Interval]] = {
    tree.Whole: lambda _read, node: exactly(z3.IntVal(node.value)),
    tree.NamedNumber: lambda read, node: read.number(node.part),
    tree.Limited: _limited,
    tree.Asked: _asked,
    tree.Band: _band,
    tree.BodyMass: _body_mass,
    tree.Sum: _sum,
    tree.Count: _count,
    tree.CountTicks: _count_ticks,
}
