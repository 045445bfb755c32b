"""Whole ways through the form, each page held to the promises of `tests.web`."""

import random
import re
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask

from tests.screener.wizard.conftest import Settled
from tests.screener.wizard.people import BUSY, CRISIS, TRIAL, WELCOME
from tests.web import Patient, browser, options

LOOPS = ("/form/a-word-2", "/form/a-word-1", "/form/check", "/")


def test_a_patient_with_nothing_to_report_reaches_the_check_page_in_thirty_pages(
    patient: Patient,
) -> None:
    patient.walk(WELCOME)

    assert len(patient.seen) <= 30
    assert len(patient.seen) == len(set(patient.seen))


def test_the_busiest_patient_sees_at_most_forty_five_pages_loops_aside(patient: Patient) -> None:
    patient.walk(BUSY)

    asked = {page for page in patient.seen if page not in LOOPS and "is-this-right" not in page}
    assert 30 < len(asked) <= 45


def test_the_check_page_shows_each_answer_by_step(settled: Settled) -> None:
    patient = settled("check", bp_dx="not_sure", dep_dx="yes")

    rows = shown(patient)
    assert len(patient.page.select("main h2")) == 9
    assert rows["High blood pressure"] == "I am not sure"
    assert rows["Age"] == "42 years"
    assert rows["Height"] == "Not answered"


def test_back_leads_to_the_page_before_with_its_answers(patient: Patient) -> None:
    patient.answer(WELCOME).follow("Back")

    assert patient.at == "/form/before-you-start"
    assert patient.page.select_one("#ack-0[checked]")
    assert patient.page.select_one("#age_years[value='42']")


def test_a_page_that_is_not_reached_yet_leads_to_the_one_that_is_due(patient: Patient) -> None:
    assert patient.go("/form/goals").at == "/form/before-you-start"
    assert patient.go("/form/no-such-page").at == "/form/before-you-start"


def test_change_returns_to_the_check_page(settled: Settled) -> None:
    patient = settled("check").follow("Change: Kidney").press(kidney="yes")

    assert patient.at == "/form/check"
    assert shown(patient)["Kidney disease"] == "Yes"


def test_change_asks_what_it_has_opened_before_it_returns(settled: Settled) -> None:
    patient = settled("check").go("/form/blood-pressure?then=check").press(bp_dx="yes")

    assert patient.at == "/form/blood-pressure-care"
    assert patient.answer({}).at == "/form/check"


def test_a_stale_answer_neither_counts_nor_prints(settled: Settled) -> None:
    high = {"bp_systolic": 190, "bp_diastolic": 125, "bp_when": "past_3m"}
    patient = settled("check", bp_known="yes", **high)
    assert "190 mmHg" in patient.page.get_text()

    patient.go("/form/blood-pressure?then=check").press(bp_known="no")

    assert patient.at == "/form/check"
    assert "190" not in patient.page.get_text()
    patient.press("Make my summary")
    for address in ("/summary", "/summary.txt", "/summary.json"):
        said = patient.browser.get(address).text
        assert not re.search(r"\b190\b", said), address  # it may stand in a random token


def test_an_answer_left_behind_is_there_again_when_the_mind_changes_back(settled: Settled) -> None:
    patient = settled("check", bp_known="yes", bp_systolic=131, bp_diastolic=82)
    patient.go("/form/blood-pressure?then=check").press(bp_known="no")
    patient.go("/form/blood-pressure?then=check").press(bp_known="yes")

    assert "131 mmHg" in patient.page.get_text()


def test_the_summary_waits_for_every_page(patient: Patient) -> None:
    patient.answer(WELCOME)

    assert patient.go("/summary").at == "/form/right-now"
    assert patient.go("/form/check").heading.startswith("Check your answers")
    assert "Make my summary" not in patient.page.get_text()
    _action, data = patient.go("/form/right-now").filled_in()
    assert patient.send(("/form/finish", data)).at == "/form/right-now"
    assert patient.go("/summary").at == "/form/right-now"


def test_the_summary_opens_as_page_print_pdf_text_and_json(settled: Settled) -> None:
    patient = settled("check").press("Make my summary")

    assert patient.at == "/summary"
    kinds = {
        "/summary/print?copy=clinician&paper=letter": "text/html",
        "/summary/summary.pdf?copy=patient&paper=a4": "application/pdf",
        "/summary.txt": "text/plain",
        "/summary.json": "application/json",
    }
    for address, kind in kinds.items():
        response = patient.browser.get(address)
        assert (200, kind) == (response.status_code, response.mimetype), address
    assert patient.browser.get("/summary.txt?copy=nobody").status_code == 404


def test_a_change_after_the_summary_asks_to_check_again(settled: Settled) -> None:
    patient = settled("check").press("Make my summary")
    patient.go("/form/organs?then=check").press(glaucoma="yes")

    assert patient.go("/summary").at == "/form/check"
    assert patient.press("Make my summary").at == "/summary"


