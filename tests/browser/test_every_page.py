"""Every page in every state: nothing that axe finds, nothing cut off, nothing too small to press.

The pages are walked once; each test then reads what was seen.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import rules
from tests.browser import states
from tests.browser.conftest import browsing
from tests.browser.looking import Seen, look
from tests.browser.patient import Patient
from tests.browser.people import person
from tests.browser.running import ELSEWHERE, served, take_forms
from tests.content.reading import grade, listed
from tests.promises import promises_kept

pytestmark = pytest.mark.browser
HARDEST = 6
LOOKS = ("axe", "tap targets", "overflow", "focus", "forced colours", "links to problems")


@pytest.fixture(scope="module")
def seen(
    chromium: Browser, content: rules.Content, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Seen]]:
    """Everything that a patient can see, on a server of its own: it is also treated badly."""
    folder = tmp_path_factory.mktemp("every-page")
    with served(folder) as address, browsing(chromium) as new:

        def come() -> Patient:
            return Patient(new().new_page(), content, address).go("/")

        yield [look(at.page, name, n) for n, (name, at) in enumerate(everything(come, folder))]


def everything(come: states.Come, folder: Path) -> Iterator[states.State]:
    calm = come()
    yield from states.beside(come)
    yield from states.questions(come, person("busy", "everything"))
    yield from states.results(calm.begin().walk(person("quiet")))
    yield from states.later(come, calm)
    take_forms(folder)
    yield from states.sending(come, person("quiet"), person("crisis"))
    yield from states.trouble(come, folder / "data" / "screener.db")


def test_every_page_was_seen(seen: list[Seen], content: rules.Content) -> None:
    names = [one.name for one in seen]

    assert len(names) == len(set(names))
    assert states.question_pages(content) <= set(names)


@pytest.mark.parametrize("what", LOOKS)
def test_nothing_is_wrong_with(seen: list[Seen], what: str) -> None:
    assert {} == {one.name: one.wrong[what] for one in seen if one.wrong[what]}


def test_every_page_keeps_the_promises_of_the_house(
    seen: list[Seen], content: rules.Content
) -> None:
    places = [*content.helplines.countries.values(), content.helplines.world]
    chats = {line.chat for place in places for line in place.lines if line.chat}
    away = frozenset({*chats, f"https://{ELSEWHERE}/"})
    for one in seen:
        if "/summary/print" not in one.url:
            promises_kept(one.html, failed=one.failed, away=away)


def test_every_page_is_grade_6_or_below(seen: list[Seen], content: rules.Content) -> None:
    names = chain.from_iterable(medicine.name.lower().split() for medicine in content.medicines)
    known = listed("medical_words.txt") | {name.strip("(),;") for name in names}
    grades = {one.name: grade(one.lines, known) for one in seen if "clinician" not in one.name}

    assert {} == {name: found for name, found in grades.items() if found > HARDEST}
