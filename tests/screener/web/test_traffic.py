"""Each request is told of once, by the rule of its address."""

import io
import json
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from screener import logs
from screener.app import create_app
from screener.settings import Settings
from screener.web import traffic
from screener.web.traffic import Answered
from tests.screener.wizard.conftest import content_once

Heard = list[Answered]


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each look at the clock be a quarter of a second later."""
    looks = count(step=0.25)
    monkeypatch.setattr(traffic, "time", SimpleNamespace(perf_counter=lambda: next(looks)))


@pytest.fixture
def heard() -> Heard:
    return []


def ask(
    tmp_path: Path, heard: Heard, path: str, method: str = "GET", host: str = "localhost"
) -> Answered:
    settings = Settings.load(None, tmp_path, environment={})
    app = create_app(settings, content_once(), listeners=[heard.append, traffic.log_it])
    app.test_client().open(path, method=method, headers={"Host": host}, buffered=True)
    (answered,) = heard
    return answered


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/form/age?marker=1", "/form/<page_id>", 303),
        ("/static/screener.css", "/static/<path:filename>", 200),
        ("/marker", "other", 404),
        ("/staff", "other", 308),
    ],
)
def test_the_rule_is_told_and_never_the_address(
    tmp_path: Path, heard: Heard, path: str, route: str, status: int
) -> None:
    answered = ask(tmp_path, heard, path)

    assert ("GET", route, status) == (answered.method, answered.route, answered.status)
    assert 0.25 == answered.seconds


def test_a_made_up_method_has_no_name_of_its_own(tmp_path: Path, heard: Heard) -> None:
    assert "other" == ask(tmp_path, heard, "/", "ZOPICLONE").method


def test_a_request_that_is_refused_at_the_door_is_told_too(tmp_path: Path, heard: Heard) -> None:
    assert 400 == ask(tmp_path, heard, "/", host="evil.example").status


def test_a_line_of_the_log_holds_four_things(tmp_path: Path, heard: Heard) -> None:
    lines = io.StringIO()
    logs.configure(lines)

    ask(tmp_path, heard, "/help?marker=zopiclone")

    (line,) = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert ("request", "GET", "/help", 200) == (
        line["event"],
        line["method"],
        line["route"],
        line["status"],
    )
    assert 250 == line["milliseconds"]
    assert {"at", "level", "from", "event", "method", "route", "status", "milliseconds"} == set(
        line
    )
