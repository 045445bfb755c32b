"""Your own sign-in, as its owner changes it."""

from flask import Flask

from tests.screener.staff.people import App, enrolled, stranger
from tests.screener.store.conftest import Clock
from tests.staff import PASSWORD, at_work, hired, intake_of, signed_in

NEW = "seven slow green kettles"


def test_a_new_password_ends_every_other_sign_in(app: Flask) -> None:
    person = at_work(app)
    other = signed_in(app, person.account)

    person.go("/staff/account/password").press("Change it", new_password=NEW)

    assert "Your password is changed." in person.page.select(".note")[0].get_text()
    assert person.go("/staff/account").at == "/staff/account"
    assert other.go("/staff/account").at == "/staff/sign-in"
    assert intake_of(app).staff.passwords.check(person.account.email, NEW)
    assert intake_of(app).staff.passwords.check(person.account.email, PASSWORD) is None


def test_a_new_password_must_stand_too(app: Flask) -> None:
    person = at_work(app).go("/staff/account/password")

    assert person.press("Change it", new_password="Sam Lee 2026!").problems


def test_one_sign_in_can_be_ended_alone(app: Flask) -> None:
    person = at_work(app)
    other, third = signed_in(app, person.account), signed_in(app, person.account)
    third.go("/staff/account")

    person.go("/staff/account").press("End")

    alive = [one.go("/staff/account").at for one in (person, other, third)]
    assert 2 == alive.count("/staff/account")
    assert "/staff/account" == alive[0]


def test_nobody_can_end_the_sign_in_of_somebody_else(app: Flask) -> None:
    person, other = at_work(app), at_work(app, name="Kim Moss")
    theirs = intake_of(app).staff.sign_ins.listed(other.account.id)[0].id
    proof = person.go("/staff/account").page.select("[name=csrf_token]")[0]["value"]

    response = person.browser.post(
        f"/staff/account/sign-ins/{theirs}/end", data={"csrf_token": proof}
    )

    assert 404 == response.status_code
    assert other.go("/staff/account").at == "/staff/account"


def test_signing_out_everywhere_ends_all_with_the_next_request(app: Flask) -> None:
    person = at_work(app)
    other = signed_in(app, person.account)

    person.go("/staff/account").press("Sign out everywhere")

    assert "/staff/sign-in" == person.at
    assert "/staff/sign-in" == other.go("/staff/account").at


def test_another_app_takes_the_place_of_the_first(app: Flask, clock: Clock) -> None:
    person, first, _codes = enrolled(app, clock)
    secret = person.go("/staff/account/app").page.select_one(".secret")
    assert secret is not None
    second = App(secret.get_text(), clock)
    mine = _id(app)

    person.press("Continue", code=second.shows())
    clock.turn(seconds=60)

    again = person.go("/staff/account/app").page.select_one(".secret")
    assert again is not None
    assert again.get_text() != secret.get_text()
    while second.fits(first.shows()):  # by chance, the same six digits
        clock.turn(seconds=30)
    assert not intake_of(app).staff.totp.check(mine, first.shows())
    assert intake_of(app).staff.totp.check(mine, second.shows())


def test_new_recovery_codes_take_the_place_of_the_old(app: Flask, clock: Clock) -> None:
    person, _phone, old = enrolled(app, clock)

    person.go("/staff/account").press("Make new ones")
    new = [item.get_text() for item in person.page.select(".codes li")]

    assert not set(old) & set(new)
    assert not intake_of(app).staff.recovery_codes.use(_id(app), old[0])
    assert intake_of(app).staff.recovery_codes.use(_id(app), new[0])


def test_what_matters_most_asks_for_both_factors_again(app: Flask, clock: Clock) -> None:
    person, phone, _codes = enrolled(app, clock)
    clock.turn(seconds=10 * 60)

    person.go("/staff/account/password")
    assert "/staff/prove" == person.at
    assert person.press("Continue", password="wrong", code=phone.shows()).problems
    assert person.press("Continue", password=PASSWORD, code=phone.never_showed()).problems
    person.press("Continue", password=PASSWORD, code=phone.shows())

    assert "/staff/account/password" == person.at


def test_a_proof_is_asked_of_a_form_too_and_leads_back(app: Flask, clock: Clock) -> None:
    person, phone, _codes = enrolled(app, clock)
    filled = person.go("/staff/account/password").filled_in("Change it", new_password=NEW)
    clock.turn(seconds=10 * 60)

    person.send(filled)
    assert "Show again that it is you" == person.heading
    assert NEW not in person.page.decode()
    person.press("Continue", password=PASSWORD, code=phone.shows())

    assert "/staff/account/password" == person.at
    assert intake_of(app).staff.passwords.check("sam.lee@example.org", PASSWORD)


def test_the_page_says_where_one_is_signed_in(app: Flask) -> None:
    person = at_work(app)
    signed_in(app, person.account)
    places = [place.get_text() for place in person.go("/staff/account").page.select("dt")]
    text = person.page.get_text()

    assert 2 == places.count("Firefox, Linux")
    assert 1 == text.count("this one")


def test_half_a_sign_in_is_nowhere_listed(app: Flask) -> None:
    account = hired(app)
    signed_in(app, account, "password")

    assert [] == intake_of(app).staff.sign_ins.listed(account.id)


def test_a_stranger_sees_nothing_of_it(app: Flask) -> None:
    assert "/staff/sign-in" == stranger(app).go("/staff/account/app").at


def _id(app: Flask) -> str:
    account = intake_of(app).staff.accounts.by_email("sam.lee@example.org")
    assert account is not None
    return account.id
