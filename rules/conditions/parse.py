"""From an author's text to a typed tree; everything outside the grammar is refused.

The grammar::

    cond := cond 'or' cond | cond 'and' cond | 'not' cond | '(' cond ')' | atom
    atom := NAME                                   a yes/no definition
          | NAME ('==' | '!=') 'option'            one choice
          | NAME ['not'] 'in' ['a', 'b']           one choice
          | 'option' ['not'] 'in' NAME             many choices
          | (any_of | all_of | none_of)(NAME, 'a', ...)
          | num ('<' | '<=' | '>' | '>=' | '==' | '!=') num
          | any(v for v in LIST if cond)           with v.field inside
          | unknown(NAME | cond)                   in positive positions only
    num  := INT | NAME | v.field | limit.NAME | num ('+' | '-' | '*') num
          | count(NAME) | count(v for v in LIST if cond)

The standard library reads the text; what it read is then taken apart against this
grammar, so nothing of the text goes any further than names, options and numbers.
"""

import ast
import re
import warnings

from rules.conditions.checks import holds_unknown
from rules.conditions.names import Definition, Names, Spot
from rules.conditions.numbers import measure
from rules.conditions.sentences import condition
from rules.conditions.tree import Always, And, Condition, Not, Or
from rules.faults import refuse
from rules.fields import scalar
from rules.reader import Listing, Mapping, Node, Scalar

LONGEST, DEEPEST = 2_000, 20
_STRANGE = re.compile(r"[^A-Za-z0-9_ '\".,()\[\]<>=!+*/%-]")
_GROUPS = ("any", "all", "none")


def parse(node: Node, names: Names, *, deep: int = 0, positive: bool = True) -> Condition:
    """Read a condition: a text, or a mapping of any / all / none to a list of them.

    Raises:
        ContentError: with the place of what is wrong and what to write instead.
    """
    if deep > DEEPEST:
        refuse(node.place, f"this is more than {DEEPEST} levels deep", "name a part under define:")
    if isinstance(node, Mapping):
        return _group(node, names, deep, positive=positive)
    text = scalar(node, "a condition")
    if text.text.strip() == "always":
        return Always()
    return condition(Spot(text, names, condition, positive=positive), expression(text))


def _group(node: Mapping, names: Names, deep: int, *, positive: bool) -> Condition:
    if len(node.entries) != 1 or next(iter(node.entries)) not in _GROUPS:
        refuse(node.place, "a group of conditions has one key", "write any:, all: or none:")
    ((word, listed),) = node.entries.items()
    if not isinstance(listed, Listing) or not listed.items:
        refuse(listed.place, f"'{word}:' holds a list of conditions", "write '- ' before each")
    positive = positive and word != "none"
    parts = tuple(parse(item, names, deep=deep + 1, positive=positive) for item in listed.items)
    if any(isinstance(part, Always) for part in parts):
        refuse(node.place, "'always' stands alone", "write when: always, or leave it out")
    match word:
        case "all":
            return And(parts)
        case "any":
            return Or(parts)
        case _:
            return Not(Or(parts))


def expression(source: Scalar) -> ast.expr:
    """The standard library's reading of a text, within our bounds of size and depth."""
    _check_text(source)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # "1or 2" is only a warning to Python
            tree = ast.parse(source.text, mode="eval").body
    except SyntaxError as error:
        if "too many nested" in error.msg:
            refuse(source.place, "this is too deep", "name parts of it under define:")
        offset = error.offset or len(source.text) + 1  # 0: at the end
        refuse(source.at(offset - 1), "this is not a condition", _FORMS)
    except (ValueError, RecursionError, MemoryError):
        refuse(source.place, "this is too long or too deep", "name parts of it under define:")
    if _depth(tree) > DEEPEST:
        refuse(source.place, f"this is more than {DEEPEST} deep", "name parts of it under define:")
    return tree


_FORMS = "write x == 'option', 'option' in x, x >= 5, joined by and, or, not"


def _check_text(source: Scalar) -> None:
    text = source.text
    if source.cut:
        refuse(source.place, "a ' #' may have cut this condition short", "put it in double quotes")
    if not text.strip():
        refuse(source.place, "this condition is empty", _FORMS)
    if text[0] == " ":
        refuse(source.place, "this condition starts with a blank", "take the blank out")
    if len(text) > LONGEST:
        what = f"this condition has {len(text)} characters, more than {LONGEST}"
        refuse(source.place, what, "name parts of it under define:")
    if strange := _STRANGE.search(text):
        what = f"the sign {strange.group()!r} is not used in conditions"
        refuse(source.at(strange.start()), what, _FORMS)


def _depth(tree: ast.expr) -> int:
    deepest, waiting = 0, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        children = (child for child in ast.iter_child_nodes(node))
        waiting += [(child, depth + isinstance(child, ast.expr)) for child in children]  # type: ignore[misc]
    return deepest


def define(node: Node, names: Names) -> Definition:
    """Read what a name under ``define:`` stands for: a condition or a number."""
    if isinstance(node, Scalar) and node.text.lstrip().startswith("count("):
        tree = expression(node)
        if not isinstance(tree, ast.Compare | ast.BoolOp):
            return Definition(measure(Spot(node, names, condition), tree), asks_unknown=False)
    meaning = parse(node, names)
    return Definition(meaning, asks_unknown=holds_unknown(meaning))
