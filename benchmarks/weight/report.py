"""The page in Markdown, from what one run found."""

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.goals import Goal, margin
from benchmarks.goals import table as table_of_goals
from benchmarks.machine import processor
from benchmarks.weight.weighing import CSS, HTML, JS, PICTURES, Weighed

HERE = Path(__file__).parent
KB = 1000
# KB in gzip -6 (all of a page: as it really comes), requests, seconds
MOST_ALL, MOST_CSS, MOST_JS, MOST_HTML = 30, 6, 3, 6
MOST_LONG = 9  # words alone are 6 of it: docs/decisions/0106
MOST_FIRST, MOST_NEXT, LATEST_PAINT = 4, 1, 1.5
NAMES = {
    "start": "Screener, start",
    "question": "Screener, question",
    "slip": "Screener, the question with a slip",
    "check": "Screener, check",
    "summary": "Screener, summary",
    "long": "Screener, summary of somebody with much to say",
    "govuk": "the question in govuk-frontend-wtf",
    "bootstrap": "the question in Bootstrap-Flask",
}
PEERS = ("govuk", "bootstrap")
LONG = "long"
QUESTION = "question"
SUMMARIES = ("summary", LONG)
PACKAGES = ("govuk-frontend-wtf", "govuk-frontend-jinja", "bootstrap-flask", "flask", "waitress")


@dataclass(frozen=True)
class Found:
    """Everything that one run found: each page, and the seconds until its first paint."""

    pages: dict[str, Weighed]
    paints: dict[str, float]
    rounds: int
    browser: str
    logo: int


def written(found: Found) -> str:
    """Write the whole page."""
    parts = (*head(), *quoted(found), *how(found), *compared(found), *apart(found))
    return "\n".join((*parts, ""))


def head() -> Iterator[str]:
    """Say how it came about."""
    yield "# What a page weighs\n"
    yield "Written by `python -m benchmarks weight`, in one run; do not edit.\n"


def here(found: Found) -> str:
    """Name this machine, and what was compared."""
    pinned = json.loads((HERE / "package.json").read_text("utf-8"))["devDependencies"]
    versions = [
        f"Python {platform.python_version()}",
        found.browser,
        *(f"{name} {version(name)}" for name in PACKAGES),
        *(f"{name} {number}" for name, number in pinned.items()),
    ]
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()}; {', '.join(versions)}."


def quoted(found: Found) -> Iterator[str]:
    """The part that README quotes."""
    yield "<!-- weight -->"
    yield f"{here(found)}\n"
    yield from table(
        (
            "in KB",
            "HTML",
            "CSS",
            "JS",
            "first page, requests",
            "next page, requests",
            "first paint",
        ),
        (
            (
                NAMES[name],
                *(f"{page.packed[kind] / KB:.1f}" for kind in (HTML, CSS, JS)),
                *(f"{came / KB:.1f}, {asked}" for asked, came in (page.first, page.next)),
                f"{found.paints[name]:.2f} s" if name in found.paints else "",
            )
            for name, page in found.pages.items()
        ),
    )
    yield "<!-- /weight -->"


def how(found: Found) -> Iterator[str]:
    """Say what stands in the table."""
    yield f"""
HTML, CSS and JS in gzip -6; a page as it came, headers, logo and icon included: the first one with
an empty cache, the next one with what is kept since. Ours is a clinic whose logo is as large as one
may be, {found.logo / KB:.1f} KB. Requests are those that the page needs. Not counted: the picture
in the tab, which comes afterwards and once, and the stylesheet of the summary, which the check page
fetches ahead.

First all three must ask the same three questions in the same words. The others are written as their
documentation says, on our server, and packed as a proxy would, pages too. The Crown's header,
footer and font are left out, which nobody else may use. Ours packs files, the check page and the
summary, and no other page ([why](../../docs/decisions/0097-what-travels-packed.md)).

First paint: Chromium as a phone with an empty cache, 400 kbit/s, 400 ms to the first byte, a
quarter of the processor; medians of {found.rounds} rounds, the pages taking turns."""


def goals(found: Found) -> Iterator[Goal]:
    """Compare our pages with what was to be reached."""
    ours = {name: page for name, page in found.pages.items() if name not in PEERS}
    begun = [page for name, page in ours.items() if name not in SUMMARIES]
    for kind, most in ((HTML, MOST_HTML), (CSS, MOST_CSS), (JS, MOST_JS)):
        heaviest = max(page.packed[kind] for name, page in ours.items() if name != LONG) / KB
        yield Goal(f"{kind}, gzip", f"≤ {most} KB", f"{heaviest:.1f} KB", margin(heaviest, most))
    long = ours[LONG].packed[HTML] / KB
    what = "HTML, gzip, of somebody with much to say"
    yield Goal(what, f"≤ {MOST_LONG} KB", f"{long:.1f} KB", margin(long, MOST_LONG))
    worst = max(page.first[1] for page in ours.values()) / KB
    said = f"{worst:.1f} KB"
    yield Goal("a first visit as it comes", f"≤ {MOST_ALL} KB", said, margin(worst, MOST_ALL))
    yield counted("requests, a page to begin with", MOST_FIRST, [page.first[0] for page in begun])
    yield counted("requests, next page", MOST_NEXT, [page.next[0] for page in ours.values()])
    yield counted("requests to elsewhere", 0, [len(page.strangers) for page in ours.values()])
    slowest = max(seconds for name, seconds in found.paints.items() if name in ours)
    said = f"{slowest:.2f} s"
    yield Goal("first paint", f"≤ {LATEST_PAINT} s", said, margin(slowest, LATEST_PAINT))
    yield from beside_others(found)


def beside_others(found: Found) -> Iterator[Goal]:
    """Compare the question with the lighter, and the quicker, of the same by others."""
    came = {name: found.pages[name].first[1] for name in (QUESTION, *PEERS)}
    seconds = {name: found.paints[name] for name in (QUESTION, *PEERS)}
    for what, each in (("a first visit", came), ("the first paint", seconds)):
        share = each[QUESTION] / min(each[name] for name in PEERS)
        yield Goal(
            f"the question beside others, {what}", "≤ 1 ×", f"{share:.2f} ×", margin(share, 1)
        )


def counted(what: str, most: int, counts: list[int]) -> Goal:
    """Compare the most requests of any page with a goal."""
    return Goal(what, f"≤ {most}", f"{max(counts)}", margin(max(counts), most))


def compared(found: Found) -> Iterator[str]:
    """The goals as a table."""
    yield "\n## Goals, and the worst of our pages\n"
    yield from table_of_goals(goals(found))


def apart(found: Found) -> Iterator[str]:
    """Each kind, plain and packed, and what came over the wire."""
    yield "\n## Bytes\n"
    kinds = (HTML, CSS, JS, PICTURES)
    columns = ("plain / gzip -6", *kinds, "came, first page", "came, next page")
    yield from table(
        columns,
        (
            (
                NAMES[name],
                *(f"{page.plain[kind]:,} / {page.packed[kind]:,}" for kind in kinds),
                f"{page.first[1]:,}",
                f"{page.next[1]:,}",
            )
            for name, page in found.pages.items()
        ),
    )


def table(columns: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """Write a table; figures stand to the right."""
    yield f"| {' | '.join(columns)} |"
    yield f"| --- {'| ---: ' * (len(columns) - 1)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
