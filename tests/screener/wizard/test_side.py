"""The pages beside the questions."""

import re
from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.store import keys
from screener.store.turns import Turns
from tests.screener.wizard.conftest import content_once
from tests.screener.wizard.people import too_many, words_of
from tests.web import Browser, Patient, browser

CODE = re.compile(r"[2-9B-Z]{4}(-[2-9B-Z]{4}){3}")


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return browser(app)


def code_of(patient: Patient) -> str:
    found = CODE.search(patient.go("/finish-later").press("Get a").page.get_text())
    assert found
    return found[0]


def test_the_start_says_what_this_is_and_who_sees_it(visitor: Browser) -> None:
    said = words_of(Patient(visitor).go("/"))

    assert "does not decide if ketamine is right for you" in said
    assert "Nothing is sent to the clinic" in said
    assert content_once().words.not_reviewed in said
    assert "Start" in said


def test_starting_twice_keeps_what_was_answered(patient: Patient) -> None:
    patient.answer({"ack": "yes", "age_years": "42"})

    patient.go("/").follow("Go on with your form")

    assert patient.at == "/form/right-now"


def test_a_start_pressed_twice_opens_one_draft(visitor: Browser) -> None:
    patient = Patient(visitor).go("/")
    pressed = patient.filled_in("Start")
    patient.send(pressed).answer({"ack": "yes", "age_years": "42"})

    patient.send(pressed)

    assert patient.at == "/form/right-now"


def test_the_privacy_page_is_short_and_says_how_long_answers_stay(visitor: Browser) -> None:
    said = words_of(Patient(visitor).go("/privacy"))

    assert len(said.split()) <= 250
    assert "after 24 hours" in said
    assert "after 30 days" in said
    assert len(Patient(visitor).go("/privacy").page.select("h2")) >= 6


def test_the_privacy_page_names_the_people_behind_the_form(tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(
        '[clinic]\nphone = "555 0100"\nhours = "9 to 5"\n'
        '[privacy]\ncontact = "privacy@clinic.example"\naddress = "1 Quay Street"\n'
        'complaint = "The data office"\nstaff = "nurses"\n',
        "utf-8",
    )
    app = create_app(Settings.load(file, tmp_path / "data", environment={}), content_once())

    said = words_of(Patient(browser(app)).go("/privacy"))

    for name in ("privacy@clinic.example", "1 Quay Street", "The data office", "nurses"):
        assert name in said
    assert len(said.split()) <= 250


def test_a_code_opens_the_answers_on_another_device(app: Flask, patient: Patient) -> None:
    patient.answer({"ack": "yes", "age_years": "42"})
    code = code_of(patient)

    other = Patient(browser(app)).go("/return").press("Open", code=code.lower().replace("-", " "))

    assert other.heading == "Welcome back"
    assert "step 1 of 9" in words_of(other)
    assert other.follow("Go on with your form").at == "/form/right-now"
    assert "42" in words_of(other.go("/form/check"))


def test_a_new_code_takes_the_place_of_the_old_one(app: Flask, patient: Patient) -> None:
    old = code_of(patient)
    assert "The old one stops working" in words_of(patient.go("/finish-later"))
    new = code_of(patient)

    assert Patient(browser(app)).go("/return").press("Open", code=old).problems
    assert Patient(browser(app)).go("/return").press("Open", code=new).heading == "Welcome back"


@pytest.mark.parametrize("code", ["BBBB-CCCC-DDDD-FFFF", "hello", "\x00x", "😀" * 20, "B" * 5000])
def test_a_code_that_opens_nothing_says_so_and_keeps_what_was_typed(
    visitor: Browser, code: str
) -> None:
    patient = Patient(visitor).go("/return").press("Open", code=code)

    assert patient.problems == ["We cannot find that code. Check each letter."]
    assert patient.response is not None
    assert patient.response.status_code == 422


def test_an_empty_code_is_asked_for(visitor: Browser) -> None:
    assert Patient(visitor).go("/return").press("Open", code=" ").problems == ["Enter your code"]


def test_guessing_codes_is_slowed_down_and_says_when_to_try_again(
    app: Flask, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.extensions["store"].throttle, "take", too_many)

    slowed = Patient(visitor).go("/return").press("Open", code="BBBB-CCCC-DDDD-FFFF").response

    assert slowed is not None
    assert slowed.status_code == 429
    assert "7" == slowed.headers["Retry-After"]
    assert "Your answers are safe" in slowed.text


def test_making_codes_is_slowed_down_before_the_slow_hash(
    app: Flask, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, made = app.extensions["store"], list[str]()
    patient.go("/finish-later")
    monkeypatch.setattr(store.throttle, "take", too_many)
    monkeypatch.setattr(store.keys, "from_code", made.append)

    slowed = patient.press("Get a").response

    assert slowed is not None
    assert (429, "7") == (slowed.status_code, slowed.headers.get("Retry-After"))
    assert "Your answers are safe" in slowed.text
    assert [] == made


def test_a_flood_of_codes_leaves_threads_for_help(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "_TURNS", Turns(0, 0))  # all are taken

    slowed = Patient(visitor).go("/return").press("Open", code="BBBB-CCCC-DDDD-FFFF").response

    assert slowed is not None
    assert (429, "5") == (slowed.status_code, slowed.headers.get("Retry-After"))
    assert 200 == visitor.get("/help").status_code


def test_a_patient_with_open_answers_is_warned_before_another_code(patient: Patient) -> None:
    assert "You have other answers open here" in words_of(patient.go("/return"))


def test_who_does_not_want_to_go_on_meets_help_and_no_wall(patient: Patient) -> None:
    patient.answer({"ack": "no", "age_years": "42"})

    assert patient.at == "/not-now"
    assert "If you need help now" in words_of(patient)
    assert patient.follow("Change my answer").at == "/form/before-you-start"


@pytest.mark.parametrize("address", ["/code/K7QM-4XRT", "/CODE/K7QM-4XRT", "/code/k7qm-4xrt"])
def test_the_code_on_paper_opens_nothing(visitor: Browser, address: str) -> None:
    patient = Patient(visitor).go(address)

    assert "K7QM-4XRT" in words_of(patient)
    assert "opens nothing by itself" in words_of(patient)


def test_the_code_page_repeats_nothing_but_a_code(visitor: Browser) -> None:
    assert visitor.get("/code/call-this-number-555-0100-now").status_code == 404
