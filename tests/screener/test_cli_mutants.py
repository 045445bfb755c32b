"""`screener check --mutants` says whether a slip in a rule would be noticed."""

import re
import shutil
from pathlib import Path

import pytest

import rules
from tests.screener.commands import Run

HOUSE = Path(rules.__file__).parent
STORED = HOUSE / "mutants" / "patients.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the content, to change."""
    return Path(shutil.copytree(HOUSE / "content", tmp_path / "content"))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_it_says_how_many_mutants_are_killed(run: Run) -> None:
    done = run("check", "--mutants")

    assert (0, "") == (done.code, done.err)
    told = re.search(r"(?m)^mutants killed  (\d+) / (\d+), by (\d+) patients$", done.out)
    assert told
    killed, total, patients = map(int, told.groups())
    assert total - killed == done.out.count("no patient can tell this from the rule: ") == 3
    assert STORED.read_text("utf-8").count("- moved:") == patients
    assert total > 900


def test_a_survivor_is_told_in_words_with_the_patient_who_is_missing(
    run: Run, content: Path
) -> None:
    change(content / "rules/2_age.yaml", "age_years < 25", "age_years < 30")

    done = run("check", "--mutants", "--content", str(content))

    assert 1 == done.code
    slip = "survivor: R-AGE-YOUNG: comparison shifted by one: age_years < 30 -> age_years < 29"
    assert slip in done.out
    assert "  this patient would tell it apart: Age: 29 years" in done.out
    assert "mutants survive; find new patients with --boundary" in done.err


def test_content_that_the_patients_do_not_fit_is_told_in_one_line(run: Run, content: Path) -> None:
    change(content / "limits.yaml", 'low: "100"', 'low: "119"')

    done = run("check", "--mutants", "--content", str(content))

    assert 1 == done.code
    assert "a boundary patient does not fit this content" in done.err


def test_new_patients_are_found_and_written(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "patients.yaml"

    done = run("check", "--boundary", str(made))

    assert (0, "") == (done.code, done.out)
    assert re.fullmatch(r"\d+ boundary patients\n", done.err)
    assert made.read_bytes() == STORED.read_bytes()
