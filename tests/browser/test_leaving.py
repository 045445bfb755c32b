"""Leave this site: fast, and no way back to the answers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

import rules
from tests.browser.conftest import PHONE, browsing, launched
from tests.browser.patient import Patient
from tests.browser.people import person
from tests.browser.running import ELSEWHERE, Neutral

pytestmark = pytest.mark.browser
BEGUN = person("quiet") | {"country": "IE"}
AWAY = f"https://{ELSEWHERE}/"
HARMLESS = re.compile("Weather|Start – River Clinic")
ANSWERS = "main fieldset, main .field, main .sl"


@pytest.fixture(scope="module", params=[True, False], ids=["pages kept", "pages not kept"])
def people_s(
    request: pytest.FixtureRequest, chromium: Browser, playwright: Playwright, neutral: Neutral
) -> Iterator[Browser]:
    """A browser that keeps pages in memory for Back, as people have it; and one that does not."""
    if not request.param:
        yield chromium
        return
    with launched(playwright, neutral, keep=True) as browser:
        yield browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_back_after_leaving_shows_no_answer(
    people_s: Browser, server: str, content: rules.Content, neutral: Neutral, *, scripts: bool
) -> None:
    with browsing(people_s) as new:
        patient = Patient(new(PHONE, scripts=scripts).new_page(), content, server).go("/")
        patient.begin().walk(BEGUN, until="/form/medicines-for-depression").go("/form/low-mood")

        leave(patient)

        assert neutral.referrers
        assert {None} == set(neutral.referrers)
        assert [] == patient.page.context.cookies(server)
        for _page in steps_back(patient.page):
            expect(patient.page).to_have_url(re.compile(f"^({AWAY}|{server}/)$"))
            expect(patient.page.locator(ANSWERS)).to_have_count(0)
            expect(patient.page).to_have_title(HARMLESS)


def leave(patient: Patient) -> None:
    patient.page.locator("footer a.leave").click()
    patient.page.wait_for_url(AWAY)


def steps_back(page: Page) -> Iterator[str]:
    """Go back entry by entry to the first page, and stop at each.

    The browser goes back, not a script: that would die with the page it leaves, sometimes before
    it has answered.
    """
    browser = page.context.new_cdp_session(page)
    history = browser.send("Page.getNavigationHistory")
    for entry in reversed(history["entries"][: history["currentIndex"]]):
        if entry["url"] != "about:blank":
            with page.expect_event("framenavigated"):
                browser.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
            page.wait_for_load_state()
            yield entry["url"]
            browser = page.context.new_cdp_session(page)
