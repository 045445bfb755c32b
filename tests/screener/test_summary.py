import dataclasses
from typing import Any

import pytest

import rules
from screener.summary import State, Summary
from tests.rules.patients import BASE
from tests.screener.summaries import CLINIC, EVERY_CASE, case, content_once, of, quiet

FULL_TRIAL = BASE["med_trials"][0]


def rows(summary: Summary) -> dict[str, Any]:
    return {row.id: row for group in summary.answers for row in group.rows}


def point(summary: Summary, rule: str) -> Any:
    return next(one for one in summary.points if one.rule == rule)


@pytest.mark.parametrize("name", EVERY_CASE)
def test_every_point_says_what_why_what_to_ask_and_where_from(name: str) -> None:
    for one in case(name).points:
        assert one.patient
        assert one.ask
        assert one.clinician
        assert one.title
        assert one.level_name == case(name).level_names[one.level]
        assert one.sources
        assert one.said or one.rule in {"R-INF-NOTDX", "R-INF-BRING"}


@pytest.mark.parametrize("name", EVERY_CASE)
def test_points_keep_the_order_of_the_findings_most_urgent_first(name: str) -> None:
    order = ["now", "first", "discuss", "info"]
    levels = [order.index(one.level) for one in case(name).points]

    assert sorted(levels) == levels
    assert case(name).level == case(name).points[0].level


@pytest.mark.parametrize("name", EVERY_CASE)
def test_source_numbers_count_up_and_lead_to_a_source(name: str) -> None:
    summary = case(name)
    cited = {citation.source: citation.number for p in summary.points for citation in p.citations}

    assert {line.id: line.number for line in summary.sources} == cited
    assert [line.number for line in summary.sources] == list(range(1, len(summary.sources) + 1))
    assert all(line.text for line in summary.sources)
    assert not any(".." in line.text for line in summary.sources)


@pytest.mark.parametrize("name", EVERY_CASE)
def test_property_16_every_answer_has_its_row(name: str) -> None:
    summary = case(name)
    content = content_once()
    found = rows(summary)

    assert all(row.answer and row.label and row.asked for row in found.values())
    asked = {*found, *(label for group in summary.answers for label in group.not_asked)}
    assert len(asked) == len(content.questionnaire.by_id)


def test_property_14_same_answers_make_the_same_summary() -> None:
    backwards = dict(reversed(BASE.items()))

    assert quiet() == quiet()
    assert quiet() == of(backwards)


def test_property_18_a_stale_answer_is_neither_evaluated_nor_kept() -> None:
    stale = quiet(bp_known="no", bp_systolic=195, bp_diastolic=125)

    assert stale.pressure is None
    assert "R-BP-CRISIS" not in {one.rule for one in stale.points}
    assert "195" not in repr(stale)


def test_what_the_patient_said_stands_with_the_point() -> None:
    one = point(quiet(aneurysm="yes", aneurysm_where=["brain"]), "R-VAS-ANEU")

    assert [(said.question, said.answer) for said in one.said] == [("aneurysm", "Yes")]
    assert one.said[0].asked.endswith("?")


def test_an_entry_of_a_list_is_named_by_what_it_is() -> None:
    one = point(case("V01"), "R-TRX-2PLUS")

    assert ["med_trials[0]", "med_trials[1]"] == [said.question for said in one.said]
    assert one.said[0].answer.startswith("sertraline (Zoloft")
    assert "100 mg" in one.said[0].answer


def test_the_ways_of_not_answering_are_told_apart() -> None:
    found = rows(quiet(kidney="not_sure", si_passive="prefer_not", liver=None))

    assert found["kidney"].state is State.NOT_SURE
    assert found["si_passive"].state is State.PREFER_NOT
    assert found["liver"].state is State.NOT_ANSWERED
    assert found["height_cm"].state is State.GIVEN
    assert len({found[id_].answer for id_ in ("kidney", "si_passive", "liver")}) == 3


def test_a_tick_beside_not_sure_is_an_answer() -> None:
    assert rows(quiet(heart_hx=["heart_rhythm", "not_sure"]))["heart_hx"].state is State.GIVEN


def test_what_was_not_asked_is_listed_by_its_label() -> None:
    summary = quiet()

    left_out = {label for group in summary.answers for label in group.not_asked}
    assert content_once().questionnaire.question("mi_when").short in left_out


def test_a_plain_no_may_be_listed_and_a_no_that_matters_may_not() -> None:
    found = rows(quiet(safe_today="no", ride_home="no"))

    assert found["kidney"].plain_no
    assert found["heart_hx"].plain_no
    assert not found["safe_today"].plain_no
    assert not found["ride_home"].plain_no
    assert not found["dep_dx"].plain_no
    assert not found["bp_systolic"].plain_no


