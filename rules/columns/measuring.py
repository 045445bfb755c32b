"""Each kind of number as a step over columns: a low and a high end for everyone."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from rules.columns.plan import Ends, Plan, Run, Scope, Step
from rules.columns.table import GAP, OFF, bits, gap_bit, mask_type
from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref
from rules.logic import SCALE


def _count(plan: Plan, node: tree.Count) -> Step:
    return counted(plan, node.ref, node.part, node.most)


def counted(plan: Plan, ref: Ref, part: Condition, most: int) -> Step:
    """How many entries of a list meet a condition."""
    listed = plan.question(ref)
    column, held = plan.column(ref), plan.within(Scope(listed), part)

    def step(run: Run) -> Ends:
        state, entries = run[column], run.entries(listed)
        sure, possible = (entries.tally(rail) for rail in run[held])
        sure[state == OFF] = 0
        possible[state == OFF] = 0
        possible[state == GAP] = most
        return sure, possible

    return step


def _ticks(plan: Plan, node: tree.CountTicks) -> Step:
    column, question = plan.column(node.ref), plan.question(node.ref)
    number = mask_type(question).type
    known, gap = number(bits(question, node.options)), number(gap_bit(question))

    def step(run: Run) -> Ends:
        low = np.bitwise_count(run[column] & known)
        return low, np.where((run[column] & gap) != 0, np.uint8(len(node.options)), low)

    return step


def _whole(_plan: Plan, node: tree.Whole) -> Step:
    return lambda _run: (node.value, node.value)


def _limited(plan: Plan, node: tree.Limited) -> Step:
    plan.limits.add(node.id)
    return lambda run: (run.limits[node.id], run.limits[node.id])


def _asked(plan: Plan, node: tree.Asked) -> Step:
    column = plan.column(node.ref)

    def step(run: Run) -> Ends:
        numbers = run[column]
        gap = np.isneginf(numbers)
        return np.where(gap, node.low, numbers), np.where(gap, node.high, numbers)

    return step


def _band(plan: Plan, node: tree.Band) -> Step:
    column, (low, high) = plan.column(node.ref), band(plan, node)
    return lambda run: (low.take(run[column]), high.take(run[column]))


def band(plan: Plan, node: tree.Band) -> Ends:
    """The low and the high end of what each option stands for, by its number."""
    tokens, ends = plan.question(node.ref).tokens, np.full((2, 256), np.nan)
    ends[:, GAP] = node.low, node.high
    for token, known in node.ranges:
        ends[:, tokens.index(token)] = known
    return ends[0], ends[1]


def _wide(end: Any) -> Any:  # noqa: ANN401 - a column, or one number for everyone
    """Enough places for the sum or the product of two numbers."""
    return np.asarray(end, np.float64)


def _body_mass(plan: Plan, node: tree.BodyMass) -> Step:
    weight, height = plan.slot(node.weight), plan.slot(node.height)

    def step(run: Run) -> Ends:
        (least, most), (short, tall) = map(_wide, run[weight]), map(_wide, run[height])
        low, high = least * SCALE / (tall * tall), most * SCALE / (short * short)
        return np.floor(low), np.floor(high)

    return step


def _sum(plan: Plan, node: tree.Sum) -> Step:
    left, right = plan.slot(node.left), plan.slot(node.right)

    def step(run: Run) -> Ends:
        (a, b), (c, d) = map(_wide, run[left]), map(_wide, run[right])
        match node.sign:
            case "+":
                return a + c, b + d
            case "-":
                return a - d, b - c
            case _:
                return a * c, b * d

    return step


MEASURE: Mapping[type[Condition | Number], Callable[[Plan, Any], Step]] = {
    tree.Limited: _limited,
    tree.Asked: _asked,
    tree.Band: _band,
    tree.BodyMass: _body_mass,
    tree.Sum: _sum,
    tree.Count: _count,
    tree.CountTicks: _ticks,
    tree.Whole: _whole,
}
