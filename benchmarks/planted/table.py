"""The table of planted faults: data in faults/*.toml, one file for each area."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parent.parent.parent
FAULTS = Path(__file__).parent / "faults"
NOT_PLANTED = Path(__file__).parent / "not_planted.toml"
TESTS = (Path("tests"), Path("tests/screener"))


@dataclass(frozen=True)
class Fault:
    """One way to break a promise.

    Attributes:
        what: in words, what is no longer so.
        file: where it is planted, from the top of the house.
        old: what stands there; once.
        new: what stands there instead.
        tests: each of these must fail; written as in docs/security.md, with "[…]" for one of many.
        raises: the error that also tells of it, where that is no assertion; "one or other".
        area: the name of the file of the table that it stands in.
    """

    what: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    raises: str = field(default="", kw_only=True)
    area: str = field(default="", kw_only=True)

    def fits(self, word: str) -> bool:
        """Say whether a word occurs in what a reader would look for."""
        return word in " ".join((self.area, self.what, self.file, *self.tests))


def read() -> list[Fault]:
    """Read the table, in the order of its files.

    Raises:
        TypeError: a row has a key too many or too few.
    """
    return [
        Fault(**(row | {"tests": tuple(row["tests"])}), area=file.stem.replace("_", " "))
        for file in sorted(FAULTS.glob("*.toml"))
        for row in _rows(file)
    ]


def _rows(file: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["fault"]
    return rows


def not_planted() -> dict[str, str]:
    """Read which tests of docs/security.md have no fault planted for them, and why."""
    reasons: dict[str, str] = tomllib.loads(NOT_PLANTED.read_text("utf-8"))
    return reasons


def place(test: str, house: Path = HOUSE) -> str:
    """Write a test as pytest names it: docs/security.md leaves the folders out.

    Raises:
        LookupError: no such file is there, or two are.
    """
    file, _, name = test.partition("::")
    there = [folder / file for folder in TESTS if (house / folder / file).is_file()]
    if len(there) != 1:
        raise LookupError(test)
    return f"{there[0].as_posix()}::{name}"
