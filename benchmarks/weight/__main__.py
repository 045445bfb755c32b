"""Weigh pages, and time their first paint: `python -m benchmarks weight [--rounds 5]`.

Ours beside our first question page as others would write it. Writes benchmarks/results/weight.md.
Needs a Chromium, `make bench`'s packages, and npm for the files of govuk-frontend. Exit code 1 when
a goal is missed.
"""

import argparse
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.goals import code_for
from benchmarks.patients.pages import BUSY, PAGES, patients
from benchmarks.patients.served import HOUSE, Served
from benchmarks.weight.looking import Place, first_paint, visits
from benchmarks.weight.report import Found, goals, written
from benchmarks.weight.weighing import Weighed, page_of, see_that_it_asks_the_same, weighed
from screener.settings.logo import MOST_BYTES
from tests.machine import CHROMIUM_FLAGS, find_chromium

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "weight.md"
PEERS = ("govuk", "bootstrap")
SAME = ("question", *PEERS)
OURS = PAGES | {"long": ("/summary", BUSY)}
PAINTED = ("start", "question", "summary", "long", *PEERS)
BEFORE = {"start": "/help", "question": "/", "summary": "/form/check", "long": "/form/check"}
PATIENCE = 30  # seconds for an end
NOISE = 100


def main() -> int:
    """Measure, write the page, and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks weight")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if shutil.which("npm") is None:
        sys.exit("weight: no npm is here, which brings the files of govuk-frontend")
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)  # noqa: S607
    with tempfile.TemporaryDirectory(prefix="screener-weight-") as folder, ExitStack() as up:
        logo = drawn()
        places = up.enter_context(ours(Path(folder), logo))
        places |= {name: up.enter_context(peer(name)) for name in PEERS}
        for name in SAME:
            see_that_it_asks_the_same(page_of(places[name]))
        browser = up.enter_context(chromium())
        found = Found(
            {name: looked(browser, place) for name, place in places.items()},
            paints(browser, {name: places[name] for name in PAINTED}, rounds),
            rounds,
            f"Chromium {browser.version}",
            len(logo),
        )
    page = written(found)
    RESULTS.write_text(page, "utf-8")
    print(page)
    return code_for(goals(found))


def drawn() -> bytes:
    """Return a logo that is as large as a clinic's may be."""
    for side in range(NOISE, 0, -1):
        file = io.BytesIO()
        Image.effect_noise((side, side), NOISE).save(file, "PNG")
        if len(file.getvalue()) <= MOST_BYTES:
            return file.getvalue()
    raise AssertionError("no picture is small enough")


@contextmanager
def ours(folder: Path, logo: bytes) -> Iterator[dict[str, Place]]:
    """Serve a clinic with a logo, and let patients stand before each page."""
    served = Served(folder)
    (folder / "logo.png").write_bytes(logo)
    (folder / "clinic.toml").write_text('[clinic]\nlogo = "logo.png"\n', "utf-8")
    served.environment["SCREENER_CLINIC"] = str(folder / "clinic.toml")
    served.start()
    try:
        tokens = patients(served)
        cookies = {
            who: ("screener-draft", token) if token else None for who, token in tokens.items()
        }
        yield {
            name: Place(served.address, path, BEFORE.get(name, path), cookies[who])
            for name, (path, who) in OURS.items()
        }
    finally:
        served.kill()


@contextmanager
def peer(name: str) -> Iterator[Place]:
    """Serve the same question as somebody else would write it."""
    command = [sys.executable, "-m", "benchmarks.weight.peers", name]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            yield Place(address, "/", "/")
        finally:
            process.terminate()
            process.wait(PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the tests."""
    path = find_chromium()
    if path is None:
        sys.exit("weight: no Chromium starts here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


def looked(browser: Browser, place: Place) -> Weighed:
    """Visit a page, and weigh it."""
    return weighed(place, *visits(browser, place))


def paints(browser: Browser, places: dict[str, Place], rounds: int) -> dict[str, float]:
    """Let the pages take turns on a slow phone; the median of each."""
    times: dict[str, list[float]] = {name: [] for name in places}
    for number in range(rounds):
        for name in list(places) if number % 2 else list(reversed(places)):
            times[name].append(first_paint(browser, places[name]))
    return {name: statistics.median(found) for name, found in times.items()}


if __name__ == "__main__":
    sys.exit(main())
