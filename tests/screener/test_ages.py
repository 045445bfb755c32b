"""The ages of the rules and those of the pages are the same: they stand in the content alone."""

import re
import shutil
from pathlib import Path

import pytest

import rules
from rules.content import DEFINITIONS, SHIPPED
from screener.summary import ages
from screener.summary.aid import aid
from screener.summary.pressure import pressure
from tests.screener.wizard.conftest import content_once

NAMED = re.compile(r"age_years [<>=!]+ (?:18|65)\b")
READING = {"bp_systolic": 145, "bp_diastolic": 70}


@pytest.fixture
def moved(tmp_path: Path) -> rules.Content:
    """Content whose author has moved both ages where they are named, and nowhere else."""
    folder = tmp_path / "content"
    shutil.copytree(SHIPPED, folder)
    file = folder / "rules" / DEFINITIONS
    text = file.read_text("utf-8").replace("age_years < 18", "age_years < 21")
    file.write_text(text.replace("age_years >= 65", "age_years >= 70"), "utf-8")
    return rules.load(folder=folder)


def test_each_age_is_named_once_and_every_rule_takes_it_from_there() -> None:
    files = sorted((SHIPPED / "rules").glob("*.yaml"))
    found = [(file.name, one) for file in files for one in NAMED.findall(file.read_text("utf-8"))]

    named = [(DEFINITIONS, one) for one in ("age_years < 18", "age_years >= 65")]
    assert named == found


@pytest.mark.parametrize(("age", "fires"), [(20, True), (21, False)])
def test_lines_for_the_young_move_with_the_rule(
    moved: rules.Content, age: int, *, fires: bool
) -> None:
    assert fires is ("R-AGE-U18" in fired(moved, {"age_years": age}))
    assert fires is aid(moved, "GB", "GB", age).lines[0].youth
    assert fires is ages.under_age(moved, age)


def test_lines_for_the_young_come_last_when_no_age_is_known() -> None:
    content = content_once()

    assert ages.under_age(content, None) is None
    assert aid(content, "GB", "GB", None).lines[-1].youth


@pytest.mark.parametrize(("age", "older"), [(69, False), (70, True), (None, False)])
def test_the_limit_beside_a_reading_moves_with_the_rule(
    moved: rules.Content, age: int | None, *, older: bool
) -> None:
    limits = moved.limits.with_values({"bp_first_sys": 140, "bp_first_sys_65": 150})
    answers = READING | {"age_years": age}
    drawn = pressure(moved, answers, limits)

    assert drawn is not None
    assert (150 if older else 140) == drawn.systolic_marks[1].value
    assert older is ("R-BP-HIGH" not in fired(moved, answers, limits))


def fired(
    content: rules.Content, answers: dict[str, int | None], limits: rules.Limits | None = None
) -> set[str]:
    """Say which rules apply for sure."""
    known = {name: value for name, value in answers.items() if value is not None}
    read = rules.read_answers(content, {"bp_known": "yes", **known})
    found = rules.evaluate(content, read, limits).findings
    return {one.rule.id for one in found if not one.undecided}
