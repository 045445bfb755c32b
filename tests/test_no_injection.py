"""Nothing that somebody typed becomes part of a statement, a command or a program."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_house import named, shipped

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA|SET|CREATE|DROP|ALTER|WITH)\s")
# What stands inside of statements that are put together: numbers and settings of the program's own.
OF_OURS = {"LONGEST_START", "LONGEST_START * 1000", "pragma", "patience"}
RUNS = {"eval", "exec", "compile", "__import__"}
LOADS = {"pickle", "marshal", "shelve", "subprocess", "code", "pty"}
# The rules become one function: words of ours and counted names, and no text of an author.
OF_THE_CONTENT = [("rules/compiler.py", "compile"), ("rules/compiler.py", "exec")]
STARTS = {
    "os.system",
    "os.popen",
    "os.startfile",
    "yaml.load",
    "yaml.unsafe_load",
    "yaml.full_load",
}


def put_together(tree: ast.AST) -> Iterator[str]:
    """What is put into each text that begins like a statement."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *rest]):
                parts = [
                    ast.unparse(one.value) for one in rest if isinstance(one, ast.FormattedValue)
                ]
            case ast.BinOp(left=ast.Constant(value=str(begins)), right=added):
                parts = [ast.unparse(added)]
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(begins)), attr="format")):
                parts = [ast.unparse(one) for one in node.args]
            case _:
                continue
        if STATEMENT.match(begins):
            yield from parts


def dangerous(tree: ast.AST) -> Iterator[str]:
    """What runs a text, reads a program out of it, or starts another one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in RUNS:
                yield name
            case ast.Attribute() if (name := ast.unparse(node)) in STARTS:
                yield name
            case ast.Import(names=imported):
                yield from (one.name for one in imported if one.name in LOADS)
            case ast.ImportFrom(module=str(name)) if name in LOADS:
                yield name


def test_nothing_from_outside_is_written_into_a_statement() -> None:
    found = {
        (named(path), part)
        for path in shipped
        for part in put_together(ast.parse(path.read_text("utf-8")))
    }

    assert [] == sorted((where, part) for where, part in found if part not in OF_OURS)
    assert {part for _, part in found} == OF_OURS


def test_nothing_runs_a_text_or_starts_a_program() -> None:
    found = [
        (named(path), name)
        for path in shipped
        for name in dangerous(ast.parse(path.read_text("utf-8")))
    ]

    assert OF_THE_CONTENT == sorted(found)


@pytest.mark.parametrize(
    "said",
    [
        "run(f\"SELECT 1 FROM a WHERE b = '{typed}'\")",
        "run('DELETE FROM a WHERE b = ' + typed)",
        "run('update a'.upper(), 'UPDATE a SET b = %s' % typed)",
        "run('INSERT INTO a VALUES ({})'.format(typed))",
    ],
)
def test_a_statement_that_is_put_together_is_noticed(said: str) -> None:
    assert ["typed"] == list(put_together(ast.parse(said)))


@pytest.mark.parametrize(
    "said",
    ["eval(typed)", "import pickle", "from subprocess import run", "os.system(x)", "yaml.load(x)"],
)
def test_a_call_that_runs_something_is_noticed(said: str) -> None:
    assert 1 == len(list(dangerous(ast.parse(said))))
