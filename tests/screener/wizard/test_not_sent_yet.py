"""What keeps a form from being sent loses nothing of it: an old page, a full disk, too many."""

from typing import Any

import pytest
from flask import Flask

from screener.store import StoreUnavailable
from screener.wizard import sending, side
from tests.screener.wizard.conftest import Arrived, Settled
from tests.screener.wizard.people import JO, cookie, words_of
from tests.web import Patient, browser

pytestmark = pytest.mark.usefixtures("taking")
Sent = tuple[str, dict[str, Any]]


@pytest.fixture
def about_to_send(settled: Settled) -> tuple[Patient, Sent]:
    """A patient who has filled in how to reach them, and what the button would send."""
    patient = settled("check", country="US").press("Make my summary").go("/send")
    return patient, patient.filled_in("Send my answers", **JO, message="no", best_time="noon")


def kept(patient: Patient) -> dict[str, Any]:
    data = patient.filled_in("Send my answers")[1]
    return {name: data[name] for name in (*JO, "message", "best_time")}


ALL = JO | {"message": ["no"], "best_time": "noon"}


def status(patient: Patient) -> int:
    assert patient.response is not None
    return patient.response.status_code


def test_an_old_page_shows_again_as_it_was_filled_in(
    about_to_send: tuple[Patient, Sent], arrived: Arrived
) -> None:
    patient, (action, data) = about_to_send

    patient.send((action, data | {"csrf_token": "from yesterday"}))

    assert (400, ALL) == (status(patient), kept(patient))
    assert "Press Send my answers again." in words_of(patient)
    assert [] == arrived()
    assert "/sent" == patient.press("Send my answers").at


def test_a_database_that_does_not_answer_keeps_the_page(
    app: Flask,
    about_to_send: tuple[Patient, Sent],
    arrived: Arrived,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient, pressed = about_to_send

    def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable("full")

    with monkeypatch.context() as patched:
        patched.setattr(app.extensions["store"].drafts, "send", fail)
        patient.send(pressed)

    assert (503, ALL) == (status(patient), kept(patient))
    assert "We could not send this just now." in words_of(patient)
    assert [] == arrived()
    assert "/sent" == patient.press("Send my answers").at


def test_who_was_away_comes_back_with_the_code_and_is_asked_again(
    about_to_send: tuple[Patient, Sent], arrived: Arrived
) -> None:
    patient, pressed = about_to_send
    code = patient.go("/finish-later").press("Get a code").page.select_one("#code")
    assert code is not None
    patient.browser.get("/leave")
    token = Patient(patient.browser).go("/").filled_in("Start")[1]["csrf_token"]

    patient.send((pressed[0], pressed[1] | {"csrf_token": token}))
    assert "You have been away. Enter your code to go on." == patient.heading
    patient.press("Save and go on", return_code=code.get_text())

    assert (200, ALL) == (status(patient), kept(patient))
    assert "Nothing is sent yet." in words_of(patient)
    assert [] == arrived()
    assert "/sent" == patient.press("Send my answers").at


def test_many_forms_from_one_place_wait_and_lose_nothing(
    app: Flask,
    about_to_send: tuple[Patient, Sent],
    arrived: Arrived,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patient, pressed = about_to_send
    throttle = app.extensions["store"].throttle
    throttle.take("send", "127.0.0.1", most=1, most_of_all=1, seconds=sending.HOUR)
    monkeypatch.setattr(sending, "MOST", 1)

    patient.send(pressed)

    assert patient.response is not None
    assert (429, ALL) == (status(patient), kept(patient))
    assert 0 < int(patient.response.headers["Retry-After"]) <= 3600
    assert "Nothing you typed is lost. Try again in" in words_of(patient)
    assert [] == arrived()
    monkeypatch.undo()
    assert "/sent" == patient.press("Send my answers").at


def test_who_puts_a_slip_right_is_not_counted_as_many(
    about_to_send: tuple[Patient, Sent], monkeypatch: pytest.MonkeyPatch
) -> None:
    patient, pressed = about_to_send
    monkeypatch.setattr(sending, "MOST", 1)
    for _ in range(3):
        patient.go("/send").press("Send my answers", name="")

    assert "/sent" == patient.send(pressed).at


def start_from(app: Flask, address: str) -> int:
    client = browser(app)
    client.environ_base["REMOTE_ADDR"] = address
    action, data = Patient(client).go("/").filled_in("Start")
    return client.post(action, data=data).status_code


def test_forms_that_are_begun_are_counted_by_place(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side, "MOST", 2)

    assert [303, 303, 429] == [start_from(app, "192.0.2.7") for _ in range(3)]
    assert 303 == start_from(app, "192.0.2.8")


def test_who_has_begun_goes_on_however_many_begin_beside_them(
    app: Flask, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side, "MOST", 0)
    held = cookie(patient.browser)

    patient.go("/").follow("Go on with your form")

    assert (held, "/form/before-you-start") == (cookie(patient.browser), patient.at)
    assert 429 == start_from(app, "127.0.0.1")


def test_a_waiting_room_full_of_patients_may_begin_and_send() -> None:
    assert side.MOST >= 100
    assert sending.MOST >= 20
