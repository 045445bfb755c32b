"""Turn typed trees into lines of Python; see ``compiler``."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS
from rules.lines import OFF, Lines, Pair
from rules.logic import NO, SCALE, UNKNOWN, YES

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
    """Writes each distinct node of the trees once.

    What is read twice gets a name; what is read once stands where it is read. So an emitter needs
    to know how often each node is read: an emitter that names everything has counted it.
    """

    def __init__(self, limits: tuple[str, ...], reads: Mapping[object, int] | None = None) -> None:
        super().__init__(reads or {})
        self.limits = limits

    def truth(self, node: Condition) -> str:
        """An expression for the truth of a condition."""
        if isinstance(node, tree.Named):
            return self.truth(node.part)
        return self.once(node, lambda: _TRUTH[type(node)](self, node))

    def pair(self, node: Number) -> Pair:
        """Expressions for the low and the high end of a number."""
        if node not in self.pairs:
            self.pairs[node] = _PAIR[type(node)](self, node)
        return self.pairs[node]


def _always(_out: Emitter, _node: tree.Always) -> str:
    return str(YES)


def _negated(out: Emitter, node: tree.Not) -> str:
    return f"NOT[{out.truth(node.part)}]"


def _both(out: Emitter, node: tree.And) -> str:
    return " & ".join(out.truth(part) for part in node.parts)


def _either(out: Emitter, node: tree.Or) -> str:
    return " | ".join(out.truth(part) for part in node.parts)


def _unknown(out: Emitter, node: tree.Unknown) -> str:
    if isinstance(node.part, Ref):
        return f"{YES} if {out.gap(node.part)} else {NO}"
    return f"{YES} if {out.truth(node.part)} == {UNKNOWN} else {NO}"


def _chosen(out: Emitter, node: tree.Chosen) -> str:
    table: dict[object, int] = {OFF: NO, None: UNKNOWN, "": UNKNOWN}
    for token in node.offered:
        met = (token in node.tokens) != node.negated
        table[token] = UNKNOWN if token in UNKNOWN_TOKENS else YES if met else NO
    return f"{out.constant(table)}[{out.answer(node.ref, 1)}]"


def _ticked(out: Emitter, node: tree.Ticked) -> str:
    given, rest = out.ticks(node.ref)
    tokens = out.constant(frozenset(node.tokens))
    met = f"not {tokens}.isdisjoint({given})"
    match node.how:
        case "all":
            return f"{YES} if {tokens}.issubset({given}) else {rest}"
        case "any":
            return f"{YES} if {met} else {rest}"
        case _:
            return f"{NO} if {met} or {given} is UNASKED else NOT[{rest}]"


def _compared(out: Emitter, node: tree.Compare) -> str:
    (a, b), (c, d) = out.pair(node.left), out.pair(node.right)
    surely, possibly = (form.format(a=a, b=b, c=c, d=d) for form in _COMPARE[node.operator])
    return f"{YES} if {surely} else {UNKNOWN} if {possibly} else {NO}"


def _any_entry(out: Emitter, node: tree.AnyEntry) -> str:
    low, high = _count_where(out, node.ref, 1, node.part)
    return f"{YES} if {low} else {UNKNOWN} if {high} else {NO}"


def _whole(_out: Emitter, node: tree.Whole) -> Pair:
    return str(int(node.value)), str(int(node.value))


def _limited(out: Emitter, node: tree.Limited) -> Pair:
    name = f"l{out.limits.index(node.id)}"
    return name, name


def _named_number(out: Emitter, node: tree.NamedNumber) -> Pair:
    return out.pair(node.part)


def _asked(out: Emitter, node: tree.Asked) -> Pair:
    answer, (low, high) = out.answer(node.ref), out.names()
    out.lines += [
        f"if {answer} is None: {low}, {high} = {node.low!r}, {node.high!r}",
        f"elif {answer} is OFF: {low} = {high} = NAN",
        f"else: {low} = {high} = {answer}",
    ]
    return low, high


def _band(out: Emitter, node: tree.Band) -> Pair:
    table: dict[object, tuple[float, float]] = {OFF: (math.nan, math.nan)}
    table |= dict(node.ranges)
    table |= dict.fromkeys((None, "", *UNKNOWN_TOKENS), (node.low, node.high))
    return out.two(f"{out.constant(table)}[{out.answer(node.ref, 1)}]")


def _body_mass(out: Emitter, node: tree.BodyMass) -> Pair:
    (a, b), (c, d) = out.pair(node.weight), out.pair(node.height)
    return out.two(f"{a} * {SCALE} // ({d} * {d}), {b} * {SCALE} // ({c} * {c})")


def _sum(out: Emitter, node: tree.Sum) -> Pair:
    (a, b), (c, d) = out.pair(node.left), out.pair(node.right)
    least, most = (d, c) if node.sign == "-" else (c, d)
    return f"({a} {node.sign} {least})", f"({b} {node.sign} {most})"


def _count(out: Emitter, node: tree.Count) -> Pair:
    return _count_where(out, node.ref, node.most, node.part)


def _count_ticks(out: Emitter, node: tree.CountTicks) -> Pair:
    given, rest = out.ticks(node.ref)
    silent = out.constant(frozenset((OFF, *UNKNOWN_TOKENS, *EMPTY_TOKENS)))
    ticked = out.name(f"sum(token not in {silent} for token in {given})")
    return ticked, out.name(f"{len(node.options)} if {rest} else {ticked}")


def _count_where(out: Emitter, ref: Ref, most: int, part: Condition) -> Pair:
    answer = out.answer(ref)
    low, high = out.two(f"0, 0 if {answer} is OFF or {answer} else {most}")
    out.lines.append(f"for entry in () if {answer} is OFF else {answer} or ():")
    outside = out.lines, dict(out.written), dict(out.pairs)
    out.lines = []
    held = out.name(out.truth(part))
    body = [*out.lines, f"{low} += {held} == {YES}", f"{high} += {held} > {NO}"]
    # What was named inside the loop is not known outside it.
    out.lines, out.written, out.pairs = outside
    out.lines += [f"    {line}" for line in body]
    return low, high


_TRUTH: Mapping[type[Condition], Callable[[Emitter, Any], str]] = {
    tree.Always: _always,
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
