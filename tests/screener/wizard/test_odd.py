"""Numbers that are possible but odd: asked about once, never refused."""

from tests.screener.wizard.conftest import Settled
from tests.web import Patient

READING = {"bp_when": "past_month", "bp_where": "home"}


def odd_reading(settled: Settled) -> Patient:
    """Enter an odd reading."""
    patient = settled("blood-pressure-reading", bp_known="yes")
    return patient.press(bp_systolic="240", bp_diastolic="41", **READING)


def test_an_odd_pair_is_asked_about_as_one(settled: Settled) -> None:
    patient = odd_reading(settled)

    assert patient.at == "/form/blood-pressure-reading/is-this-right"
    assert patient.heading == "You entered 240 over 41. Is that right?"


def test_an_odd_number_that_is_right_is_kept_and_not_asked_about_again(settled: Settled) -> None:
    patient = odd_reading(settled).press("Yes, keep it")
    assert patient.at == "/form/heart"

    assert patient.go("/form/blood-pressure-reading").press().at == "/form/heart"
    assert patient.go("/form/blood-pressure-reading/is-this-right").at == "/form/heart"


def test_another_odd_number_is_asked_about_again(settled: Settled) -> None:
    patient = odd_reading(settled).press("Yes, keep it").go("/form/blood-pressure-reading")

    assert patient.press(bp_systolic="241").heading == "You entered 241 over 41. Is that right?"


def test_change_it_shows_the_page_with_the_number(settled: Settled) -> None:
    patient = odd_reading(settled).follow("Change it")

    assert patient.filled_in()[1]["bp_systolic"] == "240"
    assert patient.press(bp_systolic="124", bp_diastolic="80").at == "/form/heart"


def test_a_usual_number_is_not_asked_about(settled: Settled) -> None:
    patient = settled("blood-pressure-reading", bp_known="yes")

    assert patient.press(bp_systolic="124", bp_diastolic="80", **READING).at == "/form/heart"


def test_a_single_number_is_said_with_its_unit(settled: Settled) -> None:
    patient = settled("body").press(pregnancy=["none"], height_cm="215")

    assert patient.heading == "You entered 215 cm. Is that right?"


def test_an_odd_number_changed_from_the_check_page_returns_there(settled: Settled) -> None:
    patient = settled("check").go("/form/before-you-start?then=check").press(age_years="102")

    assert patient.heading == "You entered 102 years. Is that right?"
    assert patient.press("Yes, keep it").at == "/form/check"
