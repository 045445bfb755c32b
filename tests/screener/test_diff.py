"""What changed between two versions of the content, in words, and for whom."""

import shutil
from pathlib import Path

import pytest

from rules.content import SHIPPED
from tests.screener.commands import Run

CHANGES = [
    (
        "rules/2_age.yaml",
        'when: "age_years < 25"',
        'when: "age_years < 26"',
        [
            "rule R-AGE-YOUNG changes",
            "was: Applies when “Age” is below 26 years.",
            "now: Applies when “Age” is below 25 years.",
        ],
        "Age: 25 years: Discuss becomes For information; loses R-AGE-YOUNG (Discuss)",
    ),
    (
        "rules/0_definitions.yaml",
        "calming_pill: \"benzo in ['daily', 'sometimes']\"",
        "calming_pill: \"benzo in ['daily']\"",
        ["rule R-MED-SEDATE changes", "‹calming pill›"],
        "gains R-MED-BLUNT",
    ),
    (
        "rules/1_safety.yaml",
        "level: now\n    if_unknown: now",
        "level: now\n    if_unknown: first",
        ["level if unknown", "was: Raise first", "now: Get help now"],
        "Danger today: I am not sure",
    ),
    (
        "limits.yaml",
        'default: "140"\n    low: "120"\n    high: "140"',
        'default: "135"\n    low: "120"\n    high: "140"',
        ["limit bp_first_sys changes", "was: 135 mmHg", "now: 140 mmHg"],
        "V03 One point below both thresholds",
    ),
    (
        "text/en/rules/2_age.yaml",
        "title: ",
        "title: Old ",
        ["rule R-AGE-U18 changes", "  title"],
        "boundary patients",
    ),
    (
        "sources.yaml",
        'verified: "yes"',
        'verified: "no"',
        ["source S01 changes", "was: no"],
        "boundary patients",
    ),
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "old"))


def test_changes_are_told_in_words_with_whom_they_touch(run: Run, old: Path) -> None:
    for file, now, was, *_ in CHANGES:
        text = (old / file).read_text("utf-8")
        assert now in text
        (old / file).write_text(text.replace(now, was, 1), "utf-8")

    done = run("check", "--diff", str(old))

    assert (0, "") == (done.code, done.err)
    for file, _, _, said, someone in CHANGES:
        for words in (*said, someone):
            assert words in done.out, file


def test_the_same_content_has_not_changed(run: Run, old: Path) -> None:
    out = run("check", "--diff", str(old)).out

    assert out.startswith("nothing changed\n")
    assert "\n0 of " in out


def test_a_rule_that_came_is_told_with_all_it_says(run: Run, old: Path) -> None:
    for folder in ("rules", "text/en/rules"):
        file = old / folder / "9_plans_and_information.yaml"
        text = file.read_text("utf-8")
        start = text.index("- id: R-INF-REGION" if folder == "rules" else "  R-INF-REGION:")
        stop = text.index("- id: R-INF-NOTDX" if folder == "rules" else "  R-INF-NOTDX:")
        file.write_text(text[:start] + text[stop:], "utf-8")

    out = run("check", "--diff", str(old)).out

    assert "rule R-INF-REGION is new\n  when: Applies when “Where you are now” is answered" in out
    assert (
        "Where you are now: Germany: still For information; gains R-INF-REGION (For information)"
        in out
    )


def test_an_old_folder_that_is_wrong_is_told_with_its_place(run: Run, old: Path) -> None:
    (old / "limits.yaml").write_text("limits: [\n", "utf-8")

    done = run("check", "--diff", str(old))

    assert 1 == done.code
    assert "limits.yaml:" in done.err
    assert f"screener: the content in {old} cannot be used" in done.err


def test_what_is_promised_is_compared_too(run: Run, old: Path) -> None:
    file = old / "promises.yaml"
    text = file.read_text("utf-8")
    now, was = "level: now\n    crisis: full\n", "level: first\n    crisis: full\n"
    assert now in text
    gone = "  - {rule: R-AGE-65, covered_by: [R-AGE-U18]}\n"
    file.write_text(text.replace(now, was, 1).replace(gone, ""), "utf-8")

    out = run("check", "--diff", str(old)).out

    assert "promise crisis-comes-first changes\n  then shown\n    was: first or more urgent" in out
    assert "promise R-AGE-65, not shown when open is new\n  covered by: R-AGE-U18" in out


def test_a_help_line_is_told_in_words(run: Run, old: Path) -> None:
    file = old / "helplines.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace('call: "116 123", verified: "yes"', 'call: "116 124", verified: "yes"', 1),
        "utf-8",
    )

    out = run("check", "--diff", str(old)).out

    assert "help GB gb_samaritans changes\n  call\n    was: 116 124\n    now: 116 123" in out
    assert "Line(" not in out
