"""Every page of signing in, in a made-up language: what stays English was not passed through."""

import pytest
from flask import Flask

from screener import language
from tests import web
from tests.screener.staff.people import invited, stranger
from tests.screener.test_every_word import plain_english
from tests.staff import PASSWORD, at_work, hired, signed_in
from tests.web import Patient

# Of no language: names, and what machines read.
NAMED = {"Sam Lee", "Kim Moss", "Firefox", "Linux", "sam", "lee@example", "org"} | {
    "kim",
    "moss@example",
}


@pytest.fixture(autouse=True)
def _pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "known", lambda _: "en-XA")
    # They are promised in English, and looked at everywhere else.
    monkeypatch.setattr(web, "promises_kept", lambda *_, **__: None)


def plain(person: Patient) -> list[str]:
    for secret in person.page.select(".secret, .codes"):
        secret.clear()
    found = plain_english(person.page.decode())
    return [text for text in found if text not in NAMED]


@pytest.mark.parametrize(
    "address",
    [
        "/staff/account",
        "/staff/account?done=password",
        "/staff/account/password",
        "/staff/account/app",
        "/staff/account/passkey",
        "/staff/prove",
        "/staff/accounts",
        "/staff/accounts/add",
        "/staff/nothing",
    ],
)
def test_pages_behind_the_door_are_translated(app: Flask, address: str) -> None:
    assert [] == plain(at_work(app, "admin").go(address))


def test_pages_of_one_account_are_translated(app: Flask) -> None:
    admin, kim = at_work(app, "admin"), hired(app, name="Kim Moss")

    assert [] == plain(admin.go(f"/staff/accounts/{kim.id}"))
    assert [] == plain(admin.press("[Mâkê â ñêw lîñk]"))


def test_pages_at_the_door_are_translated_with_and_without_a_slip(app: Flask) -> None:
    person = stranger(app)

    assert [] == plain(person.go("/staff/sign-in"))
    assert [] == plain(person.press("", email="x", password="x"))
    assert [] == plain(person.go("/staff/invitation/none"))


def test_pages_of_an_invitation_are_translated(app: Flask) -> None:
    person = stranger(app).go(invited(app))

    assert [] == plain(person)
    assert [] == plain(person.press("", new_password="x"))
    assert [] == plain(person.press("", new_password=PASSWORD))


def test_the_second_step_is_translated(app: Flask) -> None:
    person = signed_in(app, hired(app), "password").go("/staff/second-factor")

    assert [] == plain(person)
    assert [] == plain(person.press("", code="x"))
