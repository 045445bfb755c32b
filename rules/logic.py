"""Three-valued truth on two rails, and numbers as intervals.

A truth says two things at once: whether something *surely* holds, and whether it
*possibly* holds. It is kept as two bits, so that Kleene's strong tables are the
machine's own ``&`` and ``|``, rail by rail:

===========  ======  ========  =====
truth        surely  possibly  value
===========  ======  ========  =====
NO           0       0         0
UNKNOWN      0       1         1
YES          1       1         3
===========  ======  ========  =====

A number is an interval [low, high]; a number that was never asked is [nan, nan],
which compares False with everything, as an atom on a question not asked must.

Source: Kleene, Introduction to Metamathematics (1952), section 64.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

Truth = int
NO, UNKNOWN, YES = 0, 1, 3

Operator = Literal["<", "<=", ">", ">=", "==", "!="]
Interval = tuple[float, float]
SCALE = 10_000  # square centimetres to square metres
NOWHERE: Interval = (math.nan, math.nan)


def truth(surely: object, possibly: object) -> Truth:
    """Join two rails; what is sure is possible."""
    return YES if surely else UNKNOWN if possibly else NO


def negate(value: Truth) -> Truth:
    """``not``: yes and no change places, unknown stays."""
    return (value ^ YES) if value != UNKNOWN else UNKNOWN


def both(values: Iterable[Truth]) -> Truth:
    """``and`` over any number of truths."""
    result = YES
    for value in values:
        result &= value
    return result


def either(values: Iterable[Truth]) -> Truth:
    """``or`` over any number of truths."""
    result = NO
    for value in values:
        result |= value
    return result


# Every comparison, once. Written with < and <= only, so that a nan makes it False.
_COMPARE: Mapping[Operator, Callable[[Interval, Interval], Truth]] = {
    "<": lambda a, b: truth(a[1] < b[0], a[0] < b[1]),
    "<=": lambda a, b: truth(a[1] <= b[0], a[0] <= b[1]),
    ">": lambda a, b: truth(b[1] < a[0], b[0] < a[1]),
    ">=": lambda a, b: truth(b[1] <= a[0], b[0] <= a[1]),
    "==": lambda a, b: truth(a[0] == a[1] == b[0] == b[1], a[0] <= b[1] and b[0] <= a[1]),
    "!=": lambda a, b: truth(a[1] < b[0] or b[1] < a[0], a[0] < b[1] or b[0] < a[1]),
}


def compare(left: Interval, operator: Operator, right: Interval) -> Truth:
    """Compare two numbers of which only the bounds are known."""
    return _COMPARE[operator](left, right)


def combine(left: Interval, sign: str, right: Interval) -> Interval:
    """Add, subtract or multiply; a product takes parts that are not below zero."""
    match sign:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[1], left[1] - right[0]
        case _:
            return left[0] * right[0], left[1] * right[1]


def body_mass_index(weight: Interval, height: Interval) -> Interval:
    """Kilograms over metres squared, rounded down; kilograms and centimetres go in."""
    return (
        weight[0] * SCALE // (height[1] * height[1]),
        weight[1] * SCALE // (height[0] * height[0]),
    )
