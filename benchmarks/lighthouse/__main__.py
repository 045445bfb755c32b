"""Measure the pages that everybody meets: `python -m benchmarks lighthouse [--rounds 5]`.

Start, question, slip, check and summary, as a phone on a slow line sees them; medians of the
rounds, and the first paint. The table goes to benchmarks/results/lighthouse.md. Exit code 1 when a
page has less than 99 for speed, or less than 100 for everyone's access and good practice. Needs
Node 20, npm and a Chromium; Lighthouse itself is pinned beside this file and installed by it.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.goals import Goal, code_for, margin, outcome
from benchmarks.machine import processor
from benchmarks.patients.pages import PAGES, SLIP, patients
from benchmarks.patients.served import Served
from tests.machine import CHROMIUM_FLAGS, find_chromium

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "lighthouse.md"
# Now and then Chromium records no trace; Lighthouse then asks to be run again.
NO_TRACE, TRIES = "NO_NAVSTART", 4
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100}
PAINT = 1.5  # seconds


def main() -> int:
    """Measure, write the table, and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks lighthouse")
    parser.add_argument("--rounds", type=int, default=5)
    rounds, chromium = parser.parse_args().rounds, find_chromium()
    if chromium is None:
        sys.exit("lighthouse: no Chromium starts here")
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)  # noqa: S607
    with tempfile.TemporaryDirectory(prefix="screener-lighthouse-") as folder:
        served = Served(Path(folder))
        served.start()
        try:
            tokens = patients(served)
            found = {
                name: measured(served.address + path, tokens[who], chromium, rounds)
                for name, (path, who) in PAGES.items()
            }
        finally:
            served.kill()
    told = subprocess.run(
        [chromium, "--version"], capture_output=True, check=True, text=True
    ).stdout
    browser = " ".join(told.split()[:2])
    page = "\n".join(table(found, rounds, browser))
    RESULTS.write_text(page, "utf-8")
    print(page)
    return code_for(goals(found))


def measured(address: str, token: str, chromium: str, rounds: int) -> dict[str, float]:
    """Return the median of each score of a page, and of the seconds until the first paint."""
    several = [report(address, token, chromium) for _ in range(rounds)]
    scores = {
        name: statistics.median(one["categories"][name]["score"] * 100 for one in several)
        for name in LEAST
    }
    paints = [one["audits"]["first-contentful-paint"]["numericValue"] / 1000 for one in several]
    return scores | {"paint": statistics.median(paints)}


def report(address: str, token: str, chromium: str) -> dict[str, Any]:
    """Let Lighthouse look at a page once."""
    command = [
        str(HERE / "node_modules" / ".bin" / "lighthouse"),
        address,
        "--quiet",
        "--output=json",
        # A page that names a slip says 422, and Chromium tells every such status to its console.
        "--ignore-status-code",
        *(["--skip-audits=errors-in-console"] if address.endswith(SLIP) else []),
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}",
        f"--extra-headers={json.dumps({'Cookie': f'screener-draft={token}'})}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium}
    for _again in range(TRIES):
        done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
        if NO_TRACE not in done.stderr:
            break
    if done.returncode:
        raise RuntimeError(f"{address}: {done.stderr[-1000:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    if told["finalDisplayedUrl"] != address:
        raise RuntimeError(f"{address} led to {told['finalDisplayedUrl']}")
    return told


def goals(found: dict[str, dict[str, float]]) -> Iterator[Goal]:
    """Compare each page with what was to be reached."""
    for name, scores in found.items():
        for what, least in LEAST.items():
            score = scores[what]
            yield Goal(f"{name}, {what}", f"≥ {least}", f"{score:.0f}", score / least)
        seconds = scores["paint"]
        said = f"{seconds:.2f} s"
        yield Goal(f"{name}, first paint", f"≤ {PAINT} s", said, margin(seconds, PAINT))


def table(found: dict[str, dict[str, float]], rounds: int, browser: str) -> list[str]:
    """Write the page."""
    pinned = json.loads((HERE / "package.json").read_text("utf-8"))["devDependencies"]["lighthouse"]
    return [
        "# Pages, as Lighthouse sees them",
        "",
        "Written by `python -m benchmarks lighthouse`; do not edit.",
        "",
        f"{processor()}, {os.cpu_count()} cores, {platform.system()};",
        f"Lighthouse {pinned}, {browser}, Python {platform.python_version()}.",
        "",
        f"Its phone on a slow line, simulated; medians of {rounds} rounds.",
        f"Goals: {', '.join(map(str, LEAST.values()))}, and {PAINT} s.",
        "<!-- lighthouse -->",
        "| page | speed | for everyone | good practice | first paint |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {name} | {scores['performance']:.0f} | {scores['accessibility']:.0f} "
            f"| {scores['best-practices']:.0f} | {scores['paint']:.2f} s |"
            for name, scores in found.items()
        ),
        "<!-- /lighthouse -->",
        "",
        *outcome(goals(found)),
        "",
    ]


if __name__ == "__main__":
    sys.exit(main())
