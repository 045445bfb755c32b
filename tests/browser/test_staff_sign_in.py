"""Signing in, in a real browser: what scripts add, and what works without them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewContext
from tests.browser.running import invite, served
from tests.browser.staff import Member

pytestmark = pytest.mark.browser
NOTE = "She asked for Tuesday"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staff")


@pytest.fixture(scope="module")
def clinic(folder: Path) -> Iterator[str]:
    """The address of a clinic that nobody works at yet."""
    with served(folder) as address:
        yield address


@pytest.fixture
def device(context: NewContext, clinic: str) -> Page:
    """A page in a browser that has a key of its own, which says yes to everything."""
    page = context(DESK).new_page()
    speaks = page.context.new_cdp_session(page)
    speaks.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    speaks.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(clinic)
    return page


def test_a_passkey_is_made_and_lets_its_owner_in(device: Page, clinic: str, folder: Path) -> None:
    link = invite(folder, "Pat Hill", "reviewer")
    pat = Member(device, clinic.replace("127.0.0.1", "localhost"), "pat.hill@example.org")

    pat.choose_a_password(link).press("Make a passkey")
    device.wait_for_selector("text=Your recovery codes")
    pat.go("/staff/account").press("Sign out everywhere")
    pat.to_second_step().press("Use your passkey")
    device.wait_for_url("**/staff/queue")

    assert "/staff/queue" == pat.at


def test_a_device_that_says_no_is_told_of_and_a_code_still_works(
    context: NewContext, clinic: str, folder: Path
) -> None:
    page = context(DESK).new_page()
    ann = Member(page, clinic.replace("127.0.0.1", "localhost"), "ann.wood@example.org")
    ann.choose_a_password(invite(folder, "Ann Wood", "reviewer"))
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error()); }")

    ann.press("Make a passkey")
    page.wait_for_selector("text=The passkey was not used.")
    ann.keep_the_app()

    assert "Your recovery codes" == ann.heading


def test_without_scripts_no_passkey_is_offered_and_the_app_works(
    context: NewContext, clinic: str, folder: Path
) -> None:
    page = context(PHONE, scripts=False).new_page()
    eve = Member(page, clinic.replace("127.0.0.1", "localhost"), "eve.stone@example.org")

    eve.choose_a_password(invite(folder, "Eve Stone", "reviewer"))

    assert not page.locator("text=Make a passkey").is_visible()
    eve.keep_the_app()
    assert "Your recovery codes" == eve.heading


@pytest.fixture
def away(context: NewContext, clinic: str, folder: Path, request: pytest.FixtureRequest) -> Member:
    """Somebody who signed in and then went away, on a clock that a test can turn."""
    name = f"Away {abs(hash(request.node.name))}"
    page = context(DESK).new_page()
    member = Member(page, clinic, f"{name.lower().replace(' ', '.')}@example.org")
    member.enrol(invite(folder, name, "admin"))
    page.clock.install()
    return member.go("/staff/accounts/add")


def test_after_13_minutes_it_asks_and_escape_means_yes(away: Member) -> None:
    away.page.clock.fast_forward("12:50")
    before = away.page.locator("dialog[open]").count()
    away.page.clock.fast_forward("00:15")

    assert 0 == before
    assert away.page.locator("text=Are you still here?").is_visible()
    with away.page.expect_request("**/staff/stay?*") as asked:
        away.page.keyboard.press("Escape")
    response = asked.value.response()
    assert response is not None
    assert 204 == response.status
    away.page.clock.fast_forward("12:50")
    assert 0 == away.page.locator("dialog[open]").count()


def test_after_15_minutes_a_page_where_nothing_was_typed_is_left(away: Member) -> None:
    with away.page.expect_request("**/staff/sign-in?to=%2Fstaff%2Faccounts%2Fadd"):
        away.page.clock.fast_forward("15:05")

    # The server's own clock has not moved: somebody who is still signed in is led straight back.
    away.page.wait_for_url("**/staff/accounts/add")


def test_after_15_minutes_what_was_typed_is_covered_and_kept(away: Member) -> None:
    away.page.fill("#name", NOTE)
    away.page.clock.fast_forward("15:05")
    covered = away.page.evaluate(
        "getComputedStyle(document.querySelector('dialog'), '::backdrop').backgroundColor"
    )
    away.page.keyboard.press("Escape")
    away.page.keyboard.press("Escape")

    assert covered.startswith("rgb(")
    away.page.wait_for_selector("text=You were signed out")
    away.page.click("text=Sign in and keep it")
    away.page.wait_for_selector(".sum")
    assert NOTE == away.page.input_value("#name")


def test_back_after_signing_out_shows_nothing(away: Member) -> None:
    away.page.click("header button")
    away.page.wait_for_url("**/staff/sign-in")

    away.page.go_back()

    assert "/staff/sign-in" == away.at
