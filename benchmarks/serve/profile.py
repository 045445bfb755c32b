"""Where the time of a late step goes: a thousand looks a second at what the program is doing.

In one process, without sockets, on SQLite. Each look counts for the innermost part of the program
whose code is running; what the standard library or C does counts for who asked for it. A look costs
little, and it costs all parts alike; a profiler that counts calls would make small functions look
slow.
"""

import platform
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from benchmarks.machine import measured, processor
from benchmarks.patients.served import HOUSE
from benchmarks.serve.flow import COOKIE, WrongAnswer, as_drawn, form_on
from benchmarks.serve.form import LATE, Flow
from benchmarks.serve.load import GET, POST, TAKEN
from benchmarks.serve.measuring import walked
from screener.app import create_app
from screener.settings import Settings

EVERY, SECONDS, WARM = 0.001, 5.0, 50
REST = "the rest"
STORE, DRAWN = "the store: reading, sealing, writing", "drawing the page"
FORMS, FLASK = "forms and their token", "Flask and Werkzeug"
# How the place of a file begins, and which part it belongs to; the first that fits counts.
PARTS = {
    "screener/store/": STORE,
    "sqlalchemy/": STORE,
    "cryptography/": STORE,
    "screener/wizard/": "the pages of the form",
    "screener/": "the rest of ours: sessions, headers, language",
    "rules/": "the path through the questions, and the rules",
    "templates/": DRAWN,
    "jinja2/": DRAWN,
    "markupsafe/": DRAWN,
    "wtforms/": FORMS,
    "flask_wtf/": FORMS,
    "itsdangerous/": FORMS,
    "flask/": FLASK,
    "werkzeug/": FLASK,
}


@dataclass(frozen=True)
class Looked:
    """How long half a step takes (the median), in ms, and what was seen when it was looked at."""

    took: float
    seen: Counter[str]

    def of(self, part: str) -> float:
        """Return the ms that a part takes."""
        return self.took * self.seen[part] / max(1, self.seen.total())


def looked(folder: Path) -> dict[str, Looked]:
    """Look at a late page, and at its answers."""
    flow = walked(folder / "walk")
    client = patient(folder / "profile", flow)
    page = flow.at(LATE)
    form = form_on(BeautifulSoup(client.get(page.path).text, "html.parser"), page.path)
    sent = as_drawn(form)
    acts: dict[str, Callable[[], int]] = {
        GET: lambda: client.get(page.path).status_code,
        POST: lambda: client.post(str(form["action"]), data=sent).status_code,
    }
    return {method: look(method, act) for method, act in acts.items()}


def patient(folder: Path, flow: Flow) -> FlaskClient:
    """Come with a draft that holds the whole form."""
    app = create_app(Settings.load(None, folder, environment={}, public_url="http://localhost"))
    drafts = app.extensions["store"].drafts
    token = drafts.begin().token
    drafts.save(token, lambda state: state | flow.state)
    client = app.test_client()
    client.set_cookie(COOKIE, token)
    return client


def look(method: str, act: Callable[[], int]) -> Looked:
    """Do it again and again: first by the clock alone, then with looks.

    Raises:
        WrongAnswer: it was not taken.
    """
    for _ in range(WARM):
        if (status := act()) not in TAKEN[method]:
            raise WrongAnswer(f"{method} was answered with {status}")
    began, times = time.perf_counter(), list[float]()
    while (started := time.perf_counter()) < began + SECONDS:
        act()
        times.append(time.perf_counter() - started)
    seen: Counter[str] = Counter()
    before = signal.signal(signal.SIGALRM, lambda _, frame: seen.update([part_of(frame)]))
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        while time.perf_counter() < began + 2 * SECONDS:
            act()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return Looked(statistics.median(times) * 1000, seen)


def part_of(frame: FrameType | None) -> str:
    """Name the innermost part of the program that is at work."""
    while frame is not None:
        place = place_of(frame.f_code.co_filename)
        part = next((part for start, part in PARTS.items() if place.startswith(start)), None)
        if part:
            return part
        frame = frame.f_back
    return REST


def place_of(path: str) -> str:
    """Say where a file lies: in this house, or among the packages."""
    _, among, package = path.rpartition("site-packages/")
    return package if among else path.removeprefix(f"{HOUSE}/")


def written(found: dict[str, Looked]) -> str:
    """Write the page."""
    return "\n".join((*_lines(found), ""))


def _lines(found: dict[str, Looked]) -> Iterator[str]:
    yield "# Where the time of a late step goes\n"
    yield "Written by `python -m benchmarks serve --profile`; do not edit.\n"
    yield f"{processor()}, {platform.system()}; Python {platform.python_version()}, {measured()}."
    yield "In one process, without sockets, on SQLite; the draft holds the whole form of a patient"
    yield "with six medicines. ms of one page shown, and of one page saved.\n"
    yield "| part | shown | saved |"
    yield "| --- | ---: | ---: |"
    shown, saved = found[GET], found[POST]
    for part in sorted({*PARTS.values(), REST}, key=lambda one: -saved.of(one)):
        yield f"| {part} | {shown.of(part):.2f} | {saved.of(part):.2f} |"
    yield f"| all | {shown.took:.2f} | {saved.took:.2f} |"
