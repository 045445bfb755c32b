"""The worked cases, and for every rule one patient on each side of its edge."""

from typing import Any

import pytest

import rules
from tests.rules.patients import ALWAYS, PAIRS, WORKED, evaluated, fired


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["id"])
def test_a_worked_case_comes_out_as_written(content: rules.Content, case: dict[str, Any]) -> None:
    result = evaluated(content, **case["answers"])

    expected = case["expect"]
    assert set(expected["rules"]) == fired(result) - ALWAYS
    assert expected["level"] == result.level
    assert expected["crisis"] == result.crisis
    assert expected["emergency"] == result.emergency


def test_there_are_twenty_worked_cases() -> None:
    assert [f"V{number:02}" for number in range(1, 21)] == [case["id"] for case in WORKED]


def test_every_rule_has_a_patient_on_each_side(content: rules.Content) -> None:
    assert [rule.id for rule in content.rules] == list(PAIRS)
    assert {rule for rule, pair in PAIRS.items() if pair["beside"] is None} == ALWAYS


@pytest.mark.parametrize("rule", PAIRS)
def test_a_rule_fires_for_its_patient(content: rules.Content, rule: str) -> None:
    assert rule in fired(evaluated(content, **PAIRS[rule]["fires"]))


@pytest.mark.parametrize("rule", sorted(PAIRS.keys() - ALWAYS))
def test_a_rule_is_silent_just_beside(content: rules.Content, rule: str) -> None:
    silent = fired(evaluated(content, **PAIRS[rule]["beside"]))

    assert not {rule, f"{rule}?"} & silent


def test_nobody_is_far_from_the_edge() -> None:
    """A patient beside differs from the one who fires a rule in no more than a few answers."""
    for rule, pair in PAIRS.items():
        beside = pair["beside"] or pair["fires"]
        differing = {
            key for key in {*pair["fires"], *beside} if pair["fires"].get(key) != beside.get(key)
        }
        assert len(differing) <= 6, rule
