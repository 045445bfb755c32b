"""Somebody of the staff at an address that there is not."""

import pytest
from flask import Flask

from screener.store import StoreUnavailable
from tests.staff import at_work, hired, intake_of, signed_in
from tests.web import Patient, browser

NOWHERE = "/staff/no-such-room"


def rooms(patient: Patient) -> list[str]:
    return [link.get_text() for link in patient.page.select("nav.places a")]


def test_whoever_is_signed_in_keeps_the_way_to_the_rooms(app: Flask) -> None:
    sam = at_work(app, "lead")
    known = rooms(sam.go("/staff/queue"))

    sam.go(NOWHERE)

    assert sam.response is not None
    assert (404, "Page not found") == (sam.response.status_code, sam.heading)
    assert known == rooms(sam)


def test_so_does_who_asks_in_a_way_that_the_page_does_not_know(app: Flask) -> None:
    sam = at_work(app, "lead")
    known = rooms(sam.go("/staff/queue"))

    sam.response = sam.browser.get("/staff/sign-out")

    assert 405 == sam.response.status_code
    assert known == rooms(sam)


@pytest.mark.parametrize("stage", ["password", "invited", ""])
def test_whoever_is_not_sees_no_room(app: Flask, stage: str) -> None:
    came = signed_in(app, hired(app), stage) if stage else Patient(browser(app))

    came.go(NOWHERE)

    assert came.response is not None
    assert 404 == came.response.status_code
    assert [] == rooms(came)


def test_the_page_stands_without_a_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    sam = at_work(app)
    monkeypatch.setattr(intake_of(app).staff.sign_ins, "open", away)

    sam.go(NOWHERE)

    assert "Page not found" == sam.heading


def test_a_patient_who_is_lost_is_not_asked_who_they_are(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = at_work(app)
    monkeypatch.setattr(intake_of(app).staff.sign_ins, "open", None)

    sam.go("/no-such-page")

    assert "Page not found" == sam.heading
    assert "Get help now" in sam.page.get_text()
