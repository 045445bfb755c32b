"""Accounts, as admins look after them."""

import pytest
from flask import Flask

from tests.screener.staff.people import enrolled, stranger
from tests.screener.store.conftest import Clock
from tests.staff import PASSWORD, Member, at_work, hired, intake_of, signed_in


def link(person: Member) -> str:
    shown = person.page.select_one(".secret")
    assert shown is not None
    return shown.get_text().removeprefix("http://127.0.0.1:8000")


def opened(app: Flask, admin: Member, name: str) -> Member:
    account = intake_of(app).staff.accounts.by_email(name)
    assert account is not None
    admin.go(f"/staff/accounts/{account.id}")
    return admin


def test_an_admin_adds_somebody_by_a_link(app: Flask) -> None:
    admin = at_work(app, "admin")

    admin.go("/staff/accounts").follow("Add a person")
    admin.press("Add this person", name="  Kim   Moss ", email="Kim@Example.org", role="lead")
    person = stranger(app).go(link(admin)).press("Continue", new_password=PASSWORD)

    assert "/staff/set-up" == person.at
    account = intake_of(app).staff.accounts.by_email("kim@example.org")
    assert account is not None
    assert ("Kim Moss", "kim@example.org", "lead") == (account.name, account.email, account.role)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " ", "email": "kim@example.org", "role": "lead"}, "Enter a name"),
        ({"name": "x" * 81, "email": "kim@example.org", "role": "lead"}, "Enter a shorter name"),
        ({"name": "Kim", "email": "kim", "role": "lead"}, "Enter an e-mail address"),
        ({"name": "Kim", "email": "a@b@c", "role": "lead"}, "Enter an e-mail address"),
        ({"name": "Kim", "email": "SAM.LEE@example.org", "role": "lead"}, "Somebody else has"),
        ({"name": "Kim", "email": "kim@example.org"}, "Select a role"),
        ({"name": "Kim", "email": "kim@example.org", "role": ["owner"]}, "Select a role"),
    ],
)
def test_a_slip_is_named_and_what_was_typed_stays(
    app: Flask, typed: dict[str, str], said: str
) -> None:
    admin = at_work(app, "admin").go("/staff/accounts/add")

    admin.press("Add this person", **typed)

    assert said in admin.problems[0]
    assert typed["email"] == admin.page.select("#email")[0]["value"]


def test_starting_afresh_ends_what_somebody_signed_in_with(app: Flask, clock: Clock) -> None:
    admin, (person, _phone, _codes) = at_work(app, "admin"), enrolled(app, clock, name="Kim Moss")

    opened(app, admin, "kim.moss@example.org").press("Make a new link")

    assert "/staff/sign-in" == person.go("/staff/account").at
    assert intake_of(app).staff.passwords.check("kim.moss@example.org", PASSWORD) is None
    kim = intake_of(app).staff.accounts.by_email("kim.moss@example.org")
    assert kim is not None
    assert (False, 0) == (kim.has_totp, intake_of(app).staff.recovery_codes.left(kim.id))
    assert "Choose a password" == stranger(app).go(link(admin)).heading


def test_a_newer_link_takes_the_place_of_an_older_one(app: Flask) -> None:
    admin = at_work(app, "admin")
    hired(app, name="Kim Moss")
    opened(app, admin, "kim.moss@example.org").press("Make a new link")
    older = link(admin)
    opened(app, admin, "kim.moss@example.org").press("Make a new link")

    assert "This link does not work" == stranger(app).go(older).heading


def test_nobody_starts_afresh_by_themselves(app: Flask) -> None:
    admin = at_work(app, "admin")
    admin.go("/staff/accounts")
    proof = admin.page.select("[name=csrf_token]")[0]["value"]
    address = f"/staff/accounts/{admin.account.id}/link"

    assert 403 == admin.browser.post(address, data={"csrf_token": proof}).status_code


def test_somebody_is_kept_out_and_let_in_again(app: Flask) -> None:
    admin, person = at_work(app, "admin"), at_work(app, name="Kim Moss")

    opened(app, admin, person.account.email).press("Keep them out")
    assert "/staff/sign-in" == person.go("/staff/account").at
    assert "Cannot sign in" in admin.page.get_text()
    assert intake_of(app).staff.passwords.check(person.account.email, PASSWORD) is None

    opened(app, admin, person.account.email).press("Let them in")
    assert intake_of(app).staff.passwords.check(person.account.email, PASSWORD)


@pytest.mark.parametrize("what", ["Keep them out", "Save the role"])
def test_the_last_admin_stays(app: Flask, what: str) -> None:
    admin = at_work(app, "admin")
    intake_of(app).staff.accounts.add("Not Yet", "not.yet@example.org", "admin", "command")
    opened(app, admin, admin.account.email)

    role = {"role": "lead"} if what == "Save the role" else {}
    admin.press(what, **role)

    assert "Nobody else could look after the accounts." in " ".join(admin.problems)
    assert "/staff/accounts" == admin.go("/staff/accounts").at


def test_one_of_two_admins_may_go(app: Flask) -> None:
    admin = at_work(app, "admin")
    hired(app, "admin", "Kim Moss")

    opened(app, admin, admin.account.email).press("Save the role", role="lead")

    assert 403 == admin.browser.get("/staff/accounts").status_code


def test_a_role_that_is_none_is_refused(app: Flask) -> None:
    admin = at_work(app, "admin")
    opened(app, admin, admin.account.email)

    assert "Select a role" == admin.press("Save the role", role="owner").problems[0]


def test_an_account_that_is_not_there_is_not_found(app: Flask) -> None:
    admin = at_work(app, "admin")

    assert 404 == admin.browser.get("/staff/accounts/nobody").status_code


def test_accounts_are_looked_after_only_after_a_fresh_proof(app: Flask) -> None:
    admin = at_work(app, "admin")
    again = signed_in(app, admin.account)
    with intake_of(app).database.writing() as connection:
        connection.exec_driver_sql("UPDATE staff_session SET proven_at = proven_at - 601")

    for address in ("/staff/accounts/add", f"/staff/accounts/{admin.account.id}"):
        assert "/staff/prove" == again.go(address).at
