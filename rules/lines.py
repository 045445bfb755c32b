"""Lines of generated Python: names are counted, texts become constants."""

import math

from rules.conditions.tree import Ref
from rules.kinds import UNKNOWN_TOKENS, Kind
from rules.logic import NO, UNKNOWN, YES, body_mass_index

OFF = object()  # the answer to a question that is not asked
Pair = tuple[str, str]


class Lines:
    """Lines and constants written so far; what was written once is named again."""

    def __init__(self) -> None:
        self.constants: dict[str, object] = {
            "OFF": OFF,
            "NAN": math.nan,
            "NOT": (YES, UNKNOWN, None, NO),
            "body_mass_index": body_mass_index,
        }
        self.lines: list[str] = []
        self.written: dict[object, str] = {}
        self.pairs: dict[object, Pair] = {}
        self._names = 0

    def name(self, expression: str) -> str:
        """Write a line that names an expression."""
        self._names += 1
        self.lines.append(f"n{self._names} = {expression}")
        return f"n{self._names}"

    def two(self, expression: str) -> Pair:
        """Write a line that names the two ends of an interval."""
        self._names += 1
        low, high = f"n{self._names}", f"n{self._names}h"
        self.lines.append(f"{low}, {high} = {expression}")
        return low, high

    def constant(self, value: object) -> str:
        """Keep a value under a counted name."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def answer(self, ref: Ref) -> str:
        """Name an answer; it is OFF when the question is not asked."""
        if ref not in self.written:
            get = "entry.get" if ref.in_entry else "get"
            self.written[ref] = self.name(f"{get}({self.constant(ref.id)}, OFF)")
        return self.written[ref]

    def ticks(self, ref: Ref) -> Pair:
        """Name the ticked options, and the truth of those that are not ticked."""
        key = ("ticks", ref)
        if key not in self.pairs:
            answer = self.answer(ref)
            given = self.name(f"() if {answer} is OFF else {answer} or ()")
            silent = self.constant(frozenset(UNKNOWN_TOKENS))
            gap = f"{answer} is not OFF and (not {given} or not {silent}.isdisjoint({given}))"
            self.pairs[key] = given, self.name(f"{UNKNOWN} if {gap} else {NO}")
        return self.pairs[key]

    def gap(self, ref: Ref) -> str:
        """An expression for: asked, and left empty or not said."""
        answer = self.answer(ref)
        match ref.kind:
            case Kind.MANY:
                return f"{self.ticks(ref)[1]} == {UNKNOWN}"
            case Kind.ENTRIES:
                return f"{answer} is not OFF and not {answer}"
            case _:
                return f"{answer} in {self.constant((None, '', *UNKNOWN_TOKENS))}"
