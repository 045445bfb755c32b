"""The table in Markdown, from what one run found."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.rules.report import processor
from benchmarks.serve.load import GET, POST
from benchmarks.serve.race import PACE, Plan, Rate, Rates
from screener.store.engine.sqlite import newest_sqlite

PACKAGES = ("flask", "waitress", "sqlalchemy", "psycopg", "django", "django-formtools")
SERVERS = ("gunicorn", "granian")
NAMES = {
    "page": "bare Flask form page, keeps nothing",
    "written": "bare Flask form, one row written",
    "ours": "Screener: path, rules, sealed, saved",
    "formtools": "Django formtools wizard, step 1 of 9",
}
LATEST, SLOWEST_START, GROWN = 500, 2.0, 1.05  # ms, s, times
AS_PAGE, AS_WRITE = 0.5, 0.8


@dataclass(frozen=True)
class Found:
    """Everything that one run found.

    Attributes:
        starts: seconds from nothing to the first page.
        day: steps at a fixed pace.
        growth: steps, memory in MB after a tenth of them, and at the end.
    """

    plan: Plan
    steps: Rates
    servers: Rates
    starts: list[float]
    day: Rate
    growth: tuple[int, float, float]


@dataclass(frozen=True)
class Goal:
    """One thing to reach, and what was found."""

    what: str
    aim: str
    found: str
    met: bool


def written(found: Found) -> str:
    """Write the whole page."""
    return "\n".join((*head(found), *compared(found), *steps(found), *servers(found), ""))


def head(found: Found) -> Iterator[str]:
    """Say where and how."""
    plan = found.plan
    yield "# A step of the form, served\n"
    yield "Written by `python -m benchmarks serve`, in one run; do not edit.\n"
    sqlite = newest_sqlite().sqlite_version or sqlite3.sqlite_version
    packages = ", ".join(f"{name} {version(name)}" for name in (*PACKAGES, *SERVERS))
    yield f"{processor()}, {os.cpu_count()} cores, {platform.system()};"
    yield f"Python {platform.python_version()}, SQLite {sqlite}, {packages}.\n"
    yield f"Each figure is the median of {plan.rounds} rounds of {plan.seconds:g} s; the"
    yield "contestants take turns. Clients and servers share the cores.\n"


def goals(found: Found) -> Iterator[Goal]:
    """Compare with what was to be reached."""
    for kind in ("SQLite", "PostgreSQL"):
        for clients in found.plan.clients:
            yield from _goals_of(found.steps, kind, clients)
    late = found.day.p99
    day = f"twice a busy day of 50 clinics ({PACE:.0f} steps a second), p99"
    yield Goal(day, f"≤ {LATEST} ms", f"{late:.0f} ms", met=late <= LATEST)
    start = statistics.median(found.starts)
    said = f"≤ {SLOWEST_START:g} s"
    yield Goal("from nothing to the first page", said, f"{start:.2f} s", met=start <= SLOWEST_START)
    many, before, after = found.growth
    grown = f"{before:.0f} → {after:.0f} MB"
    yield Goal(f"memory over {many:,} steps", "no growth", grown, met=after <= before * GROWN)


def _goals_of(rates: Rates, kind: str, clients: int) -> Iterator[Goal]:
    who = f"{kind}, {clients} client{'s' if clients > 1 else ''}"
    page = rates["page", "", clients, GET].a_second
    row = rates["written", kind, clients, POST].a_second
    get, post = (rates["ours", kind, clients, method].a_second for method in (GET, POST))
    theirs = [rates["formtools", kind, clients, method].a_second for method in (GET, POST)]
    shares = ("page", get / page, AS_PAGE), ("page with a row written", post / row, AS_WRITE)
    for (name, share, least), method in zip(shares, (GET, POST), strict=True):
        what = f"{method}, times the rate of a bare {name}, {who}"
        yield Goal(what, f"≥ {least}", f"{share:.2f}", met=share >= least)
    for method, ours, other in zip((GET, POST), (get, post), theirs, strict=True):
        what = f"{method}, times the rate of formtools, {who}"
        yield Goal(what, "> 1", f"{ours / other:.1f}", met=ours > other)


def compared(found: Found) -> Iterator[str]:
    """The goals as a table."""
    yield "## Goals\n"
    yield "| what | goal | found |  |"
    yield "| --- | ---: | ---: | --- |"
    for goal in goals(found):
        yield f"| {goal.what} | {goal.aim} | {goal.found} | {'' if goal.met else 'missed'} |"


def steps(found: Found) -> Iterator[str]:
    """Every contestant on waitress, tuned as ours is."""
    yield "\n## A step, on waitress\n"
    yield from _table("contestant", found.steps, lambda name, kind: f"{NAMES[name]} | {kind}")


def servers(found: Found) -> Iterator[str]:
    """Our application on several servers."""
    yield "\n## Our step, on several servers (SQLite)\n"
    yield "waitress: one process, 8 threads; the others: 2 processes of 4 threads.\n"
    yield from _table("server", found.servers, lambda _name, server: f"{server} | SQLite")


def _table(first: str, rates: Rates, named: Callable[[str, str], str]) -> Iterator[str]:
    yield f"| {first} | database | clients | GET/s | p50 ms | p99 ms | POST/s | p50 ms | p99 ms |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, kind, clients, method in rates:
        if method == POST:
            continue
        got, sent = rates[name, kind, clients, GET], rates[name, kind, clients, POST]
        figures = " | ".join(
            f"{rate.a_second:,.0f} | {rate.p50:.1f} | {rate.p99:.1f}" for rate in (got, sent)
        )
        yield f"| {named(name, kind)} | {clients} | {figures} |"
