"""Truths and numbers that are not known yet, as z3 sees them.

Written a second time on purpose, with nothing taken from ``rules.logic``: two
readings of the same meaning, by different means, that must agree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import z3


@dataclass(frozen=True, slots=True)
class Rails:
    """Whether something surely holds, and whether it possibly holds."""

    surely: z3.BoolRef
    possibly: z3.BoolRef

    @property
    def undecided(self) -> z3.BoolRef:
        """It may hold, and it may not."""
        return z3.And(self.possibly, z3.Not(self.surely))


def both_ways(held: z3.BoolRef) -> Rails:
    """A truth that is known, whichever it is."""
    return Rails(held, held)


NEVER, ALWAYS = both_ways(z3.BoolVal(False)), both_ways(z3.BoolVal(True))  # noqa: FBT003 - values


def opposite(rails: Rails) -> Rails:
    """What is surely so is not possibly not so."""
    return Rails(z3.Not(rails.possibly), z3.Not(rails.surely))


def every(parts: Iterable[Rails]) -> Rails:
    """``and``, rail by rail."""
    parts = list(parts)
    surely, possibly = [part.surely for part in parts], [part.possibly for part in parts]
    return Rails(z3.And(surely), z3.And(possibly))


def some(parts: Iterable[Rails]) -> Rails:
    """``or``, rail by rail."""
    parts = list(parts)
    surely, possibly = [part.surely for part in parts], [part.possibly for part in parts]
    return Rails(z3.Or(surely), z3.Or(possibly))


@dataclass(frozen=True, slots=True)
class Interval:
    """A number somewhere from ``low`` to ``high``; nowhere at all when it is not asked."""

    asked: z3.BoolRef
    low: z3.ArithRef
    high: z3.ArithRef


def exactly(value: z3.ArithRef) -> Interval:
    """A number that is known."""
    return Interval(z3.BoolVal(True), value, value)  # noqa: FBT003 - a value


# Surely, then possibly, from the ends of the left (a, b) and of the right (c, d).
_COMPARE: Mapping[str, Callable[..., tuple[z3.BoolRef, z3.BoolRef]]] = {
    "<": lambda a, b, c, d: (b < c, a < d),
    "<=": lambda a, b, c, d: (b <= c, a <= d),
    ">": lambda a, b, c, d: (a > d, b > c),
    ">=": lambda a, b, c, d: (a >= d, b >= c),
    "==": lambda a, b, c, d: (z3.And(a == b, c == d, a == c), z3.And(a <= d, b >= c)),
    "!=": lambda a, b, c, d: (z3.Or(b < c, a > d), z3.Or(a != b, c != d, a != c)),
}


def compared(left: Interval, operator: str, right: Interval) -> Rails:
    """Compare two numbers; a number that is not asked compares with nothing."""
    surely, possibly = _COMPARE[operator](left.low, left.high, right.low, right.high)
    asked = z3.And(left.asked, right.asked)
    return Rails(z3.And(asked, surely), z3.And(asked, possibly))


def combined(left: Interval, sign: str, right: Interval) -> Interval:
    """Add, subtract or multiply; a product takes parts that are not below zero."""
    asked = z3.And(left.asked, right.asked)
    match sign:
        case "+":
            return Interval(asked, left.low + right.low, left.high + right.high)
        case "-":
            return Interval(asked, left.low - right.high, left.high - right.low)
        case _:
            return Interval(asked, left.low * right.low, left.high * right.high)