@pytest.mark.parametrize(
    ("differs", "counts"),
    [
        ({}, "yes"),
        ({"dose_mg": 24}, "no"),
        ({"dose_mg": 49.5}, "unclear"),
        ({"dose_mg": 50}, "yes"),
        ({"dose_mg": None}, "unclear"),
        ({"duration": "w4_5"}, "no"),
        ({"duration": "w6_8"}, "yes"),
        ({"duration": "not_sure"}, "unclear"),
        ({"taken_most_days": "no"}, "no"),
        ({"taken_most_days": "not_sure"}, "unclear"),
        ({"taken_most_days": "not_sure", "duration": "lt_4w"}, "no"),
        ({"med": "not_sure"}, "unclear"),
    ],
)
def test_an_entry_counts_as_full_by_dose_weeks_and_days(
    differs: dict[str, Any], counts: str
) -> None:
    summary = quiet(med_trials=[FULL_TRIAL | differs])

    assert summary.treatments[0].counts == counts


def test_a_treatment_that_helped_is_as_full_as_one_that_did_not() -> None:
    summary = quiet(med_trials=[FULL_TRIAL | {"helped": "felt_well"}])

    assert summary.treatments[0].counts == "yes"


def test_the_weeks_of_a_trial_are_the_clinics() -> None:
    limits = content_once().limits.with_values({"trial_min_weeks": 4})
    summary = of(BASE | {"med_trials": [FULL_TRIAL | {"duration": "w4_5"}]}, limits=limits)

    assert summary.treatments[0].weeks_check == "yes"
    assert summary.trial_weeks == 4


def test_a_medicine_off_the_list_is_called_what_the_patient_called_it() -> None:
    written = FULL_TRIAL | {"med": "other_antidepressant", "med_other": "Saint Somebody"}

    assert quiet(med_trials=[written]).treatments[0].name == "Saint Somebody"
    assert rows(quiet(med_trials=[written]))["med_trials"].answer == "Saint Somebody"


def test_the_gauge_uses_the_limit_of_the_patients_age() -> None:
    limits = content_once().limits.with_values({"bp_first_sys_65": 150})

    def first(age: int) -> int:
        found = of(BASE | {"age_years": age}, limits=limits).pressure
        assert found is not None
        return next(mark.value for mark in found.systolic_marks if mark.name == "first")

    assert first(64) == 140
    assert first(65) == 150


def test_one_number_is_enough_for_the_gauge_and_none_is_none() -> None:
    half = quiet(bp_diastolic=None).pressure

    assert half is not None
    assert (half.systolic, half.diastolic) == (122, None)
    assert quiet(bp_known="no").pressure is None


def test_three_openings_and_no_fourth() -> None:
    assert case("V01").outcome.heading == "Here are points to talk about"
    assert "about 1 thing first" in case("V13").outcome.heading
    assert "about 3 things first" in case("V12").outcome.heading
    assert case("V14").outcome.heading == "Get help today"


@pytest.mark.parametrize(
    "country", [*content_once().helplines.countries, "elsewhere", "prefer_not", None]
)
def test_property_20_help_has_a_number_or_a_list_and_words_for_the_emergency_service(
    country: str | None,
) -> None:
    found = quiet(country=country).help

    assert found.emergency or found.emergency_words
    assert any(line.call or line.text_to or line.chat for line in found.lines)


def test_who_does_not_say_where_they_are_sees_the_clinics_country_and_the_world() -> None:
    content = content_once()
    found = quiet(country="prefer_not").help

    assert found.emergency == ("911",)
    assert not found.country_told
    assert quiet(country="US").help.country_told
    assert {line.id for line in content.helplines.country("").lines} < {
        line.id for line in found.lines
    }


def test_lines_for_the_young_come_first_under_18_last_when_unknown_and_not_from_18_on() -> None:
    def young(age: int | None) -> list[bool]:
        return [line.youth for line in quiet(country="GB", age_years=age).help.lines]

    assert young(17)[:2] == [True, True]
    assert not any(young(18))
    assert young(None)[-2:] == [True, True]


def test_it_says_that_no_clinician_has_approved_the_content_until_one_has() -> None:
    signed = dataclasses.replace(content_once(), reviewed_by="Dr A. Example")

    assert quiet().not_reviewed
    assert not quiet().reviewed
    assert of(BASE, content=signed).not_reviewed == ""
    assert of(BASE, content=signed).reviewed


def test_the_patients_own_question_is_kept_as_it_was_written() -> None:
    assert quiet(questions="Why me?\nAnd why now?").wants_to_ask == "Why me?\nAnd why now?"


def test_the_code_leads_to_the_page_that_explains_it_and_only_with_an_address() -> None:
    content = content_once()
    summary = quiet()

    assert summary.code_url == "https://forms.example.org/code/K7QM-4XRT"
    assert rules.read_answers(content, BASE)
    assert dataclasses.replace(summary, code_url="").code_url == ""


def test_the_unsure_points_are_also_in_the_list_of_points() -> None:
    summary = case("V20")

    assert len(summary.unsure) == 19
    assert set(summary.unsure) < set(summary.points)


def test_the_face_of_the_clinic_is_copied() -> None:
    assert quiet().clinic == CLINIC
