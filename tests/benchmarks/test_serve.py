"""The race of servers: what misses a goal, and that nothing counts which was not taken."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.goals import Goal
from benchmarks.patients.served import HOUSE
from benchmarks.serve import load, profile, report
from benchmarks.serve.aims import BEHIND, goals
from benchmarks.serve.flow import WrongAnswer
from benchmarks.serve.form import EARLY, LATE, Flow, Page
from benchmarks.serve.load import GET, POST, Rate, Step
from benchmarks.serve.measuring import Found, Grown
from benchmarks.serve.race import Plan

RATES = {"page": (100, 0), "kept": (0, 100), "formtools": (40, 40), "ours": (50, 80)}
DATABASES = ("SQLite", "PostgreSQL")


@pytest.fixture(autouse=True)
def _anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for no versions: those who are raced are installed for `make bench` alone."""
    monkeypatch.setattr(report, "version", lambda _package: "1.0")


def raced(slow: dict[Any, Rate] | None = None, **other: Any) -> Found:
    """Let all goals be met, but for what is told."""
    rates = {
        (name, kind, when, clients, method): Rate(rate, 1, 1)
        for name, each in RATES.items()
        for kind in ("", *DATABASES)
        for when in (EARLY, LATE)
        for clients in (1, 8)
        for method, rate in zip((GET, POST), each, strict=True)
    }
    whole: dict[str, Any] = {
        "starts": {(name, kind): [2.0] for name in ("ours", "formtools") for kind in DATABASES},
        "day": {"SQLite": Rate(17, 1, 500)},
        "memory": {
            (name, kind): Grown(10_000, 100, 105)
            for name in ("ours", "formtools")
            for kind in DATABASES
        },
    }
    flow = Flow([Page("/", [], {})] * 2, {})
    found = Found(Plan(5, 1), flow, 10_000, 60, rates | (slow or {}), servers={}, **whole)
    return replace(found, **{name: getattr(found, name) | told for name, told in other.items()})


def late(rate: Rate, method: str, name: str = "ours", clients: int = 8) -> dict[Any, Rate]:
    return {(name, "SQLite", LATE, clients, method): rate}


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (raced(), ""),
        (raced(late(Rate(49, 1, 1), GET)), "a page shown, times the rate of a bare"),
        (raced(late(Rate(79, 1, 1), POST)), "a page saved, times the same write in a bare"),
        (raced(day={"SQLite": Rate(17, 1, 501)}), "p99 at twice the busiest hour"),
        (raced(starts={("ours", "SQLite"): [2.1] * 3, ("formtools", "SQLite"): [3]}), "from `scr"),
        (raced(memory={("ours", "SQLite"): Grown(1, 99, 104)}), "memory over 10,000 steps; SQLite"),
        (raced(late(Rate(51, 1, 1), GET, "formtools")), "beside Django formtools: rate"),
        (raced(late(Rate(80, 1.1, 1), POST)), "beside Django formtools: p50"),
        (raced(late(Rate(50, 1, 1.1), GET)), "beside Django formtools: p99"),
    ],
)
def test_a_late_step_alone_misses_its_goal(found: Found, what: str) -> None:
    missed = [goal for goal in goals(found) if goal.mark]

    assert bool(what) == len(missed)
    assert all(goal.what.startswith(what) and goal.mark == "missed" for goal in missed)


@pytest.mark.parametrize(
    ("found", "what"),
    [
        (raced(late(Rate(80, 2, 1), POST) | late(Rate(40, 1, 2), POST, "formtools")), "p50"),
        (raced(starts={("ours", "SQLite"): [2.0], ("formtools", "SQLite"): [1.0]}), "start"),
        (raced(memory={("formtools", "SQLite"): Grown(1, 50, 50)}), "memory"),
    ],
)
def test_what_is_known_to_be_behind_django_says_so_and_why(found: Found, what: str) -> None:
    (behind,) = (goal for goal in goals(found) if goal.mark)

    page = "\n".join(report.quoted(found))

    assert (behind.mark, behind.because) == ("not met", reason(behind))
    assert f"Django formtools: {what}" in behind.what
    assert f"{behind.found} (not met)" in page
    assert f"Not met: {next(name for name in BEHIND if what in name)}: {behind.because}." in page


def reason(goal: Goal) -> str:
    return next(why for name, why in BEHIND.items() if goal.what.startswith(name))


@pytest.mark.parametrize(
    "slow",
    [
        late(Rate(80, 2, 1), POST, clients=1) | late(Rate(40, 1, 2), POST, "formtools", 1),
        late(Rate(50, 2, 1), GET) | late(Rate(40, 1, 2), GET, "formtools"),
        late(Rate(80, 2, 1), POST) | late(Rate(40, 1, 1.9), POST, "formtools"),  # nobody waits
    ],
)
def test_no_other_step_may_be_behind(slow: dict[Any, Rate]) -> None:
    assert ["missed"] == [goal.mark for goal in goals(raced(slow)) if goal.mark]


def test_what_was_missed_does_not_hide_behind_what_has_a_reason() -> None:
    slow = late(Rate(80, 9, 1), POST) | late(Rate(40, 1, 2), POST, "formtools")
    slow |= late(Rate(50, 1.1, 1), GET)

    assert "0.91 (missed)" in "\n".join(report.quoted(raced(slow)))


class Refusing(BaseHTTPRequestHandler):
    """Shows pages, perhaps, and takes no answers."""

    shown = 503

    def do_GET(self) -> None:
        self._answer(self.shown)

    def do_POST(self) -> None:
        self._answer(422)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class ShowsPages(Refusing):
    shown = 200


@contextmanager
def refusing(how: type[Refusing]) -> Iterator[Step]:
    with ThreadingHTTPServer(("127.0.0.1", 0), how) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Step(server.server_port, b"GET / HTTP/1.0\r\n\r\n", b"POST / HTTP/1.0\r\n\r\n")
        finally:
            server.shutdown()


class Stays:
    """A patient who makes the same step again and again."""

    def __init__(self, step: Step) -> None:
        self._step = step

    def step(self) -> Step:
        return self._step


@pytest.mark.parametrize(
    "measure",
    [
        lambda step: load.many([Stays(step)], 1),
        lambda step: load.at_a_pace([Stays(step)], 1, 1),
    ],
)
@pytest.mark.parametrize(("how", "method"), [(Refusing, GET), (ShowsPages, POST)])
def test_nothing_is_measured_on_a_server_that_refuses(
    how: type[Refusing], method: str, measure: Callable[[Step], object]
) -> None:
    with (
        refusing(how) as step,
        pytest.raises(WrongAnswer, match=f"{method} was answered with (503|422)"),
    ):
        measure(step)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/a/screener/.venv/lib/site-packages/flask/app.py", "flask/app.py"),
        (f"{HOUSE}/rules/walk.py", "rules/walk.py"),
        ("/usr/lib/python3.11/json/__init__.py", "/usr/lib/python3.11/json/__init__.py"),
    ],
)
def test_a_look_tells_this_house_from_the_packages(path: str, place: str) -> None:
    assert place == profile.place_of(path)


def test_a_late_step_is_the_last_page_but_one() -> None:
    pages = [Page(path, [], {}) for path in ("/first", "/plans", "/last")]

    assert ["/first", "/plans"] == [Flow(pages, {}).at(when).path for when in (EARLY, LATE)]
