"""`screener rescreen`: many answer sets counted, none dropped without a word."""

import importlib.util
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import rules
from screener.cli import answer_sets
from tests.rules.patients import BASE, WORKED
from tests.screener.commands import Run

SETS: list[dict[str, Any]] = [BASE | case["answers"] for case in WORKED]


def stored(folder: Path, *lines: str) -> str:
    file = folder / "answers.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return str(file)


@pytest.fixture
def worked(tmp_path: Path) -> str:
    return stored(tmp_path, *map(json.dumps, SETS))


def numbers(out: str) -> dict[str, list[str]]:
    """Each line of the tables by its name."""
    rows = (re.split(r" {2,}", line.strip()) for line in out.splitlines())
    return {name: cells for name, *cells in rows}


def test_levels_and_rules_are_those_of_each_patient(run: Run, worked: str) -> None:
    content = rules.load()
    results = [rules.evaluate(content, rules.read_answers(content, each)) for each in SETS]

    counted = numbers(run("rescreen", worked).out)

    for level in rules.Level:
        expected = sum(result.level == level for result in results)
        assert [str(expected)] == counted[content.words.levels[level]]
    found = [finding for result in results for finding in result.findings]
    for rule in content.rules:
        fired = sum(finding.rule == rule and not finding.undecided for finding in found)
        assert [str(fired)] == counted[rule.id]
        if rule.if_unknown:
            undecided = sum(finding.rule == rule and finding.undecided for finding in found)
            assert [str(undecided)] == counted.get(f"{rule.id}?", ["0"])


def test_a_limit_names_the_results_that_it_changes(run: Run, worked: str) -> None:
    out = run("rescreen", worked, "--limit", "bp_first_sys=135").out

    assert "bp_first_sys: 140 becomes 135 mmHg" in out
    assert ["4", "4"] == numbers(out)["Get help now"]
    *_, head, change = out.splitlines()
    assert "1 result changes" == head
    assert "  line 3: Discuss becomes Raise first; gains R-BP-HIGH; loses R-BP-ELEV" == change


def test_a_limit_that_changes_nothing_says_so(run: Run, tmp_path: Path) -> None:
    out = run("rescreen", stored(tmp_path, json.dumps(BASE)), "--limit", "bmi_high=34").out

    assert out.endswith("\n0 results change\n")


def test_bad_lines_are_named_and_the_others_counted(run: Run, tmp_path: Path) -> None:
    good = json.dumps(BASE)
    file = stored(tmp_path, good, "", "{", "[1]", '{"si_now": "maybe"}', '{"a":1,"a":2}', good)

    done = run("rescreen", file)

    assert 2 == done.code
    assert done.out.startswith("2 answer sets, ")
    *said, last = done.err.splitlines()
    assert [f"{file}: line {number}:" for number in (2, 3, 4, 5, 6)] == [
        " ".join(line.split()[:3]) for line in said
    ]
    assert "si_now" in said[3]
    assert (
        f"{file}: line 3: column 2: not JSON: expecting property name enclosed in double quotes"
        == said[1]
    )
    assert "screener: 5 of 7 lines not read, and not counted" == last


def test_a_line_without_an_end_is_passed_over_and_the_next_one_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_sets, "MOST_BYTES", 6_000)
    file = stored(tmp_path, '{"remarks": "' + 20_000 * "x" + '"}', json.dumps(BASE))

    done = run("rescreen", file)

    assert f"{file}: line 1: longer than" in done.err
    assert done.out.startswith("1 answer set, ")


def test_standard_input_is_read_too(run: Run) -> None:
    done = run("rescreen", "-", stdin=json.dumps(BASE).encode())

    assert 0 == done.code
    assert "" == done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/no/such/file"], "cannot be read"),
        (["-"], "there is no answer set"),
        (["-", "--limit", "bp_first_sys=500"], "from 120 to 140"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, arguments: list[str], said: str) -> None:
    done = run("rescreen", *arguments)

    assert 2 == done.code
    assert "" == done.out
    assert said in done.err
    assert 1 == len(done.err.splitlines())


def test_without_numpy_the_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)

    done = run("rescreen", "-")

    assert (1, "screener: rescreen needs NumPy: pip install 'screener[batch]'\n") == (
        done.code,
        done.err,
    )


def test_a_terminal_shows_how_far_it_is_and_each_bad_line_by_itself(worked: str) -> None:
    with Path(worked).open("a", encoding="utf-8") as file:
        file.write("\n[]\n")
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "screener", "rescreen", worked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, text=True) as running:
        os.close(follower)
        shown = b"".join(screenfuls(leader)).decode()
        printed, _ = running.communicate()
    os.close(leader)

    assert "100%" in shown
    assert f"\r\033[K{worked}: line " in shown
    assert "%" not in printed


def screenfuls(leader: int) -> Iterator[bytes]:
    """Read what a terminal is sent, in as many pieces as it comes, until nobody writes to it."""
    with suppress(OSError):  # how Linux says so; others send nothing
        while piece := os.read(leader, 100_000):
            yield piece
