"""Sending in a real browser: pressed twice, gone Back, come again, it arrives once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

import rules
from screener.settings import Settings
from screener.store import Intake
from screener.store.models import submission
from tests.browser.conftest import browsing
from tests.browser.patient import Patient
from tests.browser.people import person
from tests.browser.running import served, take_forms
from tests.browser.states import reach

pytestmark = pytest.mark.browser
TWICE = """() => {
    const button = document.querySelector("main form button");
    button.click();
    button.click();
}"""


@pytest.fixture
def about_to_send(
    chromium: Browser, content: rules.Content, tmp_path: Path, *, scripts: bool
) -> Iterator[Patient]:
    """A patient of a clinic that takes forms, who has said how to be reached."""
    with served(tmp_path) as address, browsing(chromium) as new:
        take_forms(tmp_path)
        patient = Patient(new(scripts=scripts).new_page(), content, address).go("/").begin()
        patient.walk(person("quiet")).press("Make my summary").follow("Send it to the clinic")
        reach(patient)
        yield patient


def references(folder: Path) -> list[str]:
    """What has arrived at the clinic."""
    intake = Intake.open(Settings.load(folder / "clinic.toml", folder / "data", environment={}))
    with intake.database.reading() as connection:
        rows = connection.execute(select(submission)).all()
        found = [intake.submissions.opened(row) for row in rows]
    intake.close()
    return [one.reference for one in found]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_double_click_back_and_a_second_press_send_once(
    about_to_send: Patient, tmp_path: Path
) -> None:
    patient = about_to_send

    patient.page.evaluate(TWICE)  # at once: on a quick machine the next page may be in between
    patient.page.wait_for_url("**/sent")
    reference = patient.page.inner_text(".card .code")
    patient.back().back().go("/send")

    assert ("/sent", reference) == (patient.at, patient.page.inner_text(".card .code"))
    assert [reference] == references(tmp_path)
