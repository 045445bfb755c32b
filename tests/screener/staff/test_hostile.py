"""What comes from outside: nothing breaks, nothing is told, nothing is led astray."""

import logging
import re
from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.staff import access
from tests.screener.staff.people import enrolled, invited, stranger
from tests.screener.staff.test_guard import addresses
from tests.screener.store.conftest import Clock
from tests.screener.wizard.conftest import content_once
from tests.staff import FIREFOX, PASSWORD, at_work, hired, intake_of, signed_in
from tests.web import Patient, browser

OURS = "https://screen.example.org"
NASTY = (
    "",
    "\0",
    "\ufffd\u202e\u2028x",
    "x" * 30_000,
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "' OR 1=1 --",
    "\r\nSet-Cookie: a=b",
    "٣" * 6,
    "//evil.example",
)
NAMES = ("email", "name", "kept-note", "password", "new_password", "code", "role", "to", "send_to")


def without_proofs(html: str, email: str) -> str:
    """A page without what differs from one to the next by itself."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", html).replace(email, "")


def test_a_wrong_password_and_an_unknown_address_get_one_answer(app: Flask) -> None:
    known = hired(app).email
    hired(app, name="Kept Out")
    out = intake_of(app).staff.accounts.by_email("kept.out@example.org")
    assert out is not None
    intake_of(app).staff.accounts.disable(out.id, "command")
    invited(app, name="Not Yet")
    answers = set()
    for email in (known, out.email, "not.yet@example.org", "nobody@example.org"):
        person = stranger(app).go("/staff/sign-in")
        person.press("Continue", email=email, password="not the password")
        assert person.response is not None
        answers.add((person.response.status_code, without_proofs(person.response.text, email)))

    assert 1 == len(answers)


def test_too_many_tries_get_one_answer_too(app: Flask) -> None:
    known, answers = hired(app).email, set()
    for email in (known, "nobody@example.org"):
        for _turn in range(6):
            person = stranger(app).go("/staff/sign-in")
            person.press("Continue", email=email, password="not the password")
        assert person.response is not None
        answers.add((person.response.status_code, without_proofs(person.response.text, email)))

    assert {429} == {status for status, _html in answers}
    assert 1 == len(answers)


def test_tries_at_the_second_factor_are_counted(app: Flask, clock: Clock) -> None:
    enrolled(app, clock)
    account = intake_of(app).staff.accounts.by_email("sam.lee@example.org")
    assert account is not None
    person = signed_in(app, account, "password").go("/staff/second-factor")

    answers = [tried(person, "Sign in", code="no code") for _turn in range(6)]

    assert [422] * 5 + [429] == answers


def test_tries_at_both_factors_again_are_counted(app: Flask) -> None:
    person = at_work(app).go("/staff/prove")

    answers = [tried(person, "Continue", password="guess", code="1") for _turn in range(6)]

    assert [422] * 5 + [429] == answers


def tried(person: Patient, button: str, **values: str) -> int:
    """Press a button with a guess; return the status of the answer."""
    response = person.press(button, **values).response
    assert response is not None
    return response.status_code


def test_an_owner_comes_in_from_a_known_browser_during_a_flood(app: Flask, clock: Clock) -> None:
    person, phone, _codes = enrolled(app, clock)
    person.go("/staff/account").press("Sign out everywhere")
    clock.turn(seconds=60)
    flood = stranger(app)
    for number in range(40):
        flood.browser.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        flood.go("/staff/sign-in")
        flood.press("Continue", email="sam.lee@example.org", password="guess")
    assert "There were too many tries" in flood.page.get_text()

    person.press("Continue", email="sam.lee@example.org", password=PASSWORD)
    person.press("Sign in", code=phone.shows())

    assert "/staff/queue" == person.at


@pytest.mark.parametrize("turn", range(3))
def test_no_form_breaks_whatever_is_sent(app: Flask, turn: int) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    admin = hired(app, "admin")
    stages = {"password": "password", "invited": "invited"}
    nasty = NASTY[turn * 3 :] + NASTY
    sent = dict(zip((*NAMES, *NASTY), nasty, strict=False))
    for method, address, rule in addresses(app):
        person = signed_in(app, admin, stages.get(access.ACCESS[rule.endpoint], "whole"))
        way = "data" if method == "POST" else "query_string"
        response = person.browser.open(address, method=method, **{way: sent})

        assert response.status_code < 500, (method, address)
        assert "<script>alert" not in response.text


def test_what_is_typed_at_the_door_is_not_logged(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        person = stranger(app).go("/staff/sign-in")
        person.press("Continue", email="typed.by@mistake.org", password="my real password")
        stranger(app).go(invited(app)).press("Continue", new_password=PASSWORD)
    said = " ".join(str(vars(record)) for record in caplog.records if record.name[:8] == "screener")

    assert "mistake" not in said
    assert "my real password" not in said
    assert PASSWORD not in said


def test_over_https_the_cookies_are_bound_to_the_host(tmp_path: Path) -> None:
    settings = Settings.load(None, tmp_path, environment={}, public_url=OURS)
    app = create_app(settings, content_once())
    account = hired(app)
    client = browser(app)
    client.environ_base |= {"HTTP_USER_AGENT": FIREFOX, "HTTP_REFERER": f"{OURS}/"}
    proof = re.search(
        r'csrf_token" value="([^"]+)"', client.get("/staff/sign-in", base_url=OURS).text
    )
    assert proof is not None
    typed = {"email": account.email, "password": PASSWORD, "csrf_token": proof[1]}
    response = client.post("/staff/sign-in", data=typed, base_url=OURS)
    held = next(c for c in response.headers.getlist("Set-Cookie") if "staff=" in c)

    assert held.startswith("__Host-staff=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(held.split("; "))
    assert "Domain" not in held


def test_no_page_is_kept_by_the_browser(app: Flask) -> None:
    person = at_work(app)

    assert "no-store" == person.browser.get("/staff/account").headers["Cache-Control"]


def test_looking_changes_nothing(app: Flask) -> None:
    person = at_work(app, "admin")
    for method, address, _rule in addresses(app):
        if method == "GET":
            before = lines(app)
            person.browser.get(address)

            assert before == lines(app), address


def lines(app: Flask) -> list[tuple[object, ...]]:
    """Everything about accounts, as the database keeps it; but not when who was last seen."""
    tables = ("staff", "invitation", "passkey", "recovery_code", "throttle")
    asked = [f"SELECT * FROM {table}" for table in tables]
    asked += ["SELECT id, stage, proven_at FROM staff_session"]
    with intake_of(app).database.reading() as connection:
        return [tuple(row) for one in asked for row in connection.exec_driver_sql(one)]


def test_a_form_from_another_site_is_refused(app: Flask) -> None:
    person = Patient(at_work(app).browser).go("/staff/account")
    action, data = person.filled_in("Sign out everywhere")

    response = person.browser.post(action, data=data, headers={"Origin": "https://evil.example"})

    assert 403 == response.status_code
    assert "/staff/account" == person.go("/staff/account").at


def test_a_form_without_its_proof_changes_nothing(app: Flask) -> None:
    person = at_work(app)

    assert 400 == person.browser.post("/staff/account/sign-ins/end").status_code
    assert "/staff/account" == person.go("/staff/account").at
