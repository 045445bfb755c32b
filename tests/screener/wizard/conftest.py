import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

import rules
from screener.app import create_app
from screener.settings import Settings
from screener.store import Intake
from screener.store.models import submission
from screener.store.submissions import Submission
from tests.first_start import begun
from tests.screener.wizard.people import quiet
from tests.web import Patient, browser

Settled = Callable[..., Patient]
Arrived = Callable[[], list[Submission]]

# The content is frozen, so one reading of it does for all tests.
content_once = functools.cache(rules.load)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A clinic that has set nothing."""
    return Settings.load(None, begun(tmp_path / "data"), environment={})


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The application of that clinic, at one moment: no new minute of the throttle begins."""
    now = time.time()
    return create_app(settings, content_once(), clock=lambda: now)


@pytest.fixture
def patient(app: Flask) -> Patient:
    """A patient who has just begun."""
    return Patient(browser(app)).start()


@pytest.fixture
def taking(app: Flask) -> Flask:
    """The application of a clinic that takes forms: somebody there can read them."""
    intake: Intake = app.extensions["screener"].intake
    intake.need_clinic_key()
    return app


@pytest.fixture
def arrived(app: Flask) -> Arrived:
    """Open what has arrived at the clinic, as its staff may."""

    def opened() -> list[Submission]:
        intake: Intake = app.extensions["screener"].intake
        with intake.database.reading() as connection:
            rows = connection.execute(select(submission)).all()
            return [intake.submissions.opened(row) for row in rows]

    return opened


@pytest.fixture
def settled(app: Flask, patient: Patient) -> Settled:
    """Bring the patient to a page, all before it answered: calm, or as told."""

    def settle(page: str, **answers: Any) -> Patient:
        content = content_once()
        every = rules.read_answers(content, quiet(content, answers))
        said = dict(rules.walk(content, every).counted)
        before = said if page == "check" else _before(content, page, said)
        cookie = patient.browser.get_cookie("screener-draft")
        assert cookie is not None

        def change(state: dict[str, Any]) -> dict[str, Any]:
            return state | {"answers": before, "content_version": content.version}

        app.extensions["store"].drafts.save(cookie.value, change)
        patient.go(f"/form/{page}")
        assert patient.at == f"/form/{page}"
        return patient

    return settle


@pytest.fixture
def done(settled: Settled) -> Settled:
    """Bring the patient to the summary."""

    def finish(**answers: Any) -> Patient:
        patient = settled("check", country="US", **answers).press("Make my summary")
        assert patient.at == "/summary"
        return patient

    return finish


def _before(content: rules.Content, page_id: str, said: dict[str, Any]) -> dict[str, Any]:
    pages = content.questionnaire.pages
    index = [page.id for page in pages].index(page_id)
    names = {question.id for page in pages[:index] for question in page.questions}
    return {name: value for name, value in said.items() if name in names}
