"""What keeps a form from being sent loses nothing of it: an old page, a full disk, too many."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from screener.settings import Settings
from screener.store import StoreUnavailable
from screener.wizard import sending, side
from tests.screener.wizard.conftest import Arrived, Settled
from tests.screener.wizard.people import JO, cookie, words_of
from tests.web import Patient, browser

pytestmark = pytest.mark.usefixtures("taking")
ALL = JO | {"message": ["no"], "best_time": "noon"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A clinic that has a phone."""
    clinic = settings.clinic.model_copy(update={"phone": "+1 555 010 0199"})
    return settings.model_copy(update={"clinic": clinic})


@dataclass
class Unsent:
    """A patient who has filled in how to reach them, and what the button would send."""

    patient: Patient
    action: str
    filled_in: dict[str, Any]
    arrived: Arrived

    def sends(self, **changed: str) -> Patient:
        """Press the button."""
        return self.patient.send((self.action, self.filled_in | changed))

    def is_kept(self, code: int, said: str) -> None:
        """Nothing has arrived, the page says so and holds all of it, and can be sent later."""
        assert self.patient.response is not None
        assert code == self.patient.response.status_code
        assert said in words_of(self.patient)
        assert [] == self.arrived()

        kept = self.patient.filled_in("Send my answers")[1]
        assert {name: kept[name] for name in ALL} == ALL
        assert "/sent" == self.patient.press("Send my answers").at


@pytest.fixture
def unsent(settled: Settled, arrived: Arrived) -> Unsent:
    patient = settled("check", country="US").press("Make my summary").go("/send")
    filled_in = patient.filled_in("Send my answers", **JO, message="no", best_time="noon")
    return Unsent(patient, *filled_in, arrived)


def test_an_old_page_shows_again_as_it_was_filled_in(unsent: Unsent) -> None:
    unsent.sends(csrf_token="from yesterday")

    unsent.is_kept(400, "Press Send my answers again.")


def test_a_database_that_does_not_answer_keeps_the_page(
    app: Flask, unsent: Unsent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable("full")

    with monkeypatch.context() as patched:
        patched.setattr(app.extensions["store"].drafts, "send", fail)
        unsent.sends()

    assert "If it still does not work, call Your clinic: +1 555 010 0199" in words_of(
        unsent.patient
    )
    unsent.is_kept(503, "We could not send this just now.")


def test_who_was_away_comes_back_with_the_code_and_is_asked_again(unsent: Unsent) -> None:
    patient = unsent.patient
    code = patient.go("/finish-later").press("Get a code").page.select_one("#code")
    assert code is not None
    patient.browser.get("/leave")
    token = Patient(patient.browser).go("/").filled_in("Start")[1]["csrf_token"]

    unsent.sends(csrf_token=token)
    assert "You have been away. Enter your code to go on." == patient.heading
    patient.press("Save and go on", return_code=code.get_text())

    unsent.is_kept(200, "Nothing is sent yet.")


def test_many_forms_from_one_place_wait_and_lose_nothing(
    app: Flask, unsent: Unsent, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle = app.extensions["store"].throttle
    throttle.take("send", "127.0.0.1", most=1, most_of_all=1, seconds=sending.HOUR)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "MOST", 1)
        answer = unsent.sends().response

    assert answer is not None
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    unsent.is_kept(429, "Nothing you typed is lost. Try again in")


def test_who_puts_a_slip_right_is_not_counted_as_many(
    unsent: Unsent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "MOST", 1)
    for _ in range(3):
        unsent.patient.go("/send").press("Send my answers", name="")

    assert "/sent" == unsent.sends().at


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
    assert side.MOST >= 40  # at once, when the doors open
    assert side.MOST * sending.HOUR // side.SECONDS >= 100
    assert sending.MOST >= 20


def test_whoever_uses_up_all_that_may_begin_keeps_others_out_for_minutes_and_no_longer() -> None:
    assert side.SECONDS <= 10 * 60
