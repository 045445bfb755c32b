"""The yes/no part of the grammar."""

import ast
from collections.abc import Callable
from typing import NoReturn

from rules.conditions.atoms import chosen, offered_option, ticked
from rules.conditions.names import Definition, Measure, Spot, find, question_at, ref
from rules.conditions.numbers import compared, each_entry
from rules.conditions.tree import And, AnyEntry, Condition, Named, Not, Or, Ticked, Unknown
from rules.kinds import Kind
from rules.questions.model import Question


def condition(spot: Spot, node: ast.expr) -> Condition:
    """Read one condition of the grammar."""
    match node:
        case ast.BoolOp(op=operator):
            parts = tuple(condition(spot, _not_a_text(spot, node, part)) for part in node.values)
            return And(parts) if isinstance(operator, ast.And) else Or(parts)
        case ast.UnaryOp(op=ast.Not()):
            return Not(condition(spot.turned(), node.operand))
        case ast.Compare():
            return _compare(spot, node)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            return _CALLS[name](spot, node)
        case ast.Name() | ast.Attribute():
            return _named(spot, node)
        case _:
            return _refuse(spot, node)


def _refuse(spot: Spot, node: ast.expr) -> NoReturn:
    """Say why this cannot stand where yes or no is needed."""
    match node:
        case ast.Call():
            name = spot.text(node.func)
            calls = "any_of, all_of, none_of, any, unknown and count can be called"
            spot.refuse(node, f"'{name}' cannot be called here", calls)
        case ast.Constant(value=str() as text):
            spot.refuse(node, f"the text '{text}' is not a condition", f"write x == '{text}'")
        case ast.Constant() | ast.BinOp():
            spot.refuse(node, "a number is not a condition", f"write {spot.text(node)} >= 1")
        case _:
            forms = "write x == 'option', 'option' in x, x >= 5, joined by and, or, not"
            spot.refuse(node, f"'{spot.text(node)}' is not part of a condition", forms)


def _not_a_text(spot: Spot, whole: ast.BoolOp, part: ast.expr) -> ast.expr:
    """Catch ``smoking == 'current' or 'past'``, which Python reads as always true."""
    if not (isinstance(part, ast.Constant) and isinstance(part.value, str)):
        return part
    for other in whole.values:
        match other:
            case ast.Compare(left=ast.Name() | ast.Attribute() as left, ops=[ast.Eq()]):
                first = spot.text(other.comparators[0])
                instead = f"write {spot.text(left)} in [{first}, '{part.value}']"
                spot.refuse(part, f"the text '{part.value}' is not a condition", instead)
    return part


def _compare(spot: Spot, node: ast.Compare) -> Condition:
    if len(node.ops) > 1:
        first, second = spot.text(node.left), spot.text(node.comparators[0])
        last = spot.text(node.comparators[1])
        instead = f"write two, joined by and: {first} ... {second} and {second} ... {last}"
        spot.refuse(node, "comparisons cannot be chained", instead)
    left, operator, right = node.left, node.ops[0], node.comparators[0]
    if isinstance(operator, ast.Is | ast.IsNot):
        spot.refuse(node, "'is' is not used", "write == or !=")
    if isinstance(operator, ast.In | ast.NotIn) and not isinstance(right, ast.List):
        return ticked(spot, left, right, negated=isinstance(operator, ast.NotIn))
    if isinstance(operator, ast.In | ast.NotIn) or any(map(_is_option, (left, right))):
        return chosen(spot, left, operator, right)
    return compared(spot, node)


def _is_option(node: ast.expr) -> bool:
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text or isinstance(node, ast.List)


def _ticks(spot: Spot, node: ast.Call) -> Condition:
    how = spot.text(node.func)
    if not node.args[1:] or node.keywords:
        spot.refuse(node, f"{how} takes a question and options", f"write {how}(x, 'a', 'b')")
    asked = question_at(spot, node.args[0], (Kind.MANY,), f"write {how}(question, 'a', 'b')")
    tokens = tuple(offered_option(spot, asked, option) for option in node.args[1:])
    return Ticked(ref(node.args[0], asked), tokens, how.removesuffix("_of"))  # type: ignore[arg-type]


def _any(spot: Spot, node: ast.Call) -> Condition:
    name, listed, part = each_entry(spot, node, "any")
    place = ref(node, listed)
    if part is None:
        instead = f"write any({name} for {name} in {listed.id} if ...)"
        spot.refuse(node, "any needs a condition", instead)
    return AnyEntry(place, condition(spot.each(name, listed), part))


def _unknown(spot: Spot, node: ast.Call) -> Condition:
    if len(node.args) != 1 or node.keywords:
        spot.refuse(node, "unknown takes one thing", "write unknown(x)")
    if not spot.positive:
        instead = "say what is wanted without not: not knowing may only add concern"
        spot.refuse(node, "unknown(...) cannot stand under not or none:", instead)
    if spot.sure:
        what = f"unknown(...) cannot stand inside {spot.sure}"
        spot.refuse(node, what, "put it beside it, with or")
    inner = node.args[0]
    if isinstance(inner, ast.Name | ast.Attribute):
        found = find(spot, inner)
        if isinstance(found, Question):
            return Unknown(ref(inner, found))
    return Unknown(condition(spot.within("unknown(...)"), inner))


def _named(spot: Spot, node: ast.Name | ast.Attribute) -> Condition:
    found = find(spot, node)
    if isinstance(found, Question):
        question_at(spot, node, (), "")
    if not isinstance(found, Definition) or isinstance(found.meaning, Measure):
        text = spot.text(node)
        spot.refuse(node, f"'{text}' is a number, not a condition", f"write {text} >= 1")
    if found.asks_unknown and not (spot.positive and not spot.sure):
        instead = "say what is wanted without not: not knowing may only add concern"
        spot.refuse(node, "this definition holds unknown(...) and cannot stand here", instead)
    return Named(spot.text(node), found.meaning)


_CALLS: dict[str, Callable[[Spot, ast.Call], Condition]] = {
    "unknown": _unknown,
    "any": _any,
    "any_of": _ticks,
    "all_of": _ticks,
    "none_of": _ticks,
}
