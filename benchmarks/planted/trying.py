"""Running tests in a copy, and telling a test that saw the fault from one that only broke."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.planted.copies import around, planted
from benchmarks.planted.table import Fault, place

LONGEST = 180  # seconds for the few tests of one fault
LONGEST_UNBROKEN = 1800
OWN_WORDS = ("assert", "AssertionError", "Failed")  # how a test says that it saw something


@dataclass(frozen=True)
class Outcome:
    """What became of a test: how often it ran, and what it said each time that it failed."""

    ran: int
    said: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Whether a fault was found; if not, by which tests, and what they did instead."""

    fault: Fault
    missed: tuple[str, ...]


def tried(fault: Fault, folder: Path) -> Verdict:
    """Plant a fault in a copy, run its tests, and say which of them did not see it."""
    with planted(fault, folder):
        try:
            outcomes = run(fault.tests, folder, *_where(fault), seconds=LONGEST)
        except subprocess.TimeoutExpired:
            return Verdict(fault, tuple(f"{test}: took too long" for test in fault.tests))
    found = ((test, blind(fault, outcomes[test])) for test in fault.tests)
    return Verdict(fault, tuple(f"{test}: {why}" for test, why in found if why))


def _where(fault: Fault) -> tuple[str, ...]:
    """A test of the store runs on SQLite alone, unless the other is named: that starts quicker."""
    other, tests = "postgresql", " ".join(fault.tests)
    return ("-k", f"not {other}") if "store/" in tests and other not in tests else ()


def blind(fault: Fault, outcome: Outcome) -> str:
    """Say why a test has not seen a fault; empty when it has.

    A test that ends by another error than its own assertion has seen nothing: with a slip in the
    fault any test would.
    """
    ways = (*OWN_WORDS, *fault.raises.split(" or ")) if fault.raises else OWN_WORDS
    if any(said.startswith(ways) for said in outcome.said):
        return ""
    if outcome.said:
        return f"failed by another error, {outcome.said[0].splitlines()[0][:200]}"
    return "passed" if outcome.ran else "did not run"


def unbroken(tests: Iterable[str], folder: Path) -> list[str]:
    """Run tests in a copy without a fault; name those that do not pass there."""
    outcomes = run(sorted(set(tests)), folder, "-n2", seconds=LONGEST_UNBROKEN, compiles=True)
    return [test for test, outcome in outcomes.items() if outcome.said or not outcome.ran]


def run(
    tests: Sequence[str], folder: Path, *options: str, seconds: int, compiles: bool = False
) -> dict[str, Outcome]:
    """Run tests in a copy and say what became of each."""
    report = folder.parent / f"{folder.name}.xml"
    report.unlink(missing_ok=True)
    places = {test: place(test, folder) for test in tests}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    subprocess.run(
        [*command, f"--junitxml={report}", *places.values()],
        cwd=folder,
        env=around(folder, compiles=compiles),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=False,
    )
    cases = list(ET.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314 - ours
    return {test: _outcome(where, cases) for test, where in places.items()}


def _outcome(where: str, cases: Iterable[ET.Element]) -> Outcome:
    file, _, name = where.partition("::")
    module = file.removesuffix(".py").replace("/", ".")
    mine = [
        case
        for case in cases
        if case.get("classname") == module and name in _names(case.get("name", ""))
    ]
    failed = [said for case in mine for said in case if said.tag in {"failure", "error"}]
    return Outcome(len(mine), tuple(_said(one) for one in failed))


def _names(case: str) -> set[str]:
    """A test is named with its parameters, or without them for all of them."""
    return {case, case.partition("[")[0]}


def _said(element: ET.Element) -> str:
    said = element.get("message", "")
    return said if element.tag == "failure" else f"{element.tag}: {said}"
