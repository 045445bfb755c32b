"""Every page of signing in, in a made-up language: what stays English was not passed through."""

import pytest
from flask import Flask

from screener import language
from screener.store.exporting import Choice, begin
from screener.store.tally import count
from tests import web
from tests.screener.staff.people import invited, stranger
from tests.screener.staff.sending import sent
from tests.screener.test_every_word import plain_english
from tests.staff import PASSWORD, at_work, hired, intake_of, signed_in
from tests.web import Patient

# Of no language: names, and what machines read.
NAMED = {"CSV", "Sam Lee", "Kim Moss", "Firefox", "Linux", "sam", "lee@example", "org"} | {
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
        "/staff/figures",
        "/staff/export",
        "/staff/export?form=Jo",
        "/staff/delete",
        "/staff/notices",
        "/staff/trail?first=2999-01-01",
        "/staff/trail?first=soon&form=Jo",
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


def test_pages_of_leads_are_translated_with_something_on_them(app: Flask) -> None:
    lead, intake = at_work(app, "lead"), intake_of(app)
    form, reference = sent(app)
    with intake.database.writing() as connection:
        for name in ("started", "sent", "level:first", "fired:R-BP-DX", "undecided:R-BP-UNK"):
            count(connection, intake.now(), name, 30)
    begin(intake, Choice(), lead.account.id, "csv", "care")
    lead.go(f"/staff/forms/{form}")

    assert [] == plain(lead.go("/staff/trail"))
    assert [] == plain(lead.go(f"/staff/trail?form={reference}"))
    assert [] == plain(lead.go("/staff/figures"))
    assert [] == plain(lead.go(f"/staff/forms/{form}/delete"))
    assert [] == plain(lead.press("[Dêlêtê ît fôr gôôd]"))
    lead.press("[Dêlêtê ît fôr gôôd]", form=reference, reason="asked")
    assert [] == plain(lead)
    assert [] == plain(lead.go("/staff/trail").press("[Chêçk êvêrÿ lîñê]"))
