"""What was typed when a sign-in ended: kept for its owner, and for nobody else."""

from pathlib import Path

import pytest
from flask import Blueprint, Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue

from screener import staff
from screener.app import create_app
from screener.settings import Settings
from screener.staff.access import ACCESS
from screener.staff.guard import me, proven_recently
from screener.store import StoreUnavailable
from screener.store.staff import Account
from tests.screener.staff.people import App, enrolled, invited
from tests.screener.store.conftest import Clock
from tests.screener.wizard.conftest import content_once
from tests.staff import PASSWORD, intake_of, signed_in
from tests.web import Patient

NOTE = "She asked for <b>Tuesday</b>,\nafter work."
EMAIL = "sam.lee@example.org"


class Notes:
    """A room like those of the queue: a page, and a form on it."""

    PAGE = """{% extends "staff/base.html" %}{% from "macros/page.html" import csrf %}
    {% block title %}Notes{% endblock %}{% block main %}<h1>Notes</h1>
    <form method="post" action="/staff/notes/{{ here }}">{{ csrf() }}
    <input type="hidden" name="version" value="7">
    <label for="note">Note</label><textarea id="note" name="note"></textarea>
    <button>Save</button></form>{% endblock %}"""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, str]] = []

    def register(self, bp: Blueprint) -> None:
        bp.get("/notes/<here>")(self.notes)
        bp.post("/notes/<here>")(self.save_note)
        bp.post("/guarded-notes/<here>", endpoint="guarded")(proven_recently(self.save_note))

    def notes(self, here: str) -> ResponseReturnValue:
        return render_template_string(self.PAGE, here=here)

    def before(self) -> None:
        """What may go wrong before a note is kept."""

    def save_note(self, here: str) -> ResponseReturnValue:
        self.before()
        self.kept.append((me().name, request.form["note"], request.form["version"]))
        return redirect(f"/staff/notes/{here}", 303)


@pytest.fixture
def notes(monkeypatch: pytest.MonkeyPatch) -> Notes:
    room = Notes()
    monkeypatch.setattr(staff, "ROOMS", (*staff.ROOMS, room))
    for endpoint in ("notes", "save_note", "guarded"):
        monkeypatch.setitem(ACCESS, f"staff.{endpoint}", "reviewer")
    return room


@pytest.fixture
def app(tmp_path: Path, clock: Clock, notes: Notes) -> Flask:
    assert notes.kept == []
    settings = Settings.load(None, tmp_path / "data", environment={})
    return create_app(settings, content_once(), clock=clock)


@pytest.fixture
def typing(app: Flask, clock: Clock) -> tuple[Patient, App]:
    """Somebody who typed a note, and then was away for a while."""
    person, phone, _codes = enrolled(app, clock)
    person.go("/staff/notes/a1")
    return person, phone


def sends_late(person: Patient, clock: Clock) -> Patient:
    """The note is sent when the sign-in is over."""
    filled = person.filled_in("Save", note=NOTE)
    clock.turn(seconds=15 * 60)
    return person.send(filled)


def signs_in(person: Patient, phone: App) -> Patient:
    person.press("Continue", email=EMAIL, password=PASSWORD)
    return person.press("Sign in", code=phone.shows())


