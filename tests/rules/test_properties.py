"""The safety properties; each test carries the number it has in the clinical content."""

import dataclasses
import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import rules
from rules.compiler import compile_rules
from rules.promises import read_promises
from tests.rules.drawing import (
    CONTENT,
    QUESTIONS,
    STARTS,
    Answers,
    asked,
    calm,
    clinics,
    evaluate,
    patients,
    rank,
    unknowns,
    values,
)
from tests.rules.patients import ALWAYS, evaluated, fired, found

some = settings(max_examples=100, deadline=None)

CRISIS = [(name, value) for name in ("si_now", "si_intent", "si_plan") for value in ("yes", None)]
CRISIS += [("safe_today", "no"), ("safe_today", "not_sure"), ("safe_today", None)]
CRISIS += [("si_now", "prefer_not"), ("si_intent", "not_sure"), ("sa_when", "past_3m")]
SUICIDE = ("si_passive", "si_active", "si_method", "si_now", "self_harm")
SIGNS = [option.token for option in QUESTIONS["red_flags_now"].options if option.meaning == "known"]
# "No" is the concern here, so another answer may be calmer: the one list of exceptions.
REVERSED = read_promises(CONTENT).excused["concern-never-calmer"]
CALM = sorted(name for name, question in QUESTIONS.items() if calm(question) is not None)
CONTRAINDICATED = {
    "aneurysm": "R-VAS-ANEU",
    "avm": "R-VAS-AVM",
    "brain_bleed": "R-BRN-BLEED",
    "allergy_ket": "R-KET-ALLERGY",
}


@some
@given(patients(), clinics(), st.sampled_from(CRISIS))
def test_property_1_a_crisis_is_first_whatever_else_is_said(
    answers: Answers, limits: rules.Limits, concern: tuple[str, rules.Value]
) -> None:
    answers = answers | dict([concern])
    assume(concern[0] in asked(answers))

    result = evaluate(answers, limits)

    assert ("now", "full") == (result.level, result.crisis)


@some
@given(
    patients(), st.sampled_from(SUICIDE), st.sampled_from(["yes", "not_sure", "prefer_not", None])
)
def test_property_2_a_suicide_item_that_is_not_no_shows_help(
    answers: Answers, name: str, value: str | None
) -> None:
    answers = answers | {name: value}
    assume(name in asked(answers))

    assert evaluate(answers).crisis == "full"


@settings(max_examples=400, deadline=None)
@given(patients(), clinics(), st.sampled_from(CALM), st.data())
def test_property_3_unknown_is_never_calmer_than_no(
    answers: Answers, limits: rules.Limits, name: str, data: st.DataObject
) -> None:
    question = QUESTIONS[name]
    no = evaluate(answers | {name: calm(question)}, limits)
    unknown = evaluate(answers | {name: data.draw(st.sampled_from(unknowns(question)))}, limits)

    assert rank(unknown)[0] <= rank(no)[0]
    assert rank(unknown)[1] <= rank(no)[1]


def test_property_3_two_full_trials_do_not_calm_a_gate_that_was_not_answered() -> None:
    result = evaluated(CONTENT, antidep_ever="not_sure")

    assert {"R-TRX-UNCLEAR", "R-TRX-2PLUS"} <= fired(result)
    assert result.level == "discuss"


@settings(max_examples=400, deadline=None)
@given(patients(), clinics(), st.sampled_from(CALM), st.data())
def test_property_4_a_concern_is_never_calmer_than_none(
    answers: Answers, limits: rules.Limits, name: str, data: st.DataObject
) -> None:
    assume(name not in REVERSED)
    question = QUESTIONS[name]
    concern = data.draw(values(question))

    no = evaluate(answers | {name: calm(question)}, limits)
    other = evaluate(answers | {name: concern}, limits)

    assert rank(other)[0] <= rank(no)[0]


@some
@given(patients(), clinics(), st.data())
def test_property_5_a_higher_pressure_is_never_calmer(
    answers: Answers, limits: rules.Limits, data: st.DataObject
) -> None:
    name, low, high = data.draw(
        st.sampled_from([("bp_systolic", 60, 280), ("bp_diastolic", 30, 180)])
    )
    lower = data.draw(st.integers(low, high - 1))
    higher = data.draw(st.integers(lower + 1, high))

    calmer = evaluate(answers | {"bp_known": "yes", name: lower}, limits)
    worse = evaluate(answers | {"bp_known": "yes", name: higher}, limits)

    assert rank(worse)[0] <= rank(calmer)[0]


