"""Each kind of node as a step over columns; the meaning is that of ``interpreter``."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np

from rules.columns.measuring import MEASURE, band, counted
from rules.columns.plan import Flags, Plan, Rails, Run, Step
from rules.columns.table import GAP, bits, gap_bit, mask_type
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
    if isinstance(node.left, tree.Band) and isinstance(node.right, tree.Whole | tree.Limited):
        return _banded(plan, node.left, node)
    left, right = plan.slot(node.left), plan.slot(node.right)
    compare = _COMPARE[node.operator]
    return lambda run: compare(*run[left], *run[right])


def _banded(plan: Plan, left: tree.Band, node: tree.Compare) -> Step:
    """Compare each option once, and look up what that says of everyone."""
    column, ends, right = plan.column(left.ref), band(plan, left), plan.slot(node.right)
    compare = _COMPARE[node.operator]

    def step(run: Run) -> Rails:
        sure, possible = compare(*ends, *run[right])
        return sure.take(run[column]), possible.take(run[column])

    return step


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
    count = counted(plan, node.ref, node.part, most=1)

    def step(run: Run) -> Rails:
        low, high = count(run)
        return low > 0, high > 0

    return step


_WRITE: Mapping[type[Condition | Number], Callable[[Plan, Any], Step]] = {
    **MEASURE,
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
    tree.NamedNumber: _same,
}
