"""The number part of the grammar, with units and declared ranges."""

import ast
import re
from typing import NoReturn

from rules.conditions.checks import span
from rules.conditions.names import LIMIT, Measure, Spot, find, question_at, ref
from rules.conditions.tree import (
    Always,
    Asked,
    Band,
    Compare,
    Condition,
    Count,
    CountTicks,
    NamedNumber,
    Ref,
    Sum,
    Whole,
)
from rules.faults import did_you_mean
from rules.kinds import Kind
from rules.logic import NO, UNKNOWN, Operator, compare
from rules.questions.model import Question

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_WHOLE = re.compile(r"0|[1-9][0-9]{0,6}")


def compared(spot: Spot, node: ast.Compare) -> Condition:
    """Read ``a >= b``: same unit, and neither always true nor always false."""
    for side in (node.left, node.comparators[0]):
        if isinstance(side, ast.Name):
            find(spot, side)  # so that an option without quotes is what is told
    left, right = measure(spot, node.left), measure(spot, node.comparators[0])
    if None not in {left.unit, right.unit} and left.unit != right.unit:
        what = f"'{spot.text(node.left)}' is in {_unit(left)}, the other side in {_unit(right)}"
        spot.refuse(node.comparators[0], what, "compare numbers of the same unit")
    operator = _OPERATORS[type(node.ops[0])]
    verdict = compare(span(left.number), operator, span(right.number))
    if verdict != UNKNOWN:
        low, high = span(left.number)
        what = f"this is {'never' if verdict == NO else 'always'} true"
        instead = f"'{spot.text(node.left)}' can be {low:g} to {high:g}"
        spot.refuse(node, what, instead)
    return Compare(left.number, operator, right.number)


def _unit(measured: Measure) -> str:
    return measured.unit or "plain numbers"


def measure(spot: Spot, node: ast.expr) -> Measure:
    """Read one number of the grammar."""
    match node:
        case ast.Constant():
            return _whole(spot, node)
        case ast.BinOp():
            return _sum(spot, node)
        case ast.Attribute(value=ast.Name(id="limit")):
            return _limit(spot, node)
        case ast.Call(func=ast.Name(id="count")):
            return _count(spot, node)
        case ast.Name() | ast.Attribute():
            return _named(spot, node)
        case _:
            return _refuse(spot, node)


def _refuse(spot: Spot, node: ast.expr) -> NoReturn:
    if isinstance(node, ast.UnaryOp):
        spot.refuse(node, "numbers below zero are not used", "write the comparison without it")
    spot.refuse(node, f"'{spot.text(node)}' is not a number", "write a number or a question")


def _whole(spot: Spot, node: ast.Constant) -> Measure:
    if isinstance(node.value, bool):
        spot.refuse(node, "True and False are not numbers", "write the condition itself")
    if not isinstance(node.value, int) or not _WHOLE.fullmatch(spot.text(node)):
        spot.refuse(node, f"{spot.text(node)} is not a whole number", "write digits only")
    return Measure(Whole(node.value), None)


def _sum(spot: Spot, node: ast.BinOp) -> Measure:
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
    sign = signs.get(type(node.op))
    if sign is None:
        instead = "multiply the other side: write a >= b * 2, not a / 2 >= b"
        spot.refuse(node, "only +, - and * are used", instead)
    left, right = measure(spot, node.left), measure(spot, node.right)
    if sign == "*" and None not in {left.unit, right.unit}:
        spot.refuse(node, "only a plain number can multiply", "write x * 2")
    if sign == "*" and min(*span(left.number), *span(right.number)) < 0:
        spot.refuse(node, "a difference cannot be multiplied", "write the parts apart")
    if None not in {left.unit, right.unit} and left.unit != right.unit:
        what = f"{_unit(left)} and {_unit(right)} cannot be added"
        spot.refuse(node, what, "add numbers of the same unit")
    unit = left.unit if left.unit is not None else right.unit
    return Measure(Sum(left.number, sign, right.number), unit)  # type: ignore[arg-type]


def _limit(spot: Spot, node: ast.Attribute) -> Measure:
    limits = spot.names.limits
    if node.attr not in limits:
        what = f"there is no {LIMIT} '{node.attr}'"
        spot.refuse(node, what, did_you_mean(node.attr, limits, "see limits.yaml"))
    limited, unit = limits[node.attr]
    return Measure(limited, unit)


def _named(spot: Spot, node: ast.Name | ast.Attribute) -> Measure:
    found = find(spot, node)
    text = spot.text(node)
    if isinstance(found, Question):
        return _answer(spot, node, found)
    if isinstance(found, tuple):
        return Measure(*found)
    if not isinstance(found.meaning, Measure):
        spot.refuse(node, f"'{text}' is yes or no, not a number", f"write {text} alone")
    return Measure(NamedNumber(text, found.meaning.number), found.meaning.unit)


def _answer(spot: Spot, node: ast.expr, asked: Question) -> Measure:
    if asked.ranges:
        lows, highs = zip(*dict(asked.ranges).values(), strict=True)
        band = Band(ref(node, asked), asked.ranges, min(lows), max(highs))
        return Measure(band, asked.unit)
    question_at(spot, node, (Kind.NUMBER,), "")
    return Measure(Asked(ref(node, asked), asked.low or 0, asked.high or 0), asked.unit)


def _count(spot: Spot, node: ast.Call) -> Measure:
    spot = spot.within("count(...)")
    if len(node.args) == 1 and isinstance(node.args[0], ast.Name):
        kinds = (Kind.MANY, Kind.ENTRIES)
        asked = question_at(spot, node.args[0], kinds, "write count(question)")
        place = ref(node.args[0], asked)
        if asked.kind is Kind.ENTRIES:
            return Measure(Count(place, asked.most, Always()), asked.unit)
        known = tuple(option.token for option in asked.options if option.meaning == "known")
        return Measure(CountTicks(place, known), asked.unit)
    name, listed, part = each_entry(spot, node, "count")
    met = Always() if part is None else spot.condition(spot.each(name, listed), part)
    return Measure(Count(Ref(listed.id, listed.kind), listed.most, met), listed.unit)


def each_entry(spot: Spot, node: ast.Call, word: str) -> tuple[str, Question, ast.expr | None]:
    """Take ``(v for v in LIST if cond)`` apart: the name, the list, the condition."""
    form = f"write {word}(e for e in list if ...)"
    found = _taken_apart(node)
    if found is None:
        spot.refuse(node, f"'{word}' takes one list, one 'for' and one 'if'", form)
    name, source, part = found
    if spot.entry:
        spot.refuse(node, "a list inside a list is not used", "name it under define:")
    if name in spot.names.all() or name == LIMIT:
        spot.refuse(node, f"'{name}' is the name of something else", "use another letter")
    return name, question_at(spot, source, (Kind.ENTRIES,), form), part


def _taken_apart(node: ast.Call) -> tuple[str, ast.Name, ast.expr | None] | None:
    match node.args:
        case [ast.GeneratorExp(elt=ast.Name(id=shown), generators=[each])] if not node.keywords:
            match each:
                case ast.comprehension(target=ast.Name(id=name), iter=ast.Name() as source):
                    if shown == name and not each.ifs[1:]:
                        return name, source, each.ifs[0] if each.ifs else None
    return None