def test_saying_no_to_going_on_ends_kindly_and_can_be_taken_back(patient: Patient) -> None:
    patient.answer(WELCOME | {"ack": "no"})

    assert patient.at == "/not-now"
    assert patient.go("/form/low-mood").at == "/not-now"
    patient.go("/form/before-you-start").answer(WELCOME)
    assert patient.at == "/form/right-now"


def test_nobody_goes_on_without_a_yes(patient: Patient) -> None:
    patient.press()
    assert len(patient.problems) == 2

    patient.press("Leave it empty")

    assert patient.at == "/form/before-you-start"
    assert patient.problems == ["Select if you want to go on"]
    assert patient.page.select("button[name=skip]") == []


@pytest.mark.parametrize("seed", range(3))
def test_any_patient_reaches_the_summary(patient: Patient, seed: int) -> None:
    draw = random.Random(seed)
    while patient.at != "/form/check":
        assert len(patient.seen) < 120
        form = patient.page.select("main form")[0]
        patient.press("", **{name: drawn_for(form, name, draw) for name in patient.asked()})
        if patient.problems:
            patient.press("Leave it empty") if patient.page.select("[name=skip]") else None

    assert patient.press("Make my summary").at == "/summary"
    assert patient.browser.get("/summary/summary.pdf").data.startswith(b"%PDF")


def drawn_for(form: Tag, name: str, draw: random.Random) -> Any:
    """Any answer: an option, some ticks, a number, or nothing."""
    offered = options(form, name)
    if name == "ack":
        return "yes"
    if form.select_one(f"[name={name}][type=checkbox]"):
        return draw.sample(offered, draw.randint(0, 2))
    return draw.choice(offered) if offered else draw.choice(["", "7", "42", "130", "170", "x"])


def test_a_young_person_hears_of_help_once_and_goes_on(patient: Patient) -> None:
    patient.answer(WELCOME | {"age_years": "15"}).answer(WELCOME | {"country": "GB"})

    assert patient.at == "/form/a-word-3"
    assert "Childline" in patient.page.get_text()
    assert patient.press("Carry on").at == "/form/low-mood"
    assert patient.go("/form/right-now").press().at == "/form/low-mood"


def test_the_crisis_patient_reaches_the_summary(patient: Patient) -> None:
    patient.walk(CRISIS).press("Make my summary")

    assert patient.at == "/summary"
    assert patient.seen.count("/form/a-word-2") == 2


def test_trials_are_added_changed_and_removed(patient: Patient) -> None:
    patient.walk(WELCOME | {"antidep_ever": "yes"}, until="/form/medicines-tried")

    patient.follow("Add a medicine").press("Add this medicine", **TRIAL)
    patient.follow("Add another").press("Add this medicine", **TRIAL | {"med": "bupropion"})
    assert patient.heading == "You have added 2 medicines"

    patient.follow("Change: bupropion").press("Save this medicine", duration="lt_4w")
    assert "Less than 4 weeks" in patient.page.get_text()

    patient.follow("Remove: sertraline").press("Remove this medicine")
    assert patient.heading == "You have added 1 medicine"
    patient.press("Save and continue")
    assert patient.at == "/form/add-on-medicines"
    patient.walk(WELCOME)
    assert "1 added" in shown(patient).values()


def test_a_patient_who_comes_back_to_a_restarted_server_goes_on(
    patient: Patient, app: Flask
) -> None:
    from screener.app import create_app  # noqa: PLC0415 - the same server, started again

    patient.walk(WELCOME, until="/form/heart")
    made_of = app.extensions["screener"]
    app.extensions["store"].close()

    again = browser(create_app(made_of.settings, made_of.content))
    for name in ("screener-draft", "screener-session"):
        cookie = patient.browser.get_cookie(name)
        assert cookie is not None
        again.set_cookie(name, cookie.value)

    sent = patient.filled_in("", heart_hx=["none"], stairs_trouble="no")
    later = Patient(again).send(sent)
    assert later.at == "/form/blood-vessels"


def test_a_code_opens_the_answers_on_another_device(patient: Patient, app: Flask) -> None:
    patient.walk(WELCOME, until="/form/heart").follow("Finish later").press()
    code = patient.page.select_one(".code")
    assert code is not None

    other = Patient(browser(app)).go("/return").press(code=code.get_text().lower())

    assert other.at == "/welcome-back"
    assert other.follow("Go on").at == "/form/heart"
    assert patient.go("/form/heart").at == "/"


def shown(patient: Patient) -> dict[str, str]:
    """What the check page shows: label and answer."""
    rows = patient.page.select("dl.sl > div")
    return {
        row.dt.get_text(strip=True): row.dd.get_text(strip=True)
        for row in rows
        if row.dt and row.dd
    }
