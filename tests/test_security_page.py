"""Each promise of docs/security.md names a test that is there."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PAGE = (HOUSE / "docs" / "security.md").read_text("utf-8")
TESTS = HOUSE / "tests"
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(test_\w+)", PAGE)))


def places(file: str) -> list[Path]:
    """Where a file may be: below tests/, or below tests/screener/."""
    return [path for path in (TESTS / file, TESTS / "screener" / file) if path.is_file()]


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_promise_is_shown_by_a_test_that_is_there(file: str, name: str) -> None:
    found = [path for path in places(file) if f"def {name}(" in path.read_text("utf-8")]

    assert 1 == len(found), f"{file}::{name}"


def test_every_promise_names_a_test() -> None:
    promises = PAGE.partition("## Promises")[2].partition("## ASVS")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and "---" not in line]

    assert len(NAMED) > 50
    assert [] == [row for row in rows if "::test_" not in row and "shown by" not in row]


def test_where_to_report_is_said_without_an_address_that_nobody_reads() -> None:
    page = (HOUSE / "SECURITY.md").read_text("utf-8")

    assert "How to report" in page
    assert not re.search(r"[\w.]+@[\w.]+|https?://", page)


def test_how_soon_an_answer_and_a_fix_come_is_said_in_days() -> None:
    page = (HOUSE / "SECURITY.md").read_text("utf-8").partition("**How soon.**")[2]
    rows = dict(re.findall(r"^\| (\S.*?) \| (\d+) days \|$", page, re.MULTILINE))

    assert ["7", "14", "30", "90"] == [*rows.values()]
    assert "a known weakness in a package" in page


def test_every_row_about_the_standard_names_a_test_or_says_why_there_is_none() -> None:
    rows = PAGE.partition("## ASVS")[2].partition("## What is not")[0].splitlines()
    without = [
        row.split("|")[1].split()[0] for row in rows if re.match(r"\| \d", row) and "::" not in row
    ]

    assert ["1.4", "6.8", "16.4"] == without
