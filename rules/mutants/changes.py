"""Every way to change one thing in a condition."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from rules.conditions import tree
from rules.conditions.tree import Condition, Number
from rules.kinds import UNKNOWN_TOKENS
from rules.mutants.written import written


@dataclass(frozen=True, slots=True)
class Change:
    """A condition in which one thing is not as it was.

    Attributes:
        node: the whole condition after the change.
        kind: what sort of slip it is.
        before: the text of the part that changed, as it was.
        after: that part as it is now.
    """

    node: Any
    kind: str
    before: str
    after: str


def changes(node: Condition | Number) -> Iterator[Change]:
    """Every change of one thing, here or anywhere below."""
    for kind, changed in _HERE.get(type(node), _nothing)(node):
        yield Change(changed, kind, written(node), written(changed))
    for field in fields(node):
        for change in _inside(getattr(node, field.name)):
            whole: Any = replace(node, **{field.name: change.node})
            yield replace(change, node=whole)


def _inside(value: object) -> Iterator[Change]:
    """The changes of what one attribute of a node holds."""
    if isinstance(value, Condition | Number):
        yield from changes(value)
    for index, part in enumerate(value if isinstance(value, tuple) else ()):
        for change in _inside(part):
            parts = value[:index], value[index + 1 :]  # type: ignore[index]
            yield replace(change, node=(*parts[0], change.node, *parts[1]))


Made = Iterator[tuple[str, Condition | Number]]


def _nothing(_node: object) -> Made:
    return iter(())


def _negated(node: Condition) -> Made:
    yield "negation added", tree.Not(node)


def _compared(node: tree.Compare) -> Made:
    yield from _negated(node)
    for step in (1, -1):
        yield "comparison shifted by one", replace(node, right=_shifted(node.right, step))


def _shifted(number: Number, step: int) -> Number:
    if isinstance(number, tree.Whole):
        return tree.Whole(number.value + step)
    return tree.Sum(number, "+" if step > 0 else "-", tree.Whole(1))


def _joined(node: tree.And | tree.Or) -> Made:
    yield from _negated(node)
    other = tree.Or if isinstance(node, tree.And) else tree.And
    yield "and/or swapped", other(node.parts)
    for index in range(len(node.parts)):
        left = node.parts[:index] + node.parts[index + 1 :]
        yield "part dropped", left[0] if len(left) == 1 else replace(node, parts=left)


def _dropped(node: tree.Chosen | tree.Ticked) -> Made:
    for index, token in enumerate(node.tokens if node.tokens[1:] else ()):
        left = node.tokens[:index] + node.tokens[index + 1 :]
        yield f"option dropped ({token})", replace(node, tokens=left)


def _chosen(node: tree.Chosen) -> Made:
    word = "negation removed" if node.negated else "negation added"
    yield word, replace(node, negated=not node.negated)
    yield from _dropped(node)
    others = [token for token in node.offered if token not in {*node.tokens, *UNKNOWN_TOKENS}]
    for index, token in enumerate(node.tokens):
        for other in others[:1]:
            tokens = (*node.tokens[:index], other, *node.tokens[index + 1 :])
            yield f"option changed ({token})", replace(node, tokens=tokens)


def _ticked(node: tree.Ticked) -> Made:
    word = "negation removed" if node.how == "none" else "negation added"
    if node.how == "all":
        yield word, tree.Not(node)
    else:
        yield word, replace(node, how="any" if node.how == "none" else "none")
    if node.how != "none" and node.tokens[1:]:
        yield "any/all swapped", replace(node, how="any" if node.how == "all" else "all")
    yield from _dropped(node)


def _unknown(node: tree.Unknown) -> Made:
    yield from _negated(node)
    if isinstance(node.part, Condition):
        yield "unknown dropped", node.part


_HERE: Mapping[type, Callable[[Any], Made]] = {
    tree.Always: _negated,
    tree.AnyEntry: _negated,
    tree.Not: lambda node: iter([("negation removed", node.part)]),
    tree.And: _joined,
    tree.Or: _joined,
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.Compare: _compared,
}
