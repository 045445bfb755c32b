from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.store import Intake
from tests.first_start import begun
from tests.screener.store.conftest import Clock
from tests.screener.wizard.conftest import content_once
from tests.staff import Member, at_work, hash_quickly, intake_of


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hash_quickly(monkeypatch)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Flask:
    """A clinic that has set nothing, and a clock that a test can turn."""
    settings = Settings.load(None, begun(tmp_path / "data"), environment={})
    return create_app(settings, content_once(), clock=clock)


@pytest.fixture
def intake(app: Flask) -> Intake:
    """The staff side of that clinic, with a key that patients can seal with."""
    found = intake_of(app)
    found.need_clinic_key()
    return found


@pytest.fixture
def lead(app: Flask) -> Member:
    """Somebody who sees figures and trail, exports and deletes."""
    return at_work(app, "lead", "Robin Vale")
