"""Every page of the staff in every state: nothing that axe finds, nothing cut off or too small.

The pages are walked once. Each is seen wide and narrow, in light and dark, each of the two by half
of the pages.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import rules
from tests.browser import scripts, staff_states
from tests.browser.clinic import Clinic, Member
from tests.browser.conftest import browsing
from tests.browser.looking import Seen, look, note
from tests.browser.running import served
from tests.browser.test_every_page import LOOKS
from tests.promises import promises_kept

pytestmark = pytest.mark.browser
WIDTHS = (1280, 320)
PAPER = 688  # A4 without its margins, at 96 dots an inch


def walk(come: staff_states.Come, clinic: Clinic) -> Iterator[staff_states.State]:
    robin = None
    for name, robin in staff_states.beginning(come, clinic):
        yield name, robin
    assert robin is not None
    sam = come().starts(clinic.invited("Kim Poe", "reviewer"))
    yield from staff_states.working(robin, sam, clinic)
    yield from staff_states.leading(robin, clinic)


def looked(at: Member, name: str, turn: int) -> Seen:
    """Look at a page and at its print, and leave it as wide as somebody at a desk has it."""
    seen = look(at.page, name, turn, WIDTHS)
    at.page.set_viewport_size({"width": PAPER, "height": 800})
    at.page.emulate_media(media="print")
    note(seen, "overflow", "on paper", at.page.evaluate(scripts.CUT_OFF))
    at.page.emulate_media(media="screen")
    at.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return seen


def test_every_page_of_the_staff_is_for_everyone(
    chromium: Browser, content: rules.Content, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    with served(tmp_path) as address, browsing(chromium) as new:
        clinic = Clinic(tmp_path)

        def come() -> Member:
            return Member.comes(new, content, address)

        seen = [looked(at, name, n) for n, (name, at) in enumerate(walk(come, clinic))]

    for what in LOOKS:
        with subtests.test(what):
            assert {} == {one.name: one.wrong[what] for one in seen if one.wrong[what]}
    with subtests.test("promises"):
        for one in seen:
            promises_kept(one.html, failed=one.failed, staff=True)
    with subtests.test("seen once"):
        names = [one.name for one in seen]
        assert len(names) == len(set(names))
