"""The table of planted faults fits the program; `python -m benchmarks planted` tries each."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.planted.copies import Gone, broken, planted
from benchmarks.planted.report import page
from benchmarks.planted.table import HOUSE, Fault, not_planted, place, read
from benchmarks.planted.trying import Outcome, Verdict, blind, tried
from tests.test_security_page import NAMED

FAULTS = read()
RESULTS = HOUSE / "benchmarks" / "results" / "planted.md"
FAULT = Fault("a lie", "a.py", "true", "false", ("test_a.py::test_it",), area="truth")


def test_what_each_fault_replaces_stands_there_once_and_leaves_a_program() -> None:
    for fault in FAULTS:
        text = broken(fault)
        assert fault.old != fault.new, fault.what
        if fault.file.endswith(".py"):
            compile(text, fault.file, "exec")


def test_each_fault_is_told_apart_by_its_words() -> None:
    assert [] == [what for what, times in Counter(one.what for one in FAULTS).items() if times > 1]


def test_each_fault_names_tests_that_are_there() -> None:
    named = {test for fault in FAULTS for test in fault.tests}
    texts = {test: (HOUSE / place(test).partition("::")[0]).read_text("utf-8") for test in named}

    assert [] == [fault.what for fault in FAULTS if not fault.tests]
    assert [] == [
        test
        for test, text in texts.items()
        if f"def {test.partition('::')[2].partition('[')[0]}(" not in text
    ]


def test_a_fault_stands_in_a_copy_for_a_while_and_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("it = true\n")
    before = file.stat().st_mtime

    with planted(FAULT, tmp_path):
        assert "it = false\n" == file.read_text()
        assert before != file.stat().st_mtime

    assert ("it = true\n", before) == (file.read_text(), file.stat().st_mtime)


@pytest.mark.parametrize("text", ["", "true or true"])
def test_a_text_that_is_not_there_once_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_text(text)

    with pytest.raises(Gone):
        broken(FAULT, tmp_path)


@pytest.mark.parametrize(
    ("ran", "said", "why"),
    [
        (2, ("assert 1 == 2",), ""),
        (1, ("AssertionError: it is",), ""),
        (1, ("Failed: DID NOT RAISE <class 'ValueError'>",), ""),
        (1, ("NameError: x",), "failed by another error, NameError: x"),
        (1, ("error: failed on setup",), "failed by another error, error: failed on setup"),
        (1, (), "passed"),
        (0, (), "did not run"),
    ],
)
def test_only_a_test_that_says_so_itself_has_seen_a_fault(
    ran: int, said: tuple[str, ...], why: str
) -> None:
    assert why == blind(FAULT, Outcome(ran, said))


def test_a_fault_is_found_by_the_test_that_fails_with_it_and_by_no_other(tmp_path: Path) -> None:
    house = tmp_path / "house"
    (house / "tests").mkdir(parents=True)
    (house / "a.py").write_text("it = 'true'\n")
    looks, looks_away = (
        "import a\ndef test_it():\n    assert a.it == 'true'\n",
        "def test_no(): pass",
    )
    (house / "tests" / "test_a.py").write_text(f"{looks}\n{looks_away}\n")
    both = replace(FAULT, tests=(*FAULT.tests, "test_a.py::test_no"))

    assert ("test_a.py::test_no: passed",) == tried(both, house).missed


def test_the_page_counts_by_area_and_names_what_was_missed() -> None:
    written = page([Verdict(FAULT, ()), Verdict(FAULT, ("test_a.py::test_it: passed",))], 61)

    assert "| truth | 2 | 1 |" in written
    assert "MISSED a lie: test_a.py::test_it: passed" in written


def test_nothing_was_missed_when_it_was_tried_last() -> None:
    assert "MISSED" not in (RESULTS.read_text("utf-8") if RESULTS.exists() else "")


def test_each_test_of_the_security_page_has_a_fault_or_a_reason_why_not() -> None:
    seen = {place(test).partition("[")[0] for fault in FAULTS for test in fault.tests}
    named = [f"{file}::{name}" for file, name in NAMED]

    assert [*not_planted()] == [test for test in named if place(test) not in seen]
