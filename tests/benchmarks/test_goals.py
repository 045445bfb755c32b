"""A goal that is missed is named, and the command ends with exit code 1."""

from collections import Counter
from typing import Any

import pytest

import rules
from benchmarks import rotation
from benchmarks.goals import Goal, code_for, late, margin, table
from benchmarks.lighthouse import __main__ as lighthouse
from benchmarks.rules import found
from benchmarks.rules.many import EVERY_RULE

MET = Goal("a page", "≤ 2 s", "1 s", margin(1, 2))
MISSED = Goal("a form", "≤ 2 s", "3 s", margin(3, 2))
EXCUSED = Goal("a start", "≤ 2 s", "3 s", margin(3, 2), because="it does more")


def test_a_missed_goal_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == code_for([MET])
    assert "All goals are met.\n" == capsys.readouterr().out
    assert 1 == code_for([MET, MISSED])
    assert "Missed: a form: 3 s, and the goal is ≤ 2 s.\n" == capsys.readouterr().out


def test_a_missed_goal_is_marked_in_its_table() -> None:
    assert ["| a page | ≤ 2 s | 1 s |  |", "| a form | ≤ 2 s | 3 s | missed |"] == [
        *table([MET, MISSED])
    ][2:]


@pytest.mark.parametrize(("taken", "met"), [(0, True), (1, False)])
def test_nothing_is_the_most_of_what_must_not_be(taken: int, met: bool) -> None:  # noqa: FBT001 - a case
    assert met == Goal("", "", "", margin(taken, 0)).met


def test_one_in_twenty_is_late() -> None:
    assert 95 == late([float(number) for number in range(100, 0, -1)])


def missed(goals: Any) -> list[str]:
    return [goal.what for goal in goals if not goal.met]


RULES: dict[str, Any] = {
    "micros": {found.HAND: 5, found.GENERATED: 10, found.REASONS: 150, "other": 10},
    "many": {EVERY_RULE: 1000, "age 1 becomes 2": 50},
    "load": 150,
    "proofs": (33, 40, 30),
}


@pytest.mark.parametrize(
    ("slower", "what"),
    [
        ({}, ""),
        ({"micros": RULES["micros"] | {found.HAND: 4.9}}, "compared with rules written by hand"),
        ({"micros": RULES["micros"] | {"other": 9.9}}, "compared with the quickest other engine"),
        ({"micros": RULES["micros"] | {found.REASONS: 151}}, "the reasons of what applies"),
        ({"many": {EVERY_RULE: 1001, "age 1 becomes 2": 50}}, "1,000,000 patients"),
        ({"many": {EVERY_RULE: 1000, "age 1 becomes 2": 51}}, "one limit changed"),
        ({"load": 151}, "load, check and compile"),
        ({"proofs": (33, 20, 31)}, "33 proofs"),
    ],
)
def test_slow_rules_miss_their_goal(slower: dict[str, Any], what: str) -> None:
    results = found.Results(
        rules.load(), gaps={"": Counter()}, scales={}, sizes=(1, 1, 1), **(RULES | slower)
    )

    late_ones = missed(found.goals(results))

    assert bool(what) == len(late_ones)
    assert all(what in one for one in late_ones)


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (rotation.Turned("3", 10, 5, 0.5, 0), []),
        (rotation.Turned("3", 10.1, 5, 0.5, 0), ["turned, SQLite"]),
        (
            rotation.Turned("3", 10, 5, 0.51, 0),
            ["the slowest of a patient's pages meanwhile, SQLite"],
        ),
        (rotation.Turned("3", 10, 5, 0.5, 1), ["not turned, or not to be opened, SQLite"]),
    ],
)
def test_a_slow_rotation_misses_its_goal(one: rotation.Turned, what: list[str]) -> None:
    assert what == missed(rotation.goals({"SQLite": one}))


@pytest.mark.parametrize(
    ("goals", "code", "said"),
    [
        ([EXCUSED], 0, "Not met: a start: 3 s, and the goal is ≤ 2 s, because it does more.\n"),
        ([EXCUSED, MISSED], 1, "Missed: a form: 3 s, and the goal is ≤ 2 s.\nNot met: a start"),
    ],
)
def test_a_goal_with_a_reason_is_named_and_hides_no_other(
    goals: list[Goal], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code == code_for(goals)
    assert capsys.readouterr().out.startswith(said)
    assert "| a start | ≤ 2 s | 3 s | not met: it does more |" == [*table(goals)][2]


@pytest.mark.parametrize(
    ("scores", "what"),
    [
        ({}, []),
        ({"performance": 98}, ["start, performance"]),
        ({"accessibility": 99}, ["start, accessibility"]),
        ({"best-practices": 99}, ["start, best-practices"]),
        ({"paint": 1.6}, ["start, first paint"]),
    ],
)
def test_a_page_that_lighthouse_likes_less_misses_its_goal(
    scores: dict[str, float], what: list[str]
) -> None:
    assert what == missed(lighthouse.goals({"start": lighthouse.LEAST | {"paint": 1.5} | scores}))
