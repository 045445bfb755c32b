"""Passkeys: made, used, copied, removed, and what a browser must not get away with."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.screener.staff.devices import Device
from tests.screener.staff.people import enrolled, invited, stranger
from tests.screener.store.conftest import Clock
from tests.staff import PASSWORD, intake_of
from tests.web import Patient

EMAIL = "sam.lee@example.org"


def asked(person: Patient, kind: str) -> dict[str, Any]:
    """What the page asks of the browser."""
    found: dict[str, Any] = json.loads(str(person.page.select(f"[data-{kind}]")[0][f"data-{kind}"]))
    return found


def with_passkey(app: Flask, device: Device) -> Patient:
    """Somebody who has a passkey, signed out again."""
    person = stranger(app).go(invited(app)).press("Continue", new_password=PASSWORD)
    person.press("Make", credential=device.makes(asked(person, "make")))
    assert person.heading == "Your recovery codes"
    person.go("/staff/account").press("Sign out everywhere")
    return person


def at_second_step(person: Patient) -> Patient:
    return person.go("/staff/sign-in").press("Continue", email=EMAIL, password=PASSWORD)


def answer(person: Patient, given: str) -> Patient:
    return person.press("Sign in", credential=given)


def test_a_passkey_lets_its_owner_in(app: Flask) -> None:
    device = Device()
    person = at_second_step(with_passkey(app, device))

    assert answer(person, device.signs(asked(person, "use"))).at == "/staff/queue"


def test_an_answer_is_good_for_one_sign_in(app: Flask) -> None:
    device = Device(counts=False)
    person = at_second_step(with_passkey(app, device))
    signed = device.signs(asked(person, "use"))
    answer(person, signed)

    other = at_second_step(stranger(app))

    assert answer(other, signed).problems


def test_a_copied_device_is_noticed_by_its_count(app: Flask) -> None:
    device = Device()
    person = at_second_step(with_passkey(app, device))
    answer(person, device.signs(asked(person, "use")))
    device.count -= 1

    other = at_second_step(stranger(app))

    assert answer(other, device.signs(asked(other, "use"))).problems


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost.evil.example", "x://["]
)
def test_what_was_signed_for_another_site_lets_nobody_in(app: Flask, origin: str) -> None:
    device = Device()
    person = at_second_step(with_passkey(app, device))

    assert answer(person, device.signs(asked(person, "use"), origin)).problems


def test_the_passkey_of_somebody_else_lets_nobody_in(app: Flask) -> None:
    with_passkey(app, Device())
    person = at_second_step(stranger(app))
    other = Device()

    assert answer(person, other.signs(asked(person, "use"))).problems


@pytest.mark.parametrize(
    "noise",
    ["x", "{}", "[]", "null", '{"id":"x","rawId":"x","response":{}}', '{"rawId":7}', "[" * 5000],
)
def test_noise_is_refused_and_nothing_breaks(app: Flask, noise: str) -> None:
    device = Device()
    person = at_second_step(with_passkey(app, device))

    assert answer(person, noise).problems


def test_a_damaged_answer_is_refused_and_nothing_breaks(app: Flask) -> None:
    device = Device()
    person = at_second_step(with_passkey(app, device))
    whole = json.loads(device.signs(asked(person, "use")))
    for part in whole["response"]:
        damaged = {**whole, "response": {**whole["response"], part: "AAAA"}}

        assert answer(person, json.dumps(damaged)).problems


def test_a_device_is_kept_once(app: Flask, clock: Clock) -> None:
    device = Device()
    person, _phone, _codes = enrolled(app, clock)
    made = device.makes(asked(person.go("/staff/account/passkey"), "make"))

    assert (
        "kept"
        in person.press("Make", credential=made, name="My phone").page.select(".note")[0].get_text()
    )
    assert person.go("/staff/account/passkey").press("Make", credential=made).problems
    assert 1 == len(intake_of(app).staff.passkeys.listed(_id(app)))


def test_one_second_factor_stays(app: Flask, clock: Clock) -> None:
    person, _phone, _codes = enrolled(app, clock)
    device = Device()
    person.go("/staff/account/passkey")
    person.press("Make", credential=device.makes(asked(person, "make")), name="My phone")

    person.press("Remove: App")
    told = person.page.select(".note")[0].get_text()
    proof = person.page.select("[name=csrf_token]")[0]["value"]
    address = f"/staff/account/passkey/{device.id.hex()}/remove"
    person.send((address, {"csrf_token": proof}))

    assert "The app is removed." == told
    assert (
        "One second step must stay. Set up another one first."
        == person.page.select(".note")[0].get_text()
    )
    assert ["My phone"] == [key.name for key in intake_of(app).staff.passkeys.listed(_id(app))]


def test_no_passkey_is_offered_where_a_browser_cannot_make_one(app: Flask) -> None:
    link = invited(app)
    person = stranger(app).go(link).press("Continue", new_password=PASSWORD)
    by_number = person.browser.get("/staff/set-up", headers={"Host": "127.0.0.1"})

    assert person.page.select("[data-make]")
    assert "data-make" not in by_number.text


def _id(app: Flask) -> str:
    account = intake_of(app).staff.accounts.by_email(EMAIL)
    assert account is not None
    return account.id
