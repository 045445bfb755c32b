"""What a condition may name, and where in a condition we are."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from rules.conditions.tree import BodyMass, Condition, Limited, Number, Ref
from rules.faults import did_you_mean, refuse
from rules.kinds import Kind
from rules.questions.model import Question
from rules.reader import Scalar

LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and its unit; a unit of None goes with every unit (a bare number)."""

    number: Number
    unit: str | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A condition or a number that has a name."""

    meaning: Condition | Measure
    asks_unknown: bool  # holds unknown(...), so it may stand in positive positions only


@dataclass(frozen=True, slots=True)
class Names:
    """All that a condition may name."""

    questions: Mapping[str, Question]
    limits: Mapping[str, tuple[Limited, str]] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    derived: Mapping[str, tuple[BodyMass, str]] = field(default_factory=dict)

    def all(self) -> set[str]:
        """Every name that can stand alone."""
        return {*self.questions, *self.definitions, *self.derived}

    def conditions(self) -> dict[str, Condition]:
        """Return the definitions that are yes or no."""
        found = {name: definition.meaning for name, definition in self.definitions.items()}
        return {name: one for name, one in found.items() if not isinstance(one, Measure)}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a condition: the text, the names, and what holds around it."""

    source: Scalar
    names: Names
    condition: "Callable[[Spot, ast.expr], Condition]"  # reads a condition inside a number
    positive: bool = True  # not under ``not`` or in a ``none:`` list
    sure: str = ""  # why ``unknown`` cannot stand here, besides the above
    entry: tuple[str, Question] | None = None  # the name of the entry at hand, and its list

    def refuse(self, node: ast.AST, what: str, instead: str = "") -> NoReturn:
        """Stop, pointing at a part of the condition."""
        refuse(self.source.at(getattr(node, "col_offset", 0)), what, instead)

    def turned(self) -> "Spot":
        """The same place, under a ``not``."""
        return replace(self, positive=False)

    def within(self, reason: str) -> "Spot":
        """The same place, inside something in which ``unknown`` cannot stand."""
        return replace(self, sure=reason)

    def each(self, name: str, listed: Question) -> "Spot":
        """The same place, inside a list."""
        return replace(self, entry=(name, listed))

    def text(self, node: ast.AST) -> str:
        """The part of the author's text that a node stands for (for messages only)."""
        return ast.get_source_segment(self.source.text, node) or ""


def question_at(spot: Spot, node: ast.expr, kinds: tuple[Kind, ...], example: str) -> Question:
    """The question, or the field of the entry at hand, that is named."""
    found = find(spot, node)
    if not isinstance(found, Question):
        spot.refuse(node, f"'{spot.text(node)}' is not a question", example)
    if found.kind not in kinds:
        spot.refuse(node, f"'{found.id}' takes {_TAKES[found.kind]}", _WRITE[found.kind](found))
    return found


def find(spot: Spot, node: ast.expr) -> Question | Definition | tuple[BodyMass, str]:
    """Whatever a name, or a field of the entry at hand, stands for."""
    if isinstance(node, ast.Attribute):
        return _field(spot, node)
    if not isinstance(node, ast.Name):
        spot.refuse(node, f"a name is expected here, not {spot.text(node)}")
    if spot.entry and node.id == spot.entry[0]:
        instead = f"write {node.id}.{spot.entry[1].fields[0].id}"
        spot.refuse(node, f"'{node.id}' is a whole entry", instead)
    names = spot.names
    for known in (names.questions, names.definitions, names.derived):
        if node.id in known:
            return known[node.id]
    return _no_such_name(spot, node)


def _no_such_name(spot: Spot, node: ast.Name) -> NoReturn:
    hint = did_you_mean(node.id, spot.names.all(), "name a question that is asked before this")
    if any(node.id in question.tokens for question in spot.names.questions.values()):
        hint = f"options stand in quotes: '{node.id}'"
    spot.refuse(node, f"there is no question or definition '{node.id}' here", hint)


def _field(spot: Spot, node: ast.Attribute) -> Question:
    if not (spot.entry and isinstance(node.value, ast.Name) and node.value.id == spot.entry[0]):
        what = f"'{spot.text(node)}' is not known here"
        spot.refuse(node, what, "write limit.name, or entry.field inside a list")
    fields = spot.entry[1].readable_fields()
    if node.attr not in fields:
        what = f"an entry of '{spot.entry[1].id}' has no field '{node.attr}'"
        spot.refuse(node, what, did_you_mean(node.attr, fields))
    return fields[node.attr]


def ref(node: ast.expr, question: Question) -> Ref:
    """How the tree names a question."""
    return Ref(question.id, question.kind, isinstance(node, ast.Attribute))


_TAKES = {
    Kind.ONE: "one option",
    Kind.MANY: "any number of options",
    Kind.NUMBER: "a number",
    Kind.TEXT: "free text, which no condition reads",
    Kind.ENTRIES: "a list of entries",
}
_WRITE = {
    Kind.ONE: lambda asked: f"write {asked.id} == '{asked.tokens[0]}'",
    Kind.MANY: lambda asked: f"write '{asked.tokens[0]}' in {asked.id}",
    Kind.NUMBER: lambda asked: f"write {asked.id} >= {int(asked.low or 0)}",
    Kind.TEXT: lambda asked: f"leave '{asked.id}' out",
    Kind.ENTRIES: lambda asked: f"write count(e for e in {asked.id} if ...)",
}
