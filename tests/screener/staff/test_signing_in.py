"""Signing in, as people do it: an invitation, a password, a second factor, and out again."""

import pytest
from flask import Flask

from screener.store.staff import passwords
from screener.store.turns import Turns
from tests.screener.staff.people import App, enrolled, invited, stranger
from tests.screener.store.conftest import Clock
from tests.staff import PASSWORD, hired, intake_of
from tests.web import Patient

EMAIL = "sam.lee@example.org"


@pytest.fixture
def member(app: Flask, clock: Clock) -> tuple[Patient, App, list[str]]:
    """Somebody who has been here before, and signed out five minutes ago."""
    person, phone, codes = enrolled(app, clock)
    out(person)
    clock.turn(seconds=300)
    return person, phone, codes


def out(person: Patient) -> None:
    proof = person.go("/staff/account").page.select_one("header form input")
    assert proof is not None
    person.send(("/staff/sign-out", {"csrf_token": proof["value"]}))


def with_password(person: Patient, password: str = PASSWORD, email: str = EMAIL) -> Patient:
    return person.go("/staff/sign-in").press("Continue", email=email, password=password)


def test_an_invitation_leads_to_a_password_a_second_factor_and_recovery_codes(
    app: Flask, clock: Clock
) -> None:
    person, _phone, codes = enrolled(app, clock)

    assert person.heading == "Your recovery codes"
    assert 10 == len(set(codes))
    assert person.go("/staff/").at == "/staff/queue"


def test_patients_may_send_once_somebody_can_read_it(app: Flask, clock: Clock) -> None:
    store = app.extensions["screener"].store
    stranger(app).go(invited(app)).press("Continue", new_password=PASSWORD)
    before = store.takes_forms()

    enrolled(app, clock, name="Kim Roe")

    assert (False, True) == (before, store.takes_forms())


def test_looking_at_a_link_does_not_use_it_up(app: Flask) -> None:
    link = invited(app)
    stranger(app).go(link)

    assert stranger(app).go(link).heading == "Choose a password"


def test_a_link_works_once(app: Flask) -> None:
    link = invited(app)
    stranger(app).go(link).press("Continue", new_password=PASSWORD)

    assert stranger(app).go(link).heading == "This link does not work"


def test_a_link_works_for_one_day(app: Flask, clock: Clock) -> None:
    link = invited(app)
    clock.turn(hours=24)

    assert stranger(app).go(link).heading == "This link does not work"


def test_two_who_press_at_once_do_not_both_get_the_account(app: Flask) -> None:
    link = invited(app)
    one, other = stranger(app).go(link), stranger(app).go(link)

    one.press("Continue", new_password=PASSWORD)
    other.press("Continue", new_password="another row of boats")

    assert "/staff/set-up" == one.at
    assert "This link does not work" == other.heading


@pytest.mark.parametrize(
    ("password", "said"),
    [("short", "Use 12 or more"), ("x" * 201, "at most"), ("Password2026!", "easy to guess")],
)
def test_a_password_that_cannot_stand_is_explained_and_the_link_still_works(
    app: Flask, password: str, said: str
) -> None:
    person = stranger(app).go(invited(app)).press("Continue", new_password=password)

    assert said in person.problems[0]
    assert person.press("Continue", new_password=PASSWORD).at == "/staff/set-up"


def test_a_wrong_code_does_not_set_up_the_app(app: Flask, clock: Clock) -> None:
    person = stranger(app).go(invited(app)).press("Continue", new_password=PASSWORD)
    secret = person.page.select_one(".secret")
    assert secret is not None

    person.press("Continue", code=App(secret.get_text(), clock).never_showed())

    assert person.problems
    assert person.go("/staff/account").at == "/staff/set-up"


def test_who_left_before_the_second_factor_cannot_come_in_with_the_password(app: Flask) -> None:
    stranger(app).go(invited(app)).press("Continue", new_password=PASSWORD)

    person = with_password(stranger(app))

    assert person.at == "/staff/second-factor"
    for code in ("", "000000", "BCDF-GHJK-MNPQ-RSTV"):
        assert person.press("Sign in", code=code).problems
    assert person.go("/staff/set-up").at == "/staff/second-factor"


def test_a_member_signs_in_with_password_and_code(member: tuple[Patient, App, list[str]]) -> None:
    person, phone, _codes = member

    assert with_password(person).at == "/staff/second-factor"
    assert person.press("Sign in", code=phone.shows()).at == "/staff/queue"


