"""Every page of the staff in every state: nothing that axe finds, nothing cut off or too small."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import rules
from tests.browser import scripts, shown, staff_states
from tests.browser.clinic import Clinic, Member
from tests.browser.conftest import browsing
from tests.browser.looking import LOOKS, WIDTHS, Seen, look
from tests.browser.running import TELLING, served
from tests.content.reading import grade
from tests.promises import promises_kept

pytestmark = pytest.mark.browser
HARDEST = 6
PAPER = 688  # A4 without its margins, at 96 dots an inch


def walk(robin: Member, sam: Member, clinic: Clinic) -> Iterator[staff_states.State]:
    yield from staff_states.beginning(robin, clinic)
    yield from staff_states.by_number(sam, clinic)
    yield from staff_states.working(robin, sam, clinic)
    yield from staff_states.leading(robin, clinic)
    yield from staff_states.trouble(sam, clinic)


def looked(at: Member, name: str, turn: int) -> Seen:
    """Look at a page and at its print, and leave it as wide as somebody at a desk has it."""
    seen = look(at, name, turn)
    at.page.set_viewport_size({"width": PAPER, "height": 800})
    at.page.emulate_media(media="print")
    seen.note({"overflow": at.page.evaluate(scripts.CUT_OFF)}, "on paper")
    at.page.emulate_media(media="screen")
    at.page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    return seen


def test_every_page_of_the_staff_is_for_everyone(
    chromium: Browser, content: rules.Content, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    with served(tmp_path, TELLING) as address, browsing(chromium) as new:
        named = address.replace("127.0.0.1", "localhost")
        robin, sam = (Member.comes(new, content, one) for one in (named, address))
        states = enumerate(walk(robin, sam, Clinic(tmp_path)))
        seen = [looked(at, name, n) for n, (name, at) in states]

    # Behind an open dialog nothing takes the focus: that is what it is for.
    next(one for one in seen if one.name == staff_states.DIALOG).wrong["focus"].clear()
    for what in LOOKS:
        with subtests.test(what):
            assert {} == {one.name: one.wrong[what] for one in seen if one.wrong[what]}
    with subtests.test("reading grade"):
        grades = {one.name: grade(one.lines) for one in seen}
        assert {} == {name: found for name, found in grades.items() if found > HARDEST}
    with subtests.test("templates"):
        assert {one.drawn_from for one in seen} == shown.STAFF
    with subtests.test("promises"):
        for one in seen:
            promises_kept(one.html, failed=one.failed, staff=True)
    with subtests.test("seen once"):
        names = [one.name for one in seen]
        assert len(names) == len(set(names))