def test_a_note_waits_through_signing_in_and_is_sent_by_its_owner(
    typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, phone = typing
    sends_late(person, clock)
    assert "Sign in" == person.heading
    assert "What you typed is kept." in person.page.get_text()

    signs_in(person, phone)
    assert "What you typed is here" == person.heading
    assert [] == notes.kept

    person.press("Send it")
    assert [("Sam Lee", NOTE, "7")] == [(w, n.replace("\r", ""), v) for w, n, v in notes.kept]
    assert "/staff/notes/a1" == person.at


def test_a_wrong_password_or_code_on_the_way_loses_nothing(
    typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, phone = typing
    sends_late(person, clock)

    person.press("Continue", email=EMAIL, password="wrong")
    person.press("Continue", email=EMAIL, password=PASSWORD)
    person.press("Sign in", code=phone.never_showed())
    person.press("Sign in", code=phone.shows()).press("Send it")

    assert 1 == len(notes.kept)


def test_too_many_tries_on_the_way_lose_nothing(
    typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, phone = typing
    sends_late(person, clock)
    for _turn in range(11):
        person.press("Continue", email=EMAIL, password="wrong")
    told = person.page.get_text()

    clock.turn(seconds=300)
    signs_in(person, phone).press("Send it")

    assert "Try again in" in told
    assert 1 == len(notes.kept)


def test_a_store_that_does_not_answer_loses_nothing(
    typing: tuple[Patient, App], notes: Notes, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _phone = typing

    def fail() -> None:
        raise StoreUnavailable("full")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(notes, "before", fail)
        person.press("Save", note=NOTE)
    answered = person.response
    person.press("Send it")

    assert answered is not None
    assert 503 == answered.status_code
    assert "Nothing was saved just now." in answered.text
    assert "tell whoever runs Screener" in answered.text
    assert 1 == len(notes.kept)


def test_somebody_else_who_signs_in_does_not_get_it(
    app: Flask, typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, _phone = typing
    token = invited(app, name="Kim Moss").rpartition("/")[2]
    kim = intake_of(app).staff.passwords.take_up(token, PASSWORD)
    assert kim is not None
    code = intake_of(app).staff.recovery_codes.make(kim.id)[0]
    sends_late(person, clock)

    person.press("Continue", email=kim.email, password=PASSWORD).press("Sign in", code=code)

    assert "Notes" == person.heading
    assert "Tuesday" not in person.page.decode()
    assert [] == notes.kept


def test_a_form_that_one_person_opened_cannot_be_sent_by_the_next(
    app: Flask, typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, _phone = typing
    filled = person.filled_in("Save", note=NOTE)
    token = invited(app, name="Kim Moss").rpartition("/")[2]
    kim = intake_of(app).staff.passwords.take_up(token, PASSWORD)
    assert kim is not None
    code = intake_of(app).staff.recovery_codes.make(kim.id)[0]
    clock.turn(seconds=15 * 60)
    person.go("/staff/sign-in").press("Continue", email=kim.email, password=PASSWORD)
    person.press("Sign in", code=code)

    response = person.browser.post(filled[0], data=filled[1])

    assert 400 == response.status_code
    assert [] == notes.kept


def test_another_tab_of_the_same_person_goes_on_as_if_nothing_was(
    typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, phone = typing
    filled = person.filled_in("Save", note=NOTE)
    clock.turn(seconds=15 * 60)
    signs_in(person.go("/staff/sign-in"), phone)

    person.send(filled)

    assert 1 == len(notes.kept)


def test_a_fresh_proof_keeps_what_was_typed_too(
    typing: tuple[Patient, App], notes: Notes, clock: Clock
) -> None:
    person, phone = typing
    _action, values = person.filled_in("Save", note=NOTE)
    clock.turn(seconds=11 * 60)

    person.send(("/staff/guarded-notes/a1", values))
    assert "Show again that it is you" == person.heading
    person.press("Continue", password=PASSWORD, code=phone.shows()).press("Send it")

    assert 1 == len(notes.kept)


def test_what_waits_is_shown_as_text_and_not_as_markup(
    typing: tuple[Patient, App], clock: Clock
) -> None:
    person, phone = typing
    signs_in(sends_late(person, clock), phone)

    assert NOTE == person.page.select("textarea")[0].get_text().strip("\r\n").replace("\r", "")


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/staff/sign-in", "/staff/nothing", "/form/x", ""],
)
def test_what_waits_is_never_sent_elsewhere(
    typing: tuple[Patient, App], clock: Clock, address: str
) -> None:
    person, phone = typing
    sends_late(person, clock)
    action, data = person.filled_in("Continue", email=EMAIL, password=PASSWORD)

    person.send((action, data | {"send_to": address}))
    person.press("Sign in", code=phone.shows())

    assert "/staff/notes/a1" == person.at


def test_what_waits_needs_the_role_that_its_page_needs(
    typing: tuple[Patient, App], clock: Clock
) -> None:
    person, phone = typing
    sends_late(person, clock)
    action, data = person.filled_in("Continue", email=EMAIL, password=PASSWORD)

    person.send((action, data | {"send_to": "/staff/accounts/add"}))
    person.press("Sign in", code=phone.shows())

    assert "/staff/notes/a1" == person.at


def test_a_form_from_a_browser_where_nobody_was_signed_in_is_not_kept(
    app: Flask, clock: Clock
) -> None:
    person, _phone, _codes = enrolled(app, clock)
    person.go("/staff/notes/a1")
    filled = person.filled_in("Save", note=NOTE)
    stranger = signed_in(app, person_of(app), "password")
    stranger.go("/staff/sign-in")

    response = stranger.browser.post(filled[0], data=filled[1])

    assert 400 == response.status_code
    assert "Tuesday" not in response.text


def person_of(app: Flask) -> Account:
    account = intake_of(app).staff.accounts.by_email(EMAIL)
    assert account is not None
    return account