def test_the_second_step_leads_where_somebody_was_going(
    member: tuple[Patient, App, list[str]],
) -> None:
    person, phone, _codes = member
    with_password(person)

    person.go("/staff/account/password?x=1").press("Sign in", code=phone.shows())

    assert "/staff/account/password" == person.at


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(
    member: tuple[Patient, App, list[str]], steps: int
) -> None:
    person, phone, _codes = member

    person = with_password(person).press("Sign in", code=phone.shows(steps=steps))

    assert "/staff/queue" == person.at


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_may_not_be_a_minute_off(
    member: tuple[Patient, App, list[str]], clock: Clock, steps: int
) -> None:
    person, phone, _codes = member
    while phone.fits(phone.shows(steps=steps)):  # by chance, the same six digits
        clock.turn(seconds=30)

    assert with_password(person).press("Sign in", code=phone.shows(steps=steps)).problems


def test_a_code_lets_nobody_in_twice(
    app: Flask, clock: Clock, member: tuple[Patient, App, list[str]]
) -> None:
    person, phone, _codes = member
    code = phone.shows()
    with_password(person).press("Sign in", code=code)

    replayed = []
    for _turn in range(100):
        clock.turn(seconds=0.2)
        replayed.append(intake_of(app).staff.totp.check(_id(app), code))

    assert not any(replayed)
    assert with_password(stranger(app)).press("Sign in", code=code).problems


def test_a_recovery_code_works_once(member: tuple[Patient, App, list[str]], app: Flask) -> None:
    person, _phone, codes = member
    typed = codes[3].lower().replace("-", " ")

    assert with_password(person).press("Sign in", code=typed).at == "/staff/queue"
    assert 9 == intake_of(app).staff.recovery_codes.left(_id(app))
    out(person)
    assert with_password(person).press("Sign in", code=typed).problems


def test_half_a_sign_in_is_over_after_ten_minutes(
    member: tuple[Patient, App, list[str]], clock: Clock
) -> None:
    person, phone, _codes = member
    with_password(person)
    clock.turn(seconds=600)

    person.press("Sign in", code=phone.shows())

    assert person.heading == "Sign in"


def test_every_step_gets_a_new_token(member: tuple[Patient, App, list[str]]) -> None:
    person, phone, _codes = member
    person.browser.set_cookie("screener-staff", "planted-by-somebody", domain="localhost")
    tokens = [cookie(person)]
    with_password(person)
    tokens.append(cookie(person))
    person.press("Sign in", code=phone.shows())
    tokens.append(cookie(person))

    assert 3 == len(set(tokens))
    for old in tokens[:2]:
        person.browser.set_cookie("screener-staff", old, domain="localhost")
        assert person.go("/staff/account").at == "/staff/sign-in"


def test_signing_in_again_ends_the_sign_in_that_the_browser_held(
    member: tuple[Patient, App, list[str]],
) -> None:
    person, phone, _codes = member
    at_the_door = person.go("/staff/sign-in").filled_in("Continue", email=EMAIL, password=PASSWORD)
    with_password(person).press("Sign in", code=phone.shows())
    held, proof = cookie(person), person.page.select("[name=csrf_token]")[0]["value"]

    person.send((at_the_door[0], at_the_door[1] | {"csrf_token": proof}))
    person.browser.set_cookie("screener-staff", held, domain="localhost")

    assert "/staff/sign-in" == person.go("/staff/account").at


def test_the_cookie_is_for_this_site_and_this_server_alone(
    member: tuple[Patient, App, list[str]],
) -> None:
    person, _phone, _codes = member
    filled = person.go("/staff/sign-in").filled_in("Continue", email=EMAIL, password=PASSWORD)
    response = person.browser.post(filled[0], data=filled[1])
    held = next(c for c in response.headers.getlist("Set-Cookie") if "staff=" in c)

    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in held.split(";")}
    assert "Expires" not in held


def cookie(person: Patient) -> str:
    held = person.browser.get_cookie("screener-staff")
    return held.value if held else ""


def _id(app: Flask) -> str:
    account = intake_of(app).staff.accounts.by_email(EMAIL)
    assert account is not None
    return account.id


def test_who_is_reset_at_the_last_moment_is_back_at_the_door(
    app: Flask, member: tuple[Patient, App, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, phone, _codes = member
    with_password(person)
    staff = intake_of(app).staff
    account = staff.accounts.by_email(EMAIL)
    assert account is not None
    check = staff.totp.check

    def reset_meanwhile(account_id: str, code: str) -> bool:
        fits = check(account_id, code)
        staff.accounts.invite(account_id, "command")
        return fits

    monkeypatch.setattr(staff.totp, "check", reset_meanwhile)
    person.press("Sign in", code=phone.shows())

    assert "/staff/sign-in" == person.at
    assert [] == staff.sign_ins.listed(account.id)


def test_a_flood_of_passwords_leaves_threads_for_help(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hired(app)
    monkeypatch.setattr(passwords, "_TURNS", Turns(0, 0))  # all are taken

    person = with_password(stranger(app))

    assert person.response is not None
    assert (429, "5") == (person.response.status_code, person.response.headers.get("Retry-After"))
    assert EMAIL == person.filled_in("Continue")[1]["email"]
    assert 200 == person.browser.get("/help").status_code
