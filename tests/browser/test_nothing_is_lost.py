"""What a browser does by itself: Back, Refresh, two tabs, another device. No answer gets lost."""

import pytest

from tests.browser.conftest import DESK, Open
from tests.browser.patient import Patient

pytestmark = pytest.mark.browser
with_and_without = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
BEGUN = {"ack": "yes", "filled_by": "self", "age_years": 42, "country": "IE", "safe_today": "yes"}
SECOND, THIRD = "/form/right-now", "/form/low-mood"


def chosen(patient: Patient, name: str) -> str | None:
    """The answer that the page shows."""
    found: str | None = patient.page.evaluate(
        "name => document.querySelector(`[name=${name}]:checked, select[name=${name}]`)?.value"
        " ?? document.querySelector(`input[type=text][name=${name}]`)?.value",
        name,
    )
    return found


@with_and_without
def test_back_shows_each_page_as_it_was_last_answered(open_form: Open, *, scripts: bool) -> None:
    patient = open_form(scripts=scripts).begin().walk(BEGUN, until=THIRD)

    patient.back()
    assert (SECOND, "IE", "yes") == (
        patient.at,
        chosen(patient, "country"),
        chosen(patient, "safe_today"),
    )
    patient.back()
    assert ("yes", "42") == (chosen(patient, "ack"), chosen(patient, "age_years"))
    patient.answer_page(BEGUN | {"age_years": 43})
    assert "43" == chosen(patient.back(), "age_years")


@with_and_without
def test_a_refresh_sends_nothing_twice(open_form: Open, *, scripts: bool) -> None:
    patient = open_form(scripts=scripts).begin().walk(BEGUN, until=SECOND)
    sent: list[str] = []
    patient.page.on("request", lambda asked: sent.append(asked.method))

    patient.page.reload()

    assert SECOND == patient.at
    assert "POST" not in sent


def test_two_tabs_keep_the_answers_of_both(open_form: Open) -> None:
    first = open_form().begin().walk(BEGUN, until=SECOND)
    second = Patient(first.page.context.new_page(), first.content, first.address)
    second.go("/form/before-you-start")

    first.answer_page(BEGUN)
    second.answer_page(BEGUN | {"age_years": 51})

    first.go("/form/check")
    assert ["51 years", "Ireland"] == [
        said for said in ("51 years", "Ireland") if said in first.text
    ]


@with_and_without
def test_another_device_goes_on_at_the_same_place(open_form: Open, *, scripts: bool) -> None:
    phone = open_form(scripts=scripts).begin().walk(BEGUN, until=THIRD)
    phone.follow("Finish later").press("Get a code")
    code = phone.page.inner_text("#code")
    desk = open_form(DESK, scripts=scripts)

    desk.follow("I already have a code").page.fill("#code", f" {code.lower().replace('-', ' ')} ")
    desk.press("Open my answers")

    assert "Welcome back" == desk.heading
    assert THIRD == desk.follow("Go on with your form").at
    assert "IE" == chosen(desk.back().go(SECOND), "country")


def test_another_browser_opens_nothing_without_the_code(open_form: Open) -> None:
    open_form().begin().walk(BEGUN, until=THIRD)

    stranger = open_form().go(SECOND)

    assert "/" == stranger.at
    assert "Ireland" not in stranger.text


def test_a_lost_cookie_keeps_what_was_typed(open_form: Open) -> None:
    patient = open_form().begin()
    patient.go("/finish-later").press("Get a code")
    code = patient.page.inner_text("#code")
    patient.go("/form/before-you-start").page.context.clear_cookies()

    patient.answer_page(BEGUN)
    assert "You have been away. Enter your code to go on." == patient.heading
    patient.page.fill("#return_code", code)
    patient.press("Save and go on")

    assert SECOND == patient.at
    assert "42" == chosen(patient.go("/form/before-you-start"), "age_years")
