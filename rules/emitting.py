"""Turn typed trees into lines of Python; see ``compiler``."""

import math
from collections.abc import Mapping

from rules.conditions.tree import (
    Always,
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
    Not,
    Number,
    Or,
    Ref,
    Sum,
    Ticked,
    Unknown,
    Whole,
)
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS, Kind
from rules.logic import NO, UNKNOWN, YES, body_mass_index

OFF = object()  # the answer to a question that is not asked
Pair = tuple[str, str]

# Surely, possibly: over low and high (a, b) of the left and (c, d) of the right.
_COMPARE: Mapping[str, Pair] = {
    "<": ("{b} < {c}", "{a} < {d}"),
    "<=": ("{b} <= {c}", "{a} <= {d}"),
    ">": ("{d} < {a}", "{c} < {b}"),
    ">=": ("{d} <= {a}", "{c} <= {b}"),
    "==": ("{a} == {b} == {c} == {d}", "{a} <= {d} and {c} <= {b}"),
    "!=": ("{b} < {c} or {d} < {a}", "{a} < {d} or {c} < {b}"),
}


class Emitter:
    """Lines and constants written so far. Each distinct node is written once."""

    def __init__(self, limits: tuple[str, ...]) -> None:
        self.limits = limits
        self.constants: dict[str, object] = {"OFF": OFF, "NAN": math.nan, "bmi": body_mass_index}
        self.lines: list[str] = []
        self._written: dict[object, str] = {}
        self._pairs: dict[object, Pair] = {}
        self._names = 0

    def truth(self, node: Condition) -> str:
        """An expression for the truth of a condition."""
        if node not in self._written:
            self._written[node] = self._truth(node)
        return self._written[node]

    def _truth(self, node: Condition) -> str:
        match node:
            case Always():
                return str(YES)
            case Named(part=part):
                return self.truth(part)
            case Not(part):
                return self._name(f"NOT[{self.truth(part)}]", NOT=(YES, UNKNOWN, None, NO))
            case And(parts):
                return self._name(" & ".join(self.truth(part) for part in parts))
            case Or(parts):
                return self._name(" | ".join(self.truth(part) for part in parts))
            case Chosen():
                return self._name(f"{self._chosen(node)}[{self._answer(node.ref)}]")
            case Ticked():
                return self._name(self._ticked(node))
            case Compare(left, operator, right):
                return self._compare(self.pair(left), operator, self.pair(right))
            case Unknown(Ref() as ref):
                return self._name(f"{YES} if {self._gap(ref)} else {NO}")
            case Unknown(part):
                return self._name(f"{YES} if {self.truth(part)} == {UNKNOWN} else {NO}")  # type: ignore[arg-type]
            case AnyEntry(ref, part):
                return self._any_entry(ref, part)

    def _name(self, expression: str, **constants: object) -> str:
        """Write a line that names an expression."""
        self.constants |= constants
        self._names += 1
        self.lines.append(f"n{self._names} = {expression}")
        return f"n{self._names}"

    def _constant(self, value: object) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def _answer(self, ref: Ref) -> str:
        """A name for an answer, OFF when the question is not asked."""
        if ref not in self._written:
            if ref.in_entry:
                self._written[ref] = self._name(f"entry.get({self._constant(ref.id)})")
            else:
                self._written[ref] = self._name(f"get({self._constant(ref.id)}, OFF)")
        return self._written[ref]

    def _chosen(self, node: Chosen) -> str:
        table: dict[object, int] = {OFF: NO, None: UNKNOWN, "": UNKNOWN}
        for token in node.offered:
            met = (token in node.tokens) != node.negated
            table[token] = UNKNOWN if token in UNKNOWN_TOKENS else YES if met else NO
        return self._constant(table)

    def _ticks(self, ref: Ref) -> Pair:
        """Names for the ticked options and for the truth of those that are not ticked."""
        key = ("ticks", ref)
        if key not in self._pairs:
            answer = self._answer(ref)
            given = self._name(f"() if {answer} is OFF else {answer} or ()")
            silent = self._constant(frozenset(UNKNOWN_TOKENS))
            gap = f"{answer} is not OFF and (not {given} or not {silent}.isdisjoint({given}))"
            self._pairs[key] = given, self._name(f"{UNKNOWN} if {gap} else {NO}")
        return self._pairs[key]

    def _ticked(self, node: Ticked) -> str:
        given, rest = self._ticks(node.ref)
        tokens = self._constant(frozenset(node.tokens))
        if node.how == "all":
            return f"{YES} if {tokens}.issubset({given}) else {rest}"
        if node.how == "any":
            return f"{rest} if {tokens}.isdisjoint({given}) else {YES}"
        asked = f"{self._answer(node.ref)} is not OFF"
        return f"{NO} if not {tokens}.isdisjoint({given}) else ({YES} ^ {rest} * 2) * ({asked})"

    def _gap(self, ref: Ref) -> str:
        if ref.kind is Kind.MANY:
            return f"{self._ticks(ref)[1]} == {UNKNOWN}"
        answer = self._answer(ref)
        if ref.kind is Kind.ENTRIES:
            return f"{answer} is not OFF and not {answer}"
        return f"{answer} in {self._constant((None, '', *UNKNOWN_TOKENS))}"

    def _compare(self, left: Pair, operator: str, right: Pair) -> str:
        places = {"a": left[0], "b": left[1], "c": right[0], "d": right[1]}
        surely, possibly = (form.format_map(places) for form in _COMPARE[operator])
        return self._name(f"{YES} if {surely} else {UNKNOWN} if {possibly} else {NO}")

    def pair(self, node: Number) -> Pair:
        """Expressions for the low and the high end of a number."""
        if node not in self._pairs:
            self._pairs[node] = self._pair(node)
        return self._pairs[node]

    def _pair(self, node: Number) -> Pair:
        match node:
            case Whole(value):
                return str(int(value)), str(int(value))
            case Limited(id=id):
                name = f"l{self.limits.index(id)}"
                return name, name
            case NamedNumber(part=part):
                return self.pair(part)
            case Asked(ref, low, high):
                answer = self._answer(ref)
                ends = f"({low!r}, {high!r}) if {answer} is None else ({answer}, {answer})"
                return self._two(f"(NAN, NAN) if {answer} is OFF else {ends}")
            case Band(ref, ranges, low, high):
                table = {OFF: (math.nan, math.nan), **dict(ranges)}
                gaps = dict.fromkeys((None, "", *UNKNOWN_TOKENS), (low, high))
                return self._two(f"{self._constant(table | gaps)}[{self._answer(ref)}]")
            case BodyMass(weight, height):
                (a, b), (c, d) = self.pair(weight), self.pair(height)
                return self._two(f"bmi(({a}, {b}), ({c}, {d}))")
            case Sum(left, sign, right):
                (a, b), (c, d) = self.pair(left), self.pair(right)
                c, d = (d, c) if sign == "-" else (c, d)
                return f"({a} {sign} {c})", f"({b} {sign} {d})"
            case Count(ref, most, part):
                return self._count(ref, most, part)
            case CountTicks(ref, options):
                given, rest = self._ticks(ref)
                silent = self._constant(frozenset((*UNKNOWN_TOKENS, *EMPTY_TOKENS)))
                ticked = self._name(f"sum(token not in {silent} for token in {given})")
                return ticked, self._name(f"{len(options)} if {rest} else {ticked}")

    def _two(self, expression: str) -> Pair:
        low = self._name("")
        high = low + "h"
        self.lines[-1] = f"{low}, {high} = {expression}"
        return low, high

    def _any_entry(self, ref: Ref, part: Condition) -> str:
        low, high = self._count(ref, 1, part)
        return self._name(f"{YES} if {low} else {UNKNOWN} if {high} else {NO}")

    def _count(self, ref: Ref, most: int, part: Condition) -> Pair:
        answer = self._answer(ref)
        low = self._name(str(NO))
        high = low + "h"
        empty = f"{answer} is OFF or {answer}"
        self.lines.append(f"{high} = 0 if {empty} else {most}")
        self.lines.append(f"for entry in () if {answer} is OFF else {answer} or ():")
        self._in_loop(part, low, high)
        return low, high

    def _in_loop(self, part: Condition, low: str, high: str) -> None:
        """Write the body of a loop; what it names is not known outside."""
        outside = self.lines, dict(self._written), dict(self._pairs)
        self.lines = []
        held = self.truth(part)
        self.lines += [f"{low} += {held} == {YES}", f"{high} += {held} > {NO}"]
        body, (self.lines, self._written, self._pairs) = self.lines, outside
        self.lines += [f"    {line}" for line in body]
