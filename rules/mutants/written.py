"""A typed tree written back as the text that an author would write."""

from collections.abc import Callable, Mapping
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref

ENTRY = "t"


def written(node: Condition | Number) -> str:
    """The text of a condition or of a number, on one line."""
    return _WRITTEN[type(node)](node)


def _name(ref: Ref) -> str:
    return f"{ENTRY}.{ref.id}" if ref.in_entry else ref.id


def _inner(node: Condition | Number) -> str:
    """A part of something larger, in brackets where it is itself made of parts."""
    grouped = isinstance(node, tree.And | tree.Or | tree.Not | tree.Sum)
    return f"({written(node)})" if grouped else written(node)


def _quoted(tokens: tuple[str, ...]) -> str:
    return ", ".join(f"'{token}'" for token in tokens)


def _chosen(node: tree.Chosen) -> str:
    if not node.tokens[1:]:
        return f"{_name(node.ref)} {'!=' if node.negated else '=='} {_quoted(node.tokens)}"
    return f"{_name(node.ref)} {'not in' if node.negated else 'in'} [{_quoted(node.tokens)}]"


def _ticked(node: tree.Ticked) -> str:
    return f"{node.how}_of({_name(node.ref)}, {_quoted(node.tokens)})"


def _each(word: str, node: tree.AnyEntry | tree.Count) -> str:
    return f"{word}({ENTRY} for {ENTRY} in {node.ref.id} if {written(node.part)})"


def _unknown(node: tree.Unknown) -> str:
    inner = _name(node.part) if isinstance(node.part, Ref) else written(node.part)
    return f"unknown({inner})"


_WRITTEN: Mapping[type[Condition | Number], Callable[[Any], str]] = {
    tree.Always: lambda _node: "always",
    tree.Named: lambda node: str(node.name),
    tree.NamedNumber: lambda node: str(node.name),
    tree.Not: lambda node: f"not {_inner(node.part)}",
    tree.And: lambda node: " and ".join(map(_inner, node.parts)),
    tree.Or: lambda node: " or ".join(map(_inner, node.parts)),
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: lambda node: _each("any", node),
    tree.Compare: lambda node: f"{_inner(node.left)} {node.operator} {_inner(node.right)}",
    tree.Whole: lambda node: str(node.value),
    tree.Asked: lambda node: _name(node.ref),
    tree.Band: lambda node: _name(node.ref),
    tree.Limited: lambda node: f"limit.{node.id}",
    tree.BodyMass: lambda node: f"body_mass({node.weight.ref.id}, {node.height.ref.id})",
    tree.Sum: lambda node: f"{_inner(node.left)} {node.sign} {_inner(node.right)}",
    tree.Count: lambda node: _each("count", node),
    tree.CountTicks: lambda node: f"count({_name(node.ref)})",
}
