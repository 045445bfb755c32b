"""Atoms about options: which one was chosen, which ones are ticked."""

import ast

from rules.conditions.names import Spot, question_at, ref
from rules.conditions.tree import Chosen, Condition, Ticked
from rules.faults import did_you_mean
from rules.kinds import Kind
from rules.questions.model import Question


def chosen(spot: Spot, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> Condition:
    """Read ``x == 'a'``, ``x != 'a'``, ``x in ['a', 'b']`` or ``x not in [...]``."""
    if isinstance(left, ast.Constant):
        spot.refuse(left, "the question stands first", f"write {spot.text(right)} == 'option'")
    asked = question_at(spot, left, (Kind.ONE,), "write question == 'option'")
    if not isinstance(operator, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
        spot.refuse(right, "options have no order", f"write {asked.id} in ['a', 'b']")
    options = right.elts if isinstance(right, ast.List) else [right]
    if isinstance(right, ast.List) and isinstance(operator, ast.Eq | ast.NotEq):
        spot.refuse(right, "a list cannot be equal to one option", f"write {asked.id} in [...]")
    tokens = tuple(offered_option(spot, asked, option) for option in options)
    if not tokens:
        spot.refuse(right, "the list of options is empty", "write at least one option")
    negated = isinstance(operator, ast.NotEq | ast.NotIn)
    return Chosen(ref(left, asked), tokens, negated, asked.tokens)


def ticked(spot: Spot, left: ast.expr, right: ast.expr, *, negated: bool) -> Condition:
    """Read ``'a' in x`` or ``'a' not in x``."""
    if not isinstance(right, ast.Name | ast.Attribute):
        text = spot.text(left) or "x"
        spot.refuse(right, "a list of options stands in [ ]", f"write {text} in ['a', 'b']")
    asked = question_at(spot, right, (Kind.MANY,), "write 'option' in question")
    if not isinstance(left, ast.Constant):
        spot.refuse(left, "an option is expected here", f"write '{asked.tokens[0]}' in {asked.id}")
    token = offered_option(spot, asked, left)
    return Ticked(ref(right, asked), (token,), "none" if negated else "any")


def offered_option(spot: Spot, asked: Question, node: ast.expr) -> str:
    """An option that this question offers and that says something."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        spot.refuse(node, "an option in quotes is expected here", f"write '{asked.tokens[0]}'")
    token = node.value
    option = asked.option(token)
    if option is None:
        offered = f"it offers {', '.join(asked.tokens)}"
        hint = did_you_mean(token, asked.tokens, offered)
        spot.refuse(node, f"'{asked.id}' has no option '{token}'", hint)
    if option.meaning == "unknown":
        what = f"'{token}' says that the answer is not known"
        spot.refuse(node, what, f"write unknown({asked.id})")
    if option.meaning == "empty":
        instead = f"write none_of({asked.id}, ...) with the options that matter"
        spot.refuse(node, f"'{token}' means that nothing else is ticked", instead)
    return token
