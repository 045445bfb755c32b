"""Who may open what, and for how long."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from screener.staff import access
from tests.screener.store.conftest import Clock
from tests.staff import FIREFOX, Member, at_work, hired, intake_of, signed_in
from tests.web import Patient, browser

STAGES = ("password", "invited")
ROLES = ("reviewer", "lead", "admin")
RANKS = {"reviewer": 1, "lead": 2, "admin": 3}  # written by hand: the guard has its own


def addresses(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Every method and address of the staff side."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff."):
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield method, re.sub(r"<[^>]+>", "a1", rule.rule), rule


def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    routes = {rule.endpoint for _method, _address, rule in addresses(app)}

    assert access.ACCESS.keys() == routes


def test_a_route_without_a_row_stops_the_start(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(access.ACCESS, "staff.account")

    with pytest.raises(access.Unguarded, match="staff"):
        access.check(app)


def test_nobody_sees_a_page_without_signing_in(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for method, address, rule in addresses(app):
        if access.ACCESS[rule.endpoint] != "anyone":
            response = app.test_client().open(address, method=method)
            asked = response.status_code == 303 and "/staff/sign-in" in response.location

            assert asked if method == "GET" else response.status_code == 403, address


@pytest.mark.parametrize("stage", STAGES)
def test_the_second_factor_cannot_be_skipped_on_any_path(app: Flask, stage: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    person = signed_in(app, hired(app, "admin"), stage)
    for method, address, rule in addresses(app):
        if access.ACCESS[rule.endpoint] not in {"anyone", stage}:
            response = person.browser.open(address, method=method)

            assert (303, True) == (
                response.status_code,
                "/staff/set-up" in response.location or "/staff/second-factor" in response.location,
            ), address


@pytest.mark.parametrize("role", ROLES)
def test_what_is_above_a_role_is_refused(app: Flask, role: str) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    for method, address, rule in addresses(app):
        need = access.ACCESS[rule.endpoint]
        if RANKS.get(need, 0) > RANKS[role]:
            person = at_work(app, role, f"Person {address} {method}")

            assert person.browser.open(address, method=method).status_code == 403, address


def test_a_disabled_person_is_out_with_the_next_request(app: Flask) -> None:
    person = at_work(app)
    assert person.go("/staff/account").at == "/staff/account"

    intake_of(app).staff.accounts.disable(person.account.id, "command")

    assert person.go("/staff/account").at == "/staff/sign-in"


def test_a_new_role_holds_with_the_next_request(app: Flask) -> None:
    person = at_work(app, "admin")
    at_work(app, "admin", "Kim Moss")

    assert 200 == person.browser.get("/staff/accounts").status_code

    intake_of(app).staff.accounts.change_role(person.account.id, "reviewer", "command")

    assert 403 == person.browser.get("/staff/accounts").status_code
    assert "/staff/accounts" not in person.go("/staff/account").page.decode()


def test_a_sign_in_ends_after_15_quiet_minutes(app: Flask, clock: Clock) -> None:
    person = at_work(app)
    for _turn in range(3):
        clock.turn(seconds=15 * 60 - 1)
        assert person.go("/staff/account").at == "/staff/account"

    clock.turn(seconds=15 * 60)

    assert person.go("/staff/account").at == "/staff/sign-in"


def test_a_sign_in_ends_after_12_hours_however_busy(app: Flask, clock: Clock) -> None:
    person = at_work(app)
    for _turn in range(71):
        clock.turn(seconds=10 * 60)
        assert person.go("/staff/account").at == "/staff/account"

    clock.turn(seconds=10 * 60)

    assert person.go("/staff/account").at == "/staff/sign-in"


def test_a_stolen_token_is_no_use_in_another_kind_of_browser(app: Flask) -> None:
    person = at_work(app)

    person.browser.environ_base["HTTP_USER_AGENT"] = FIREFOX.replace("Firefox", "Chrome")

    assert person.go("/staff/account").at == "/staff/sign-in"


def test_a_newer_version_of_the_browser_stays_signed_in(app: Flask) -> None:
    person = at_work(app)

    person.browser.environ_base["HTTP_USER_AGENT"] = FIREFOX.replace("145.0", "146.0")

    assert person.go("/staff/account").at == "/staff/account"


def test_signing_out_ends_it_on_the_server_too(app: Flask) -> None:
    person = at_work(app)
    token = person.browser.get_cookie("screener-staff")
    assert token is not None
    header_form = person.go("/staff/account").page.select_one("header form")
    assert header_form is not None
    proof = header_form.select("input")[0]["value"]

    response = person.browser.post("/staff/sign-out", data={"csrf_token": proof})
    thief = signed_in(app, hired(app, name="Other Person"))
    thief.browser.set_cookie("screener-staff", token.value, domain="localhost")

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert person.browser.get_cookie("screener-staff") is None
    assert thief.go("/staff/account").at == "/staff/sign-in"


def test_an_error_has_the_frame_of_the_staff(app: Flask) -> None:
    response = browser(app).get("/staff/nothing")

    assert response.status_code == 404
    assert "Every view and change is logged." in response.text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/staff/account",
        "/\\evil.example",
        "https:evil.example",
        "/staff/../../evil",
        "/staff//evil.example",
        "/staff/account@evil.example",
        "javascript:alert(1)",
        "/staff/sign-out",
        "/staff/sign-in",
        "/",
        "/form/check",
        "/%2f%2fevil.example",
        "\t//evil.example",
        "http://[::1",
    ],
)
def test_after_signing_in_nobody_is_led_elsewhere(app: Flask, address: str) -> None:
    person = at_work(app)

    response = person.browser.get("/staff/sign-in", query_string={"to": address})

    assert (303, "/staff/") == (response.status_code, response.location)


def test_after_signing_in_the_same_page_is_shown(app: Flask) -> None:
    stranger = Patient(browser(app)).go("/staff/account?page=2")
    carried = stranger.page.select("input[name=to]")[0]["value"]

    person = Member(at_work(app).browser, account=hired(app, name="Kim Moss"))

    assert carried == "/staff/account?page=2"
    assert person.go(f"/staff/sign-in?to={carried}").at == "/staff/account"
