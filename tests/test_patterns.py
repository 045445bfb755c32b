"""No pattern of ours takes longer than the text is long: none repeats what repeats without end."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parent.parent
parser: Any = re._parser  # type: ignore[attr-defined]
REPEATS = {parser.MAX_REPEAT, parser.MIN_REPEAT}
COMPILES = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}


def patterns() -> list[tuple[str, str]]:
    """Every pattern that is written out in the code that runs, and where."""
    found = []
    for path in sorted([*HOUSE.glob("screener/**/*.py"), *HOUSE.glob("rules/**/*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            named = node.func.attr in COMPILES and ast.unparse(node.func.value) == "re"
            first = node.args[0] if node.args else None
            if named and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.append((f"{path.relative_to(HOUSE)}:{node.lineno}", first.value))
    return found


def endless_inside(parsed: Any, around: Any = None) -> bool:
    """Whether something repeats without end inside what repeats without end.

    Apart from "-abc-abc": what begins with a sign that stands nowhere in the rest is read one way.
    """
    for operator, argument in parsed:
        endless = operator in REPEATS and argument[1] is parser.MAXREPEAT
        if endless and around is not None and not set_apart(around, argument[2]):
            return True
        around_these = argument[2] if endless else around
        if any(endless_inside(part, around_these) for part in parts_of(argument)):
            return True
    return False


def set_apart(around: Any, inside: Any) -> bool:
    """Whether each round begins with a sign that the repeat inside it never takes."""
    while around[0][0] is parser.SUBPATTERN:
        around = around[0][1][3]
    operator, sign = around[0]
    takes = re._compiler.compile(inside)  # type: ignore[attr-defined]
    return operator is parser.LITERAL and takes.fullmatch(chr(sign)) is None


def parts_of(argument: Any) -> list[Any]:
    """The patterns inside a part of a pattern."""
    if isinstance(argument, parser.SubPattern):
        return [argument]
    if isinstance(argument, list | tuple):
        return [part for one in argument for part in parts_of(one)]
    return []


@pytest.mark.parametrize(("where", "pattern"), patterns())
def test_no_pattern_repeats_what_repeats_without_end(where: str, pattern: str) -> None:
    assert not endless_inside(parser.parse(pattern)), where


@pytest.mark.parametrize("pattern", ["(a+)+", "(?:a*b?)*c", r"(\d+,?)+$", "((a|b*)c?)+"])
def test_a_pattern_that_would_take_for_ever_is_noticed(pattern: str) -> None:
    assert endless_inside(parser.parse(pattern))
