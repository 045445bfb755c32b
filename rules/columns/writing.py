"""Each kind of node as a step over columns; the meaning is that of ``interpreter``."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np

from rules.columns.plan import Ends, Flags, Plan, Rails, Run, Scope, Step
from rules.columns.table import GAP, OFF, bits, gap_bit, mask_type
from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref
from rules.kinds import UNKNOWN_TOKENS, Kind


def write(plan: Plan, node: Condition | Number) -> Step:
    """Write the step for one node; its parts are written before it."""
    return _WRITE[type(node)](plan, node)


def _same(plan: Plan, node: tree.Named | tree.NamedNumber) -> Step:
    part = plan.slot(node.part)
    return lambda run: run[part]


def _always(_plan: Plan, _node: tree.Always) -> Step:
    def step(run: Run) -> Rails:
        everyone = np.ones(run.table.rows, np.bool_)
        return everyone, everyone

    return step


def _not(plan: Plan, node: tree.Not) -> Step:
    part = plan.slot(node.part)
    return lambda run: (~run[part][1], ~run[part][0])


def _joined(plan: Plan, node: tree.And | tree.Or) -> Step:
    parts = [plan.slot(part) for part in node.parts]
    join = and_ if isinstance(node, tree.And) else or_
    return lambda run: tuple(reduce(join, [run[part][rail] for part in parts]) for rail in (0, 1))


def _unknown(plan: Plan, node: tree.Unknown) -> Step:
    if isinstance(node.part, Ref):
        return _silent(plan, node.part)
    part = plan.slot(node.part)

    def step(run: Run) -> Rails:
        gap = run[part][1] & ~run[part][0]
        return gap, gap

    return step


def _silent(plan: Plan, ref: Ref) -> Step:
    column, gap = plan.column(ref), _gap(plan, ref)

    def step(run: Run) -> Rails:
        found = gap(run[column])
        return found, found

    return step


def _gap(plan: Plan, ref: Ref) -> Callable[[Any], Flags]:
    """Where an answer was left empty or does not say."""
    match ref.kind:
        case Kind.MANY:
            bit = mask_type(plan.question(ref)).type(gap_bit(plan.question(ref)))
            return lambda column: (column & bit) != 0
        case Kind.NUMBER:
            return np.isneginf
        case _:
            return lambda column: column == GAP


def _chosen(plan: Plan, node: tree.Chosen) -> Step:
    column = plan.column(node.ref)
    known = [token for token in node.offered if token not in UNKNOWN_TOKENS]
    met = [token for token in known if (token in node.tokens) != node.negated]
    codes = [node.offered.index(token) for token in met]

    def step(run: Run) -> Rails:
        answers = run[column]
        sure = reduce(or_, [answers == code for code in codes], np.zeros(len(answers), np.bool_))
        return sure, sure | (answers == GAP)

    return step


def _ticked(plan: Plan, node: tree.Ticked) -> Step:
    column, question = plan.column(node.ref), plan.question(node.ref)
    number = mask_type(question).type
    tokens, gap = number(bits(question, node.tokens)), number(gap_bit(question))

    def step(run: Run) -> Rails:
        ticks = run[column]
        met = ticks & tokens
        match node.how:
            case "any":
                return met != 0, (ticks & (tokens | gap)) != 0
            case "all":
                sure = met == tokens
                return sure, sure | ((ticks & gap) != 0)
            case _:
                possible = (ticks != 0) & (met == 0)
                return possible & ((ticks & gap) == 0), possible

    return step


def _compared(plan: Plan, node: tree.Compare) -> Step:
    left, right = plan.slot(node.left), plan.slot(node.right)
    compare = _COMPARE[node.operator]
    return lambda run: compare(*run[left], *run[right])


# Surely, possibly; as in ``logic``, with < and <= only, so that a nan makes both False.
_COMPARE: Mapping[str, Callable[[Any, Any, Any, Any], Rails]] = {
    "<": lambda a, b, c, d: (b < c, a < d),
    "<=": lambda a, b, c, d: (b <= c, a <= d),
    ">": lambda a, b, c, d: (d < a, c < b),
    ">=": lambda a, b, c, d: (d <= a, c <= b),
    "==": lambda a, b, c, d: ((a >= b) & (b >= c) & (b <= c) & (c >= d), (a <= d) & (c <= b)),
    "!=": lambda a, b, c, d: ((b < c) | (d < a), (a < d) | (c < b)),
}


def _any_entry(plan: Plan, node: tree.AnyEntry) -> Step:
    count = _counted(plan, node.ref, node.part, most=1)

    def step(run: Run) -> Rails:
        low, high = count(run)
        return low > 0, high > 0

    return step


def _count(plan: Plan, node: tree.Count) -> Step:
    return _counted(plan, node.ref, node.part, node.most)


def _counted(plan: Plan, ref: Ref, part: Condition, most: int) -> Step:
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
    column, tokens = plan.column(node.ref), plan.question(node.ref).tokens
    ends = np.full((2, 256), np.nan)
    ends[:, GAP] = node.low, node.high
    for token, known in node.ranges:
        ends[:, tokens.index(token)] = known
    return lambda run: (ends[0][run[column]], ends[1][run[column]])


def _body_mass(plan: Plan, node: tree.BodyMass) -> Step:
    weight, height = plan.slot(node.weight), plan.slot(node.height)

    def step(run: Run) -> Ends:
        (least, most), (short, tall) = run[weight], run[height]
        return np.floor(least * 10_000 / (tall * tall)), np.floor(most * 10_000 / (short * short))

    return step


def _sum(plan: Plan, node: tree.Sum) -> Step:
    left, right = plan.slot(node.left), plan.slot(node.right)

    def step(run: Run) -> Ends:
        (a, b), (c, d) = run[left], run[right]
        match node.sign:
            case "+":
                return a + c, b + d
            case "-":
                return a - d, b - c
            case _:
                return a * c, b * d

    return step


_WRITE: Mapping[type[Condition | Number], Callable[[Plan, Any], Step]] = {
    tree.Always: _always,
    tree.Named: _same,
    tree.Not: _not,
    tree.And: _joined,
    tree.Or: _joined,
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: _any_entry,
    tree.Compare: _compared,
    tree.Whole: _whole,
    tree.NamedNumber: _same,
    tree.Limited: _limited,
    tree.Asked: _asked,
    tree.Band: _band,
    tree.BodyMass: _body_mass,
    tree.Sum: _sum,
    tree.Count: _count,
    tree.CountTicks: _ticks,
}
