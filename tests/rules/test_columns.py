"""Columns say of many patients what the rules say of each one."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from rules.columns import Decided, Sweep, Table
from rules.columns import sweep as sweeping
from rules.columns.plan import Plan
from rules.columns.writing import write
from rules.interpreter import weigh
from rules.look import Look
from tests.rules.drawing import CONTENT, STARTS, Answers, clinics, evaluate, patients, values
from tests.rules.tinies import TINY, parsed

SWEEP = Sweep(CONTENT)
SMALL = rules.load(folder=TINY)
LIMITS = CONTENT.limits


def table(answers: list[Answers]) -> Table:
    return Table.of(CONTENT.questionnaire, answers)


def decided_one_by_one(answers: list[Answers], limits: rules.Limits) -> list[tuple[int, ...]]:
    facts = [rules.walk(CONTENT, each, limits).facts for each in answers]
    return [CONTENT.decide(fact, limits.values_in_order) for fact in facts]


def rows(decided: Decided) -> list[tuple[int, ...]]:
    """The truths of each patient."""
    return list(zip(*(column.tolist() for column in decided.truths), strict=True))


@settings(max_examples=25, deadline=None)
@given(st.lists(patients(), min_size=1, max_size=25), clinics())
def test_columns_and_the_generated_function_agree(
    answers: list[Answers], limits: rules.Limits
) -> None:
    assert decided_one_by_one(answers, limits) == rows(SWEEP.decide(table(answers), limits))


@settings(max_examples=10, deadline=None)
@given(st.lists(patients(), min_size=1, max_size=10), clinics())
def test_columns_see_the_level_and_the_blocks_that_each_patient_sees(
    answers: list[Answers], limits: rules.Limits
) -> None:
    decided = SWEEP.decide(table(answers), limits)

    results = [evaluate(each, limits) for each in answers]
    full, soft = decided.block("full"), decided.block("soft")
    crises = ["full" if f else "soft" if s else "none" for f, s in zip(full, soft, strict=True)]
    assert [result.level.rank for result in results] == decided.levels.tolist()
    assert [result.crisis for result in results] == crises
    assert [result.emergency for result in results] == decided.block("emergency").tolist()


def test_every_known_patient_comes_out_the_same() -> None:
    assert decided_one_by_one(STARTS, LIMITS) == rows(SWEEP.decide(table(STARTS)))


@pytest.mark.parametrize("name", LIMITS)
def test_a_changed_limit_needs_only_the_rules_that_read_it(name: str) -> None:
    before = SWEEP.decide(table(STARTS))
    for value in (LIMITS[name].low, LIMITS[name].high):
        try:
            other = LIMITS.with_values({name: value})
        except rules.LimitError:
            continue

        again = SWEEP.again(before, table(STARTS), LIMITS, other)

        assert rows(SWEEP.decide(table(STARTS), other)) == rows(again)


def test_many_patients_are_taken_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = rows(SWEEP.decide(table(STARTS)))
    monkeypatch.setattr(sweeping, "PASS", 7)

    assert at_once == rows(SWEEP.decide(table(STARTS)))


def test_no_patients_are_no_trouble() -> None:
    assert [] == SWEEP.decide(table([])).levels.tolist()


# Forms that the shipped rules do not use today, and some that they do.
FORMS = [
    "smoking != 'past'",
    "smoking not in ['never']",
    "'head' not in pains",
    "all_of(pains, 'head', 'heart')",
    "none_of(pains, 'head', 'heart')",
    "not (age < 20 or has_pain)",
    "age != 64",
    "age == 64",
    "age * 2 == 130",
    "age + 5 > limit.very_old - 10",
    "count(pains) != 1",
    "count(pains) >= 2",
    "bmi >= 30",
    "unknown(age)",
    "unknown(pains)",
    "unknown(tries)",
    "unknown(remarks)",
    "unknown(age >= 30)",
    "since >= 5",
    "pack_years <= 10 and since != 3",
    "long_tries >= 2",
    "count(tries) < 3",
    "any(t for t in tries if 'ill' in t.reasons)",
    "any(t for t in tries if unknown(t.named))",
    "any(t for t in tries if t.dose_adequate != 'yes' and t.duration > limit.weeks_needed)",
    "count(t for t in tries if t.dose_mg < 12) == 1",
    "any(t for t in tries if t.med == 'plain' and smoking == 'past')",
    "any(t for t in tries if t.med == 'plain' or long_tries >= 2 or count(pains) > 1)",
    "any(t for t in tries if has_pain)",
]
CONDITIONS = [parsed(SMALL, text) for text in FORMS]
PLAN = Plan(SMALL, CONDITIONS, write)
SMALL_PATIENTS = st.lists(
    st.fixed_dictionaries(
        {name: values(question) for name, question in SMALL.questionnaire.by_id.items()}
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(SMALL_PATIENTS)
def test_every_form_of_the_grammar_means_the_same_in_columns(answers: list[Any]) -> None:
    found = PLAN.run(Table.of(SMALL.questionnaire, answers), SMALL.limits.numbers)

    looks = [Look(rules.walk(SMALL, each).facts, SMALL.limits.numbers) for each in answers]
    for text, condition, (sure, possible) in zip(FORMS, CONDITIONS, found, strict=True):
        expected = [weigh(condition, look).truth for look in looks]
        assert expected == [
            2 * s + p for s, p in zip(sure.tolist(), possible.tolist(), strict=True)
        ], text
