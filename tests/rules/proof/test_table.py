"""The table of safety properties names what exists, and all that exists."""

import ast
import re
from pathlib import Path

from rules.proof import Proof
from rules.proof.checks import every

HOUSE = Path(__file__).parents[3]
TEXT = (HOUSE / "docs/safety-properties.md").read_text("utf-8")
ROWS = {
    int(row[1]): row for row in re.finditer(r"(?m)^\| (\d+) \|([^|]+)\|([^|]*)\|([^|]*)\|$", TEXT)
}


def named(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def functions(path: str) -> set[str]:
    tree = ast.parse((HOUSE / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_each_of_the_22_properties_is_shown_by_something() -> None:
    assert list(range(1, 23)) == list(ROWS)
    assert [] == [number for number, row in ROWS.items() if not named(row[3] + row[4])]


def test_each_proof_stands_with_its_number(proof: Proof) -> None:
    written = {name: str(number) for number, row in ROWS.items() for name in named(row[3])}
    others = dict.fromkeys(re.findall(r"(?m)^\| `([a-z-]+)` \|", TEXT), "")

    assert {check.name: check.property for check in every(proof)} == written | others


def test_each_test_exists() -> None:
    tests = [name for row in ROWS.values() for name in named(row[4])]
    missing = [
        name
        for path, _, function in (name.partition("::") for name in tests)
        if function not in functions(path)
        for name in [f"{path}::{function}"]
    ]

    assert [] == missing


def test_each_test_that_carries_a_number_stands_with_it() -> None:
    for number, row in ROWS.items():
        carried = re.findall(r"test_property_(\d+)_", row[4])
        assert {str(number)} >= set(carried)
