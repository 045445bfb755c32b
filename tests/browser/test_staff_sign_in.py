"""Signing in, in a real browser: what scripts add, and what works without them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import rules
from tests.browser.clinic import PASSWORD, Member
from tests.browser.conftest import PHONE, NewContext
from tests.browser.running import invite, served

pytestmark = pytest.mark.browser
Come = Callable[..., Member]
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
def come(context: NewContext, content: rules.Content, clinic: str) -> Come:
    """Bring somebody to the clinic, known by its name: passkeys are for names."""
    return partial(Member.comes, context, content, clinic.replace("127.0.0.1", "localhost"))


@pytest.fixture
def owner(come: Come) -> Member:
    """Somebody with a device that has a key of its own, which says yes to everything."""
    person = come()
    speaks = person.page.context.new_cdp_session(person.page)
    speaks.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    speaks.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return person


def test_a_passkey_is_made_and_lets_its_owner_in(owner: Member, folder: Path) -> None:
    owner.chooses_a_password(invite(folder, "Pat Hill", "reviewer")).press("Make a passkey")
    made = owner.heading
    owner.go("/staff/account").press("Sign out everywhere")
    owner.go("/staff/sign-in").types(email="pat.hill@example.org", password=PASSWORD)
    owner.press("Continue").press("Use your passkey")

    assert "Your recovery codes" == made
    assert "/staff/queue" == owner.at


def test_a_device_that_says_no_is_told_of_and_a_code_still_works(come: Come, folder: Path) -> None:
    ann = come().chooses_a_password(invite(folder, "Ann Wood", "reviewer"))
    ann.page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error()); }")

    ann.page.click("text=Make a passkey")
    ann.page.wait_for_selector("text=The passkey was not used.")

    assert "Your recovery codes" == ann.keeps_the_app().heading


def test_without_scripts_no_passkey_is_offered_and_the_app_works(come: Come, folder: Path) -> None:
    eve = come(PHONE, scripts=False).chooses_a_password(invite(folder, "Eve Stone", "reviewer"))

    assert not eve.page.locator("text=Make a passkey").is_visible()
    assert "Your recovery codes" == eve.keeps_the_app().heading


@pytest.fixture
def away(come: Come, folder: Path, request: pytest.FixtureRequest) -> Member:
    """Somebody who signed in and then went away, on a clock that a test can turn."""
    member = come().starts(invite(folder, f"Away {request.node.name}", "admin"))
    member.page.clock.install()
    return member.go("/staff/accounts/add")


def test_after_13_minutes_it_asks_and_escape_means_yes(away: Member) -> None:
    away.page.clock.fast_forward("12:00")  # and the clock runs meanwhile
    before = away.page.locator("dialog[open]").count()
    away.page.clock.fast_forward("01:05")

    assert 0 == before
    assert away.page.locator("text=Are you still here?").is_visible()
    with away.page.expect_request("**/staff/stay?*") as asked:
        away.page.keyboard.press("Escape")
    response = asked.value.response()
    assert response is not None
    assert 204 == response.status
    away.page.clock.fast_forward("12:00")
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
