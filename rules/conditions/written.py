"""A typed tree written as an author would write it."""

from collections.abc import Callable, Mapping
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number, Ref


def written(node: Condition | Number | Ref) -> str:
    """Write a condition, or a number, in the grammar of the content files."""
    return _WRITTEN[type(node)](node)


def _quoted(tokens: tuple[str, ...]) -> str:
    return ", ".join(f"'{token}'" for token in tokens)


def _ref(node: Ref) -> str:
    return f"e.{node.id}" if node.in_entry else node.id


def _chosen(node: tree.Chosen) -> str:
    if len(node.tokens) == 1:
        return f"{_ref(node.ref)} {'!=' if node.negated else '=='} {_quoted(node.tokens)}"
    return f"{_ref(node.ref)} {'not in' if node.negated else 'in'} [{_quoted(node.tokens)}]"


def _ticked(node: tree.Ticked) -> str:
    if len(node.tokens) == 1:
        return f"{_quoted(node.tokens)} {'not in' if node.how == 'none' else 'in'} {_ref(node.ref)}"
    return f"{node.how}_of({_ref(node.ref)}, {_quoted(node.tokens)})"


def _joined(word: str) -> Callable[[Any], str]:
    return lambda node: f" {word} ".join(map(_bracketed, node.parts))


def _bracketed(node: Condition) -> str:
    return f"({written(node)})" if isinstance(node, tree.And | tree.Or) else written(node)


def _each(word: str) -> Callable[[Any], str]:
    return lambda node: f"{word}(e for e in {_ref(node.ref)} if {written(node.part)})"


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    Ref: _ref,
    tree.Always: lambda _node: "always",
    tree.Named: lambda node: node.name,
    tree.NamedNumber: lambda node: node.name,
    tree.Not: lambda node: f"not ({written(node.part)})",
    tree.And: _joined("and"),
    tree.Or: _joined("or"),
    tree.Unknown: lambda node: f"unknown({written(node.part)})",
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: _each("any"),
    tree.Count: _each("count"),
    tree.CountTicks: lambda node: f"count({_ref(node.ref)})",
    tree.Compare: lambda node: f"{written(node.left)} {node.operator} {written(node.right)}",
    tree.Sum: lambda node: f"({written(node.left)} {node.sign} {written(node.right)})",
    tree.Whole: lambda node: str(node.value),
    tree.Asked: lambda node: _ref(node.ref),
    tree.Band: lambda node: _ref(node.ref),
    tree.Limited: lambda node: f"limit.{node.id}",
    tree.BodyMass: lambda node: f"body mass of {written(node.weight)} and {written(node.height)}",
}
