"""Lines of generated Python: names are counted, texts become constants."""

import math
from collections import Counter
from collections.abc import Callable, Mapping

from rules.conditions.tree import Ref
from rules.kinds import UNKNOWN_TOKENS, Kind
from rules.logic import NO, UNKNOWN, YES

OFF = object()  # the answer to a question that is not asked
Pair = tuple[str, str]


_DEEP = 50  # brackets in one expression; Python reads 200


class Lines:
    """Lines and constants written so far.

    Attributes:
        written: the expression of each thing written so far, to be read again.
        read: how often each thing was read so far.
    """

    def __init__(self, reads: Mapping[object, int]) -> None:
        self._reads = reads
        self.read: Counter[object] = Counter()
        self.constants: dict[str, object] = {
            "OFF": OFF,
            "UNASKED": (OFF,),
            "UNSURE": UNKNOWN_TOKENS,
            "SILENT": frozenset((None, "", *UNKNOWN_TOKENS)),
            "NAN": math.nan,
            "NOT": (YES, UNKNOWN, None, NO),
        }
        self.lines: list[str] = []
        self.written: dict[object, str] = {}
        self.pairs: dict[object, Pair] = {}
        self._names = 0

    def once(self, thing: object, write: Callable[[], str], times: int = 1) -> str:
        """An expression: a name for what is read often; for what is read once, the thing itself."""
        self.read[thing] += times
        if thing not in self.written:
            expression = write()
            alone = self._reads.get(thing) == 1 and expression.count("(") < _DEEP
            self.written[thing] = f"({expression})" if alone else self.name(expression)
        return self.written[thing]

    def name(self, expression: str) -> str:
        """Write a line that names an expression."""
        name, _ = self.names()
        self.lines.append(f"{name} = {expression}")
        return name

    def two(self, expression: str) -> Pair:
        """Write a line that names the two ends of an interval."""
        low, high = self.names()
        self.lines.append(f"{low}, {high} = {expression}")
        return low, high

    def names(self) -> Pair:
        """New names for the two ends of an interval."""
        self._names += 1
        return f"n{self._names}", f"n{self._names}h"

    def constant(self, value: object) -> str:
        """Keep a value under a counted name."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def answer(self, ref: Ref, times: int = 2) -> str:
        """An answer, to be read so many times; it is OFF when the question is not asked."""
        get = "entry.get" if ref.in_entry else "get"
        return self.once(ref, lambda: f"{get}({self.constant(ref.id)}, OFF)", times)

    def ticks(self, ref: Ref) -> Pair:
        """Name the ticked options, and the truth of those that are not ticked."""
        get = "entry.get" if ref.in_entry else "get"
        found = f"{get}({self.constant(ref.id)}, UNASKED) or UNSURE"
        given = self.once(ref, lambda: found, 2)
        gap = f"{NO} if SILENT.isdisjoint({given}) else {UNKNOWN}"
        return given, self.once(("gap", ref), lambda: gap)

    def gap(self, ref: Ref) -> str:
        """An expression for: asked, and left empty or not said."""
        match ref.kind:
            case Kind.MANY:
                return f"{self.ticks(ref)[1]} == {UNKNOWN}"
            case Kind.ENTRIES:
                return f"{self.answer(ref)} is not OFF and not {self.answer(ref)}"
            case Kind.NUMBER:
                return f"{self.answer(ref, 1)} is None"
            case _:
                return f"{self.answer(ref, 1)} in SILENT"
