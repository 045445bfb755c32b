"""The same conditions in the languages of others, written from the typed trees of the content.

None of them can ask whether a *condition* is unknown, so the one rule that does is left out there.
Limits are written in as numbers: what they decide is then a constant, which is in their favour.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref

Logic = Any  # JsonLogic: nested lists and objects


class NoWordsError(Exception):
    """A language cannot say a condition."""


class Language:
    """How an expression language writes a condition.

    Args:
        words: the templates of the language.
        limits: the numbers that stand for limits.
    """

    def __init__(self, words: Mapping[str, str], limits: Mapping[str, int]) -> None:
        self.words, self.limits = words, limits

    def write(self, node: Condition) -> str:
        """Write a condition."""
        match node:
            case tree.Named(part=part):
                return self.write(part)
            case tree.Not(part):
                return self.say("not", self.write(part))
            case tree.And(parts) | tree.Or(parts):
                word = "and" if isinstance(node, tree.And) else "or"
                return f"({self.words[word].join(map(self.write, parts))})"
            case _:
                return self.atom(node)

    def atom(self, node: Condition) -> str:
        """Write a condition that has no conditions in it."""
        match node:
            case tree.Always():
                return "true"
            case tree.Unknown(tree.Ref() as ref):
                return self.say("gap", self.name(ref))
            case tree.Compare(left, operator, right):
                return self.compared(left, operator, right)
            case tree.Chosen() | tree.Ticked():
                return self.option(node)
        raise NoWordsError(type(node).__name__)

    def option(self, node: tree.Chosen | tree.Ticked) -> str:
        """Write a condition on options."""
        name = self.name(node.ref)
        if isinstance(node, tree.Chosen):
            said = self.say("one of", name, json.dumps(node.tokens))
            return self.say("not", said) if node.negated else said
        word = self.words["and" if node.how == "all" else "or"]
        said = word.join(self.say("ticked", name, json.dumps(token)) for token in node.tokens)
        return self.say("not", said) if node.how == "none" else f"({said})"

    def compared(self, left: Number, operator: str, right: Number) -> str:
        """Write a comparison; an index rounded down reaches a whole number when it itself does."""
        if isinstance(left, tree.BodyMass) and operator == ">=":
            tall = self.name(left.height.ref)
            return f"{self.name(left.weight.ref)} * 10000 >= {self.number(right)} * {tall} * {tall}"
        return f"{self.number(left)} {operator} {self.number(right)}"

    def number(self, node: Number) -> str:
        """Write a number."""
        match node:
            case tree.Whole(value):
                return str(value)
            case tree.Limited(name):
                return str(self.limits[name])
            case tree.NamedNumber(part=part):
                return self.number(part)
            case tree.Asked(ref) | tree.Band(ref):
                return self.name(ref)
            case tree.Count(ref, _, part):
                return self.say("count", self.name(ref), self.write(part))
        raise NoWordsError(type(node).__name__)

    def name(self, ref: Ref) -> str:
        """Write the name of an answer."""
        return self.say("field" if ref.in_entry else "answer", ref.id)

    def say(self, word: str, *parts: str) -> str:
        """Fill a template."""
        return self.words[word].format(*parts)


ZEN = {
    "and": " and ",
    "or": " or ",
    "not": "not ({0})",
    "gap": "{0} == null",
    "one of": "{0} in {1}",
    "ticked": "{1} in {0}",
    "count": "count({0}, {1})",
    "answer": "{0}",
    "field": "#.{0}",
}
CEL = ZEN | {
    "and": " && ",
    "or": " || ",
    "not": "!({0})",
    "gap": "!has({0})",
    "count": "size({0}.filter(t, {1}))",
    "answer": "a.{0}",
    "field": "t.{0}",
}


class JsonLogic:
    """How JsonLogic writes a condition; see ``Language``."""

    def __init__(self, limits: Mapping[str, int]) -> None:
        self.limits = limits

    def write(self, node: Condition) -> Logic:
        """Write a condition."""
        if type(node) not in _LOGIC:
            raise NoWordsError(type(node).__name__)
        return _LOGIC[type(node)](self, node)

    def compared(self, node: tree.Compare) -> Logic:
        """Write a comparison."""
        left, right = node.left, self.number(node.right)
        if isinstance(left, tree.BodyMass) and node.operator == ">=":
            tall = _var(left.height.ref)
            return {">=": [{"*": [_var(left.weight.ref), 10000]}, {"*": [right, tall, tall]}]}
        return {node.operator: [self.number(left), right]}

    def number(self, node: Number) -> Logic:
        """Write a number."""
        match node:
            case tree.Whole(value):
                return value
            case tree.Limited(name):
                return self.limits[name]
            case tree.NamedNumber(part=part):
                return self.number(part)
            case tree.Asked(ref) | tree.Band(ref):
                return _var(ref)
            case tree.Count(ref, _, part):
                kept = {"filter": [_var(ref), self.write(part)]}
                return {"reduce": [kept, {"+": [{"var": "accumulator"}, 1]}, 0]}
        raise NoWordsError(type(node).__name__)

    def unknown(self, node: tree.Unknown) -> Logic:
        """Write a question for a gap."""
        if not isinstance(node.part, Ref):
            raise NoWordsError("unknown(condition)")
        return {"==": [_var(node.part), None]}

    def joined(self, node: tree.And | tree.Or) -> Logic:
        """Write parts that belong together."""
        word = "and" if isinstance(node, tree.And) else "or"
        return {word: [self.write(part) for part in node.parts]}


def _var(ref: Ref) -> Logic:
    return {"var": ref.id}


def _chosen(_logic: JsonLogic, node: tree.Chosen) -> Logic:
    said = {"in": [_var(node.ref), list(node.tokens)]}
    return {"!": [said]} if node.negated else said


def _ticked(_logic: JsonLogic, node: tree.Ticked) -> Logic:
    ticks = [{"in": [token, _var(node.ref)]} for token in node.tokens]
    said = {"and" if node.how == "all" else "or": ticks}
    return {"!": [said]} if node.how == "none" else said


_LOGIC: Mapping[type, Callable[[JsonLogic, Any], Logic]] = {
    tree.Always: lambda _logic, _node: True,
    tree.Named: lambda logic, node: logic.write(node.part),
    tree.Not: lambda logic, node: {"!": [logic.write(node.part)]},
    tree.And: JsonLogic.joined,
    tree.Or: JsonLogic.joined,
    tree.Unknown: JsonLogic.unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.Compare: JsonLogic.compared,
}
