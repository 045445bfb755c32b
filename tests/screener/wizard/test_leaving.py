"""Leaving fast, and deleting for good."""

import pytest
from flask import Flask

from tests.web import Patient, browser


def cookies_of(patient: Patient) -> dict[str, str]:
    jar = patient.browser._cookies or {}
    return {cookie.key: cookie.value for cookie in jar.values()}


def test_leaving_ends_the_visit_and_goes_to_a_neutral_place(app: Flask, patient: Patient) -> None:
    assert "screener-draft" in cookies_of(patient)

    left = patient.browser.get("/leave")

    assert left.status_code == 303
    assert left.location == app.extensions["screener"].settings.clinic.leave_to
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert left.headers["Cache-Control"] == "no-store"
    assert cookies_of(patient) == {}
    assert patient.go("/").at == "/"
    assert "Go on with your form" not in patient.page.get_text()


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_fetching_ahead_does_not_leave(patient: Patient, header: str) -> None:
    fetched = patient.browser.get("/leave", headers={header: "prefetch;prerender"})

    assert fetched.status_code == 204
    assert "Clear-Site-Data" not in fetched.headers
    assert "screener-draft" in cookies_of(patient)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_other_site_can_end_a_visit(patient: Patient, site: str) -> None:
    asked = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}

    led = patient.browser.get("/leave", headers=asked)

    assert "Clear-Site-Data" not in led.headers
    assert "screener-draft" in cookies_of(patient)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_page_of_ours_and_a_typed_address_end_it(patient: Patient, site: str) -> None:
    patient.browser.get("/leave", headers={"Sec-Fetch-Site": site})

    assert cookies_of(patient) == {}


def test_leaving_keeps_the_answers_for_the_code(app: Flask, patient: Patient) -> None:
    patient.answer({"ack": "yes", "age_years": "42"})
    code = patient.go("/finish-later").press("Get a").page.select_one(".code")
    assert code is not None

    patient.browser.get("/leave")

    back = Patient(browser(app)).go("/return").press("Open", code=code.get_text())
    assert back.heading == "Welcome back"


def test_deleting_asks_first_and_then_deletes_for_good(app: Flask, patient: Patient) -> None:
    code = patient.go("/finish-later").press("Get a").page.select_one(".code")
    assert code is not None

    patient.go("/delete")
    assert patient.heading == "Delete your answers?"
    patient.press("Delete my answers")

    assert patient.heading == "Your answers are deleted"
    assert cookies_of(patient).get("screener-draft") is None
    again = Patient(browser(app)).go("/return").press("Open", code=code.get_text())
    assert again.problems == ["We cannot find that code. Check each letter."]


def test_every_page_of_a_visit_offers_to_finish_later_and_to_leave(patient: Patient) -> None:
    foot = [link["href"] for link in patient.page.select("footer a")]
    first = patient.page.select("body a")[0]

    assert {"/finish-later", "/privacy", "/leave"} <= set(foot)
    assert first["href"] == "/leave"  # the first stop of the keyboard


def test_the_start_offers_no_finish_later_without_a_draft(app: Flask) -> None:
    page = Patient(browser(app)).go("/").page

    assert "/finish-later" not in [link["href"] for link in page.select("footer a")]
