"""What the script adds, and that all of it is there, a little slower, without the script."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.patient import Patient

pytestmark = pytest.mark.browser

DOWN_TO = "/form/other-treatments"
ANSWERS = {"ack": "yes", "safe_today": "yes", "antidep_ever": "no"}


def ticked(patient: Patient, name: str) -> list[str]:
    found: list[str] = patient.page.eval_on_selector_all(
        f"input[name={name}]:checked", "boxes => boxes.map(box => box.value)"
    )
    return found


def tick(patient: Patient, name: str, value: str) -> None:
    box = patient.page.locator(f"input[name={name}][value={value}]")
    patient.page.locator(f"label[for='{box.get_attribute('id')}']").click()


def at_the_ticks(patient: Patient) -> Patient:
    return patient.begin().walk(ANSWERS, until=DOWN_TO)


def test_none_of_these_clears_the_other_ticks_and_they_clear_it(open_form: Open) -> None:
    patient = at_the_ticks(open_form())

    tick(patient, "nondrug", "talk_therapy")
    tick(patient, "nondrug", "ect")
    assert ticked(patient, "nondrug") == ["talk_therapy", "ect"]

    tick(patient, "nondrug", "none")
    assert ticked(patient, "nondrug") == ["none"]

    tick(patient, "nondrug", "tms")
    assert ticked(patient, "nondrug") == ["tms"]


def test_without_the_script_two_answers_that_clash_are_asked_about(open_form: Open) -> None:
    patient = at_the_ticks(open_form(scripts=False))
    tick(patient, "nondrug", "ect")
    tick(patient, "nondrug", "none")
    tick(patient, "ket_before", "none")

    patient.press("Save and continue")

    assert len(patient.problems) == 1
    assert "None of these" in patient.problems[0]


def test_the_print_button_appears_only_where_it_can_print(open_form: Open) -> None:
    for scripts in (True, False):
        patient = open_form(scripts=scripts).begin().go("/finish-later")
        patient.press("Get a code")

        assert patient.page.get_by_role("button", name="Print this page").is_visible() is scripts
        assert "Write the code down" in patient.text


def test_a_second_press_sends_nothing_twice(open_form: Open) -> None:
    patient = open_form().begin()
    sent: list[str] = []
    patient.page.on("request", lambda asked: sent.append(asked.method))
    with patient.page.expect_navigation():
        patient.page.evaluate(
            "() => { const save = document.querySelector('main form button');"
            " save.click(); save.click(); save.click(); }"
        )

    assert sent.count("POST") == 1


def test_the_list_of_problems_has_the_focus_and_leads_to_the_answer(open_form: Open) -> None:
    for scripts in (True, False):
        patient = open_form(scripts=scripts).begin()
        patient.press("Save and continue")

        expect(patient.page.locator(".sum")).to_be_focused()
        patient.page.keyboard.press("Tab")
        patient.page.keyboard.press("Enter")
        expect(patient.page.locator("#ack-0")).to_be_focused()
