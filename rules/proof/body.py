"""Body mass index: a whole number of its own, tied to weight and height from both sides.

``weight * 10000 // height ** 2`` with both unknown is a product of unknowns, which z3
is slow to reason about. But no condition reads the two apart, so it is enough to know
the index itself, and that weight alone, and height alone, leave it possible. That is a
little more than can happen, never less: a proof stands, and a witness is made whole by
finding a weight and a height with this index (``fitting``), then run in the real code.
"""

from collections.abc import Callable
from dataclasses import dataclass

import z3

from rules.kinds import Value
from rules.proof.symbols import Symbol

_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Body:
    """A body mass index from ``low`` to ``high``, and what holds of it."""

    index: z3.ArithRef
    low: z3.ArithRef
    high: z3.ArithRef
    domain: z3.BoolRef


def body_mass(weight: Symbol, height: Symbol) -> Body:
    """Make the body mass index of a weight and a height that are not given yet."""
    (light, heavy), (short, tall) = ends(weight), ends(height)
    index = z3.Int(f"body mass of {weight.question.id} and {height.question.id}")
    by_weight = (weight.value * _SCALE / (tall * tall), weight.value * _SCALE / (short * short))
    by_height = tuple(_stepwise(height, _least(mass)) for mass in (light, heavy))
    at_most, at_least = z3.IntVal(heavy * _SCALE // short**2), light * _SCALE // tall**2
    low, high = (
        _either(weight, height, (index, for_weight, for_height, unknown))
        for for_weight, for_height, unknown in zip(
            by_weight, by_height, (at_least, at_most), strict=True
        )
    )
    between = [by_weight[0] <= index, index <= by_weight[1]]
    between += [by_height[0] <= index, index <= by_height[1]]
    known = z3.Not(z3.Or(weight.silent, height.silent))
    return Body(index, low, high, z3.Implies(known, z3.And(between)))


def ends(number: Symbol) -> tuple[int, int]:
    """The least and the most that may be answered."""
    return int(number.question.low or 0), int(number.question.high or 0)


def _least(mass: int) -> Callable[[int], int]:
    return lambda height: mass * _SCALE // (height * height)


def _stepwise(number: Symbol, made: Callable[[int], int]) -> z3.ArithRef:
    """A function of a number as a list of steps: up to here this, up to there that."""
    low, high = ends(number)
    result = z3.IntVal(made(high))
    for value in range(high - 1, low - 1, -1):
        if made(value) != made(value + 1):
            result = z3.If(number.value <= value, made(value), result)
    return result


def _either(weight: Symbol, height: Symbol, cases: tuple[z3.ExprRef, ...]) -> z3.ArithRef:
    """The right one of: both known, weight alone, height alone, neither."""
    both, for_weight, for_height, neither = cases
    with_weight = z3.If(height.silent, for_weight, both)
    return z3.If(weight.silent, z3.If(height.silent, neither, for_height), with_weight)


def fitting(weight: Symbol, height: Symbol, index: int, tall: Value) -> tuple[int, int] | None:
    """Find a weight and a height with this index, at the given height if there is one."""
    light, heavy = ends(weight)
    short, tallest = ends(height)
    tries = [*([tall] if isinstance(tall, int) else []), *range(short, tallest + 1)]
    for centimetres in tries:
        kilograms = max(light, -(-index * centimetres**2 // _SCALE))
        if kilograms <= heavy and kilograms * _SCALE // centimetres**2 == index:
            return kilograms, centimetres
    return None
