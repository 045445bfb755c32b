"""Turn typed trees into lines of Python; see ``compiler``."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS
from rules.lines import OFF, Lines, Pair
from rules.logic import NO, UNKNOWN, YES

# Surely, possibly: over low and high (a, b) of the left and (c, d) of the right.
_COMPARE: Mapping[str, Pair] = {
    "<": ("{b} < {c}", "{a} < {d}"),
    "<=": ("{b} <= {c}", "{a} <= {d}"),
    ">": ("{d} < {a}", "{c} < {b}"),
    ">=": ("{d} <= {a}", "{c} <= {b}"),
    "==": ("{a} == {b} == {c} == {d}", "{a} <= {d} and {c} <= {b}"),
    "!=": ("{b} < {c} or {d} < {a}", "{a} < {d} or {c} < {b}"),
}


class Emitter(Lines):
    """Writes each distinct node of the trees once."""

    def __init__(self, limits: tuple[str, ...]) -> None:
        super().__init__()
        self.limits = limits

    def truth(self, node: Condition) -> str:
        """An expression for the truth of a condition."""
        if node not in self.written:
            self.written[node] = _TRUTH[type(node)](self, node)
        return self.written[node]

    def pair(self, node: Number) -> Pair:
        """Expressions for the low and the high end of a number."""
        if node not in self.pairs:
            self.pairs[node] = _PAIR[type(node)](self, node)
        return self.pairs[node]


def _always(_out: Emitter, _node: tree.Always) -> str:
    return str(YES)


def _named(out: Emitter, node: tree.Named) -> str:
    return out.truth(node.part)


def _negated(out: Emitter, node: tree.Not) -> str:
    return out.name(f"NOT[{out.truth(node.part)}]")


def _both(out: Emitter, node: tree.And) -> str:
    return out.name(" & ".join(out.truth(part) for part in node.parts))


def _either(out: Emitter, node: tree.Or) -> str:
    return out.name(" | ".join(out.truth(part) for part in node.parts))


def _unknown(out: Emitter, node: tree.Unknown) -> str:
    if isinstance(node.part, Ref):
        return out.name(f"{YES} if {out.gap(node.part)} else {NO}")
    return out.name(f"{YES} if {out.truth(node.part)} == {UNKNOWN} else {NO}")


def _chosen(out: Emitter, node: tree.Chosen) -> str:
    table: dict[object, int] = {OFF: NO, None: UNKNOWN, "": UNKNOWN}
    for token in node.offered:
        met = (token in node.tokens) != node.negated
        table[token] = UNKNOWN if token in UNKNOWN_TOKENS else YES if met else NO
    return out.name(f"{out.constant(table)}[{out.answer(node.ref)}]")


def _ticked(out: Emitter, node: tree.Ticked) -> str:
    given, rest = out.ticks(node.ref)
    tokens = out.constant(frozenset(node.tokens))
    met = f"not {tokens}.isdisjoint({given})"
    match node.how:
        case "all":
            return out.name(f"{YES} if {tokens}.issubset({given}) else {rest}")
        case "any":
            return out.name(f"{YES} if {met} else {rest}")
        case _:
            none = f"{NO} if {out.answer(node.ref)} is OFF else NOT[{rest}]"
            return out.name(f"{NO} if {met} else {none}")


def _compared(out: Emitter, node: tree.Compare) -> str:
    (a, b), (c, d) = out.pair(node.left), out.pair(node.right)
    surely, possibly = (form.format(a=a, b=b, c=c, d=d) for form in _COMPARE[node.operator])
    return out.name(f"{YES} if {surely} else {UNKNOWN} if {possibly} else {NO}")


def _any_entry(out: Emitter, node: tree.AnyEntry) -> str:
    low, high = _count_where(out, node.ref, 1, node.part)
    return out.name(f"{YES} if {low} else {UNKNOWN} if {high} else {NO}")


def _whole(_out: Emitter, node: tree.Whole) -> Pair:
    return str(int(node.value)), str(int(node.value))


def _limited(out: Emitter, node: tree.Limited) -> Pair:
    name = f"l{out.limits.index(node.id)}"
    return name, name


def _named_number(out: Emitter, node: tree.NamedNumber) -> Pair:
    return out.pair(node.part)


def _asked(out: Emitter, node: tree.Asked) -> Pair:
    answer, ends = out.answer(node.ref), out.constant((node.low, node.high))
    known = f"{ends} if {answer} is None else ({answer}, {answer})"
    return out.two(f"(NAN, NAN) if {answer} is OFF else {known}")


def _band(out: Emitter, node: tree.Band) -> Pair:
    table: dict[object, tuple[float, float]] = {OFF: (math.nan, math.nan)}
    table |= dict(node.ranges)
    table |= dict.fromkeys((None, "", *UNKNOWN_TOKENS), (node.low, node.high))
    return out.two(f"{out.constant(table)}[{out.answer(node.ref)}]")


def _body_mass(out: Emitter, node: tree.BodyMass) -> Pair:
    (a, b), (c, d) = out.pair(node.weight), out.pair(node.height)
    return out.two(f"body_mass_index(({a}, {b}), ({c}, {d}))")


def _sum(out: Emitter, node: tree.Sum) -> Pair:
    (a, b), (c, d) = out.pair(node.left), out.pair(node.right)
    least, most = (d, c) if node.sign == "-" else (c, d)
    return f"({a} {node.sign} {least})", f"({b} {node.sign} {most})"


def _count(out: Emitter, node: tree.Count) -> Pair:
    return _count_where(out, node.ref, node.most, node.part)


def _count_ticks(out: Emitter, node: tree.CountTicks) -> Pair:
    given, rest = out.ticks(node.ref)
    silent = out.constant(frozenset((*UNKNOWN_TOKENS, *EMPTY_TOKENS)))
    ticked = out.name(f"sum(token not in {silent} for token in {given})")
    return ticked, out.name(f"{len(node.options)} if {rest} else {ticked}")


def _count_where(out: Emitter, ref: Ref, most: int, part: Condition) -> Pair:
    answer = out.answer(ref)
    low, high = out.two(f"0, 0 if {answer} is OFF or {answer} else {most}")
    out.lines.append(f"for entry in () if {answer} is OFF else {answer} or ():")
    outside = out.lines, dict(out.written), dict(out.pairs)
    out.lines = []
    held = out.truth(part)
    body = [*out.lines, f"{low} += {held} == {YES}", f"{high} += {held} > {NO}"]
    # What was named inside the loop is not known outside it.
    out.lines, out.written, out.pairs = outside
    out.lines += [f"    {line}" for line in body]
    return low, high


_TRUTH: Mapping[type[Condition], Callable[[Emitter, Any], str]] = {
    tree.Always: _always,
    tree.Named: _named,
    tree.Not: _negated,
    tree.And: _both,
    tree.Or: _either,
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: _any_entry,
    tree.Compare: _compared,
}
_PAIR: Mapping[type[Number], Callable[[Emitter, Any], Pair]] = {
    tree.Whole: _whole,
    tree.NamedNumber: _named_number,
    tree.Limited: _limited,
    tree.Asked: _asked,
    tree.Band: _band,
    tree.BodyMass: _body_mass,
    tree.Sum: _sum,
    tree.Count: _count,
    tree.CountTicks: _count_ticks,
}
