"""With a keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import paper
from tests.browser.conftest import DESK, Open
from tests.browser.keys import Keys
from tests.browser.patient import Patient
from tests.browser.people import person

pytestmark = pytest.mark.browser
MOST_TABS = 60
FOCUSED = (
    "(() => { const one = document.activeElement; return one.id || one.textContent.trim(); })()"
)


def tab_to(page: Page, wanted: str) -> list[str]:
    """Press Tab until the focus is there; return the stops on the way."""
    stops: list[str] = []
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        stops.append(str(page.evaluate(FOCUSED)))
        if stops[-1] == wanted:
            return stops
    raise AssertionError(f"Tab does not reach {wanted}: {stops}")


def enter(patient: Patient, key: str = "Enter") -> None:
    with patient.page.expect_navigation():
        patient.page.keyboard.press(key)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_step_can_be_answered_with_the_keyboard_alone(open_form: Open, *, scripts: bool) -> None:
    patient = open_form(DESK, scripts=scripts)
    page, keys = patient.page, patient.page.keyboard

    assert ["Leave this site", "Skip to the main part"] == tab_to(page, "Skip to the main part")
    tab_to(page, "Start")
    enter(patient)
    tab_to(page, "ack-0")
    keys.press("Space")
    assert ["filled_by-0"] == tab_to(page, "filled_by-0")
    keys.press("ArrowDown")
    assert ["age_years"] == tab_to(page, "age_years")
    keys.type("42")
    enter(patient)

    assert "/form/right-now" == patient.at
    tab_to(page, "country")
    while page.locator("#country").input_value() != "IE":
        keys.press("ArrowDown")
    tab_to(page, "safe_today-0")
    keys.press("Space")
    tab_to(page, "Save and continue")
    enter(patient)
    assert "/form/low-mood" == patient.at
    patient.go("/form/before-you-start")
    assert page.locator("#filled_by-1").is_checked()
    patient.go("/form/check")
    assert "Ireland" in patient.text


def test_a_whole_form_leads_from_the_start_to_the_paper_with_the_keyboard_alone(
    open_form: Open,
) -> None:
    there = open_form(DESK, scripts=False)
    patient = Keys(there.page, there.content, there.address)

    patient.begin().walk(person("quiet")).press("Make my summary")
    written = " ".join(paper.pages(patient.open_paper("Save your copy as PDF")))

    assert "This page is not a diagnosis" in written
    assert "sertraline" in written


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_after_a_slip_the_problems_have_the_focus_and_lead_to_the_inputs(
    open_form: Open, *, scripts: bool
) -> None:
    patient = open_form(scripts=scripts).begin()
    patient.page.fill("#age_years", "about forty")
    patient.press("Save and continue")

    expect(patient.page.locator(".sum")).to_be_focused()
    for place in ("ack-0", "filled_by-0", "age_years"):
        link = f".sum a[href='#{place}']"
        patient.page.focus(link)
        patient.page.keyboard.press("Enter")
        expect(patient.page.locator(f"#{place}")).to_be_focused()


def test_after_a_page_without_slips_nothing_takes_the_focus(open_form: Open) -> None:
    patient = open_form().begin()

    assert patient.page.evaluate("document.activeElement === document.body")