@some
@given(patients(), clinics(), st.sampled_from([17, 64, 65, 90, None]))
def test_property_6_the_edge_itself_is_on_the_careful_side(
    answers: Answers, limits: rules.Limits, age: int | None
) -> None:
    today: Answers = answers | {"bp_known": "yes", "bp_when": "today", "age_years": age}
    first = "bp_first_sys_65" if age is not None and age >= 65 else "bp_first_sys"

    def at(name: str, limit: str) -> set[str]:
        return fired(evaluate(today | {name: limits[limit].value}, limits))

    assert "R-BP-HIGH" in at("bp_systolic", first)
    assert "R-BP-HIGH" in at("bp_diastolic", "bp_first_dia")
    assert "R-BP-CRISIS" in at("bp_systolic", "bp_urgent_sys")
    assert "R-BP-CRISIS" in at("bp_diastolic", "bp_urgent_dia")


@some
@given(
    patients(), clinics(), st.sampled_from(["systolic", "diastolic"]), st.integers(0, 60), st.data()
)
def test_property_7_a_very_high_pressure_is_never_below_raise_first(
    answers: Answers, limits: rules.Limits, which: str, above: int, data: st.DataObject
) -> None:
    name, limit = f"bp_{which}", f"bp_urgent_{which[:3]}"
    when = data.draw(values(QUESTIONS["bp_when"]))
    reading: Answers = {"bp_known": "yes", name: limits[limit].value + above, "bp_when": when}

    result = evaluate(answers | reading, limits)

    soon = when in {"today", "past_week", "not_sure", None}
    assert result.level.rank <= (rules.Level.NOW.rank if soon else rules.Level.FIRST.rank)
    assert result.emergency or not soon


@some
@given(patients(), clinics(), st.sampled_from(SIGNS), st.sampled_from([*SIGNS, "not_sure"]))
def test_property_8_a_warning_sign_is_an_emergency(
    answers: Answers, limits: rules.Limits, sign: str, other: str
) -> None:
    result = evaluate(answers | {"red_flags_now": (sign, other)}, limits)

    assert (rules.Level.NOW, True) == (result.level, result.emergency)


@some
@given(
    patients(),
    clinics(),
    st.sampled_from(sorted(CONTRAINDICATED)),
    st.sampled_from(["yes", "not_sure"]),
)
def test_property_9_a_label_contraindication_cannot_sink(
    answers: Answers, limits: rules.Limits, name: str, value: str
) -> None:
    finding = found(evaluate(answers | {name: value}, limits), CONTRAINDICATED[name])

    assert finding.level.rank <= rules.Level.FIRST.rank


@some
@given(patients(), clinics())
def test_property_12_it_is_never_empty(answers: Answers, limits: rules.Limits) -> None:
    assert ALWAYS <= fired(evaluate(answers, limits))


def test_property_13_the_empty_form_asks_for_help_first() -> None:
    result = evaluate({})

    assert ("now", "full") == (result.level, result.crisis)
    assert 57 == len(result.findings)


def test_property_13_an_empty_form_and_a_form_of_blanks_are_the_same() -> None:
    assert evaluate({}) == evaluate(dict.fromkeys(QUESTIONS))


@some
@given(patients(), st.randoms(use_true_random=False))
def test_property_14_the_order_of_answers_changes_nothing(
    answers: Answers, shuffle: random.Random
) -> None:
    items = list(answers.items())
    shuffle.shuffle(items)

    assert evaluate(answers) == evaluate(dict(items))


@some
@given(patients(), st.randoms(use_true_random=False))
def test_property_14_the_order_of_rules_changes_no_id_and_no_level(
    answers: Answers, shuffle: random.Random
) -> None:
    turned = tuple(shuffle.sample(CONTENT.rules, len(CONTENT.rules)))
    decide = compile_rules((rule.when for rule in turned), CONTENT.limits)
    shuffled = rules.evaluate(dataclasses.replace(CONTENT, rules=turned, decide=decide), answers)

    result = evaluate(answers)

    assert fired(result) == fired(shuffled)
    assert (result.level, result.crisis) == (shuffled.level, shuffled.crisis)


@some
@given(patients())
def test_property_15_a_finding_is_explained_by_questions_that_were_asked(answers: Answers) -> None:
    reached = asked(answers)

    for finding in evaluate(answers).findings:
        assert {name.split("[")[0] for name in finding.because} <= reached
        assert finding.because or finding.rule.id in ALWAYS
        assert all((finding.patient, finding.ask, finding.clinician, finding.rule.sources))


@some
@given(patients())
def test_findings_stand_in_the_order_of_their_levels_and_of_the_files(answers: Answers) -> None:
    order = [rule.id for rule in CONTENT.rules]
    places = [(f.level.rank, order.index(f.rule.id)) for f in evaluate(answers).findings]

    assert sorted(places) == places


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_property_19_every_question_can_be_asked(name: str) -> None:
    assert any(name in asked(start) for start in STARTS)
