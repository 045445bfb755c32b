"""Every page in every state: nothing that axe finds, nothing cut off, nothing too small to press.

Three walks, so that workers can share them; each looks at every page it comes to, and at every
template that `shown.py` says it comes to.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import rules
from screener.settings import Settings
from tests.browser import broken_states, shown, states
from tests.browser.conftest import browsing
from tests.browser.looking import LOOKS, Seen, look
from tests.browser.patient import Patient
from tests.browser.people import person
from tests.browser.running import ELSEWHERE, TELLING, served, take_forms
from tests.content.reading import grade, listed
from tests.promises import promises_kept

pytestmark = pytest.mark.browser
HARDEST = 6


Walk = Callable[[states.Come, Path], Iterator[states.State]]


def asked(come: states.Come, _: Path) -> Iterator[states.State]:
    """Before the form, and each question."""
    yield from states.beside(come)
    yield from states.questions(come, person("busy", "everything"))


def answered(come: states.Come, folder: Path) -> Iterator[states.State]:
    """The summary, coming back, and what can go wrong; the server is treated badly."""
    calm = come()
    yield from states.results(calm.begin().walk(person("quiet")))
    yield from states.later(come, calm)
    take_forms(folder)
    database = folder / "data" / "screener.db"
    yield from states.sending(come, person("quiet"), person("crisis"), database)
    yield from states.trouble(come, database)


def broken(come: states.Come, folder: Path) -> Iterator[states.State]:
    """What nobody should have to see, and what a web server in front shows in place of us."""
    yield from broken_states.stumbling(come)
    settings = Settings.load(folder / "clinic.toml", folder / "data", environment={})
    yield from broken_states.outages(come, settings)


@pytest.mark.parametrize("walk", [asked, answered, broken])
def test_every_page_is_for_everyone(
    chromium: Browser,
    content: rules.Content,
    tmp_path: Path,
    subtests: pytest.Subtests,
    walk: Walk,
) -> None:
    with served(tmp_path, TELLING) as address, browsing(chromium) as new:

        def come() -> Patient:
            return Patient(new().new_page(), content, address).go("/")

        seen = [look(at, name, n) for n, (name, at) in enumerate(walk(come, tmp_path))]

    for what in LOOKS:
        with subtests.test(what):
            assert {} == {one.name: one.wrong[what] for one in seen if one.wrong[what]}
    with subtests.test("seen once"):
        names = [one.name for one in seen]
        assert len(names) == len(set(names))
        assert walk is not asked or states.question_pages(content) <= set(names)
    with subtests.test("templates"):
        assert shown.PATIENTS[walk.__name__] == {one.drawn_from for one in seen}
    with subtests.test("promises"):
        promises_of(seen, content)
    with subtests.test("reading grade"):
        assert {} == {one: found for one, found in grades(seen, content).items() if found > HARDEST}


def promises_of(seen: list[Seen], content: rules.Content) -> None:
    places = [*content.helplines.countries.values(), content.helplines.world]
    chats = {line.chat for place in places for line in place.lines if line.chat}
    away = frozenset({*chats, f"https://{ELSEWHERE}/"})
    for one in seen:
        if "/summary/print" not in one.url:
            promises_kept(one.html, failed=one.failed, away=away)


def grades(seen: list[Seen], content: rules.Content) -> dict[str, float]:
    names = chain.from_iterable(medicine.name.lower().split() for medicine in content.medicines)
    known = listed("medical_words.txt") | {name.strip("(),;") for name in names}
    return {one.name: grade(one.lines, known) for one in seen if "clinician" not in one.name}
