from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from tests.first_start import begun
from tests.screener.store.conftest import Clock
from tests.screener.wizard.conftest import content_once
from tests.staff import hash_quickly


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
