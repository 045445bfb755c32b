import functools
from pathlib import Path

import pytest
from flask import Flask

import rules
from screener.app import create_app
from screener.settings import Settings
from tests.web import Patient, browser

# The content is frozen, so one reading of it does for all tests.
content_once = functools.cache(rules.load)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A clinic that has set nothing."""
    return Settings.load(None, tmp_path / "data", environment={})


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The application of that clinic."""
    return create_app(settings, content_once())


@pytest.fixture
def patient(app: Flask) -> Patient:
    """A patient who has just begun."""
    return Patient(browser(app)).start()
