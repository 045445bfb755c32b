"""A form that was sent is only read since, says when that was, and makes room for a new one."""

from dataclasses import replace

import pytest
from flask import Flask

from screener.web import parts
from tests.screener.wizard.conftest import Arrived, Settled
from tests.screener.wizard.people import JO, cookie, reference_of, words_of
from tests.web import Patient, browser

pytestmark = pytest.mark.usefixtures("taking")


def test_what_was_sent_is_not_changed_any_more(done: Settled, arrived: Arrived) -> None:
    patient = done()
    change = Patient(patient.browser).go("/form/heart").filled_in("", heart_hx=["heart_attack"])
    patient.go("/send").press("Send my answers", **JO)

    patient.send(change)

    assert patient.response is not None
    assert (409, "You already sent this form") == (patient.response.status_code, patient.heading)
    assert arrived()[0].reference in words_of(patient)
    assert patient.follow("See what you sent").at == "/summary"


@pytest.mark.parametrize(
    "address",
    [
        "/form/heart",
        "/form/check",
        "/form/medicines-tried",
        "/form/medicines-tried/add",
        "/form/a-word-2",
    ],
)
def test_every_page_of_a_sent_form_says_so(done: Settled, address: str) -> None:
    patient = done().go("/send").press("Send my answers", **JO)

    response = patient.browser.get(address)

    assert response.status_code == 409
    assert "You already sent this form" in response.text


def test_a_sent_summary_stays_and_says_when_it_was_sent(done: Settled) -> None:
    patient = done().go("/send").press("Send my answers", **JO).follow("See your summary")

    assert "Sent to the clinic on" in words_of(patient)
    assert "Nothing has been sent" not in words_of(patient)
    assert "Change an answer" not in words_of(patient)
    for copy in ("patient", "clinician"):
        assert "Sent to the clinic on" in patient.browser.get(f"/summary/print?copy={copy}").text
        assert "Sent to the clinic on" in patient.browser.get(f"/summary.txt?copy={copy}").text


def test_the_code_of_a_sent_form_opens_its_summary(app: Flask, done: Settled) -> None:
    patient = done().go("/send").press("Send my answers", **JO).follow("Come back later")
    code = patient.press("Get a code").page.select_one("#code")
    assert code is not None

    other = Patient(browser(app)).go("/return").press("Open", code=code.get_text())

    assert "You sent them to the clinic." in words_of(other)
    assert other.follow("See what you sent").at == "/summary"
    assert "Sent to the clinic on" in words_of(other)


def test_a_new_form_takes_the_place_of_the_one_that_was_sent(
    done: Settled, arrived: Arrived
) -> None:
    patient = done().go("/send").press("Send my answers", **JO)
    held = cookie(patient.browser)

    patient.go("/")
    assert "You sent a form." in words_of(patient)
    patient.press("Start a new form")

    assert patient.at == "/form/before-you-start"
    assert held != cookie(patient.browser)
    assert patient.go("/").follow("Go on with your form").at == "/form/before-you-start"
    assert 1 == len(arrived())


def test_deleting_after_sending_says_that_the_clinic_keeps_its_copy(
    done: Settled, arrived: Arrived
) -> None:
    patient = done().go("/send").press("Send my answers", **JO)
    reference = reference_of(patient)

    patient.go("/delete")
    assert (
        "The clinic keeps what you sent. To have that deleted, ask the clinic and name your"
        f" reference: {reference}" in words_of(patient)
    )
    patient.press("Delete my answers")

    assert "The clinic keeps what you sent." in words_of(patient)
    assert "Nothing you told us is kept here" not in words_of(patient)
    assert [reference] == [found.reference for found in arrived()]


def test_the_summary_of_a_sent_form_outlives_a_change_of_the_questions(
    app: Flask, done: Settled
) -> None:
    patient = done(aneurysm="yes").go("/send").press("Send my answers", **JO)
    before = patient.browser.get("/summary.txt").text
    made_of = app.extensions[parts.KEY]

    parts.install(app, replace(made_of, content=replace(made_of.content, version="of later")))

    assert made_of.content.version in before
    assert before == patient.browser.get("/summary.txt").text
