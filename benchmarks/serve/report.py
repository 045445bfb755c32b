"""The table in Markdown, from what one run found."""

import os
import platform
import sqlite3
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from benchmarks.goals import Goal, margin
from benchmarks.goals import table as table_of_goals
from benchmarks.machine import processor
from benchmarks.serve.load import GET, POST
from benchmarks.serve.race import PACE, Plan, Rate, Rates
from screener.store.engine.sqlite import newest_sqlite

PACKAGES = ("flask", "waitress", "sqlalchemy", "psycopg", "django", "django-formtools")
SERVERS = ("gunicorn", "granian")
NAMES = {
    "page": "bare Flask form page, keeps nothing",
    "written": "bare Flask form, a row written without looking",
    "kept": "bare Flask form, the same write as ours",
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
        day: steps at a fixed pace, by database.
        growth: steps, memory in MB after a tenth of them, and at the end.
    """

    plan: Plan
    steps: Rates
    servers: Rates
    starts: list[float]
    day: dict[str, Rate]
    growth: tuple[int, float, float]


def written(found: Found) -> str:
    """Write the whole page."""
    parts = (head(found), quoted(found), compared(found), steps(found), servers(found))
    return "\n".join((*(line for part in parts for line in part), ""))


def head(found: Found) -> Iterator[str]:
    """Say where and how."""
    plan = found.plan
    yield "# A step of the form, served\n"
    yield "Written by `python -m benchmarks serve`, in one run; do not edit.\n"
    sqlite = newest_sqlite().sqlite_version or sqlite3.sqlite_version
    packages = ", ".join(f"{name} {version(name)}" for name in (*PACKAGES, *SERVERS))
    yield f"Python {platform.python_version()}, SQLite {sqlite}, {packages}.\n"
    yield f"Each figure is the median of {plan.rounds} rounds of {plan.seconds:g} s; the"
    yield "contestants take turns. Clients and servers share the cores."


def quoted(found: Found) -> Iterator[str]:
    """What the README shows: of each goal the worst figure."""
    yield "<!-- serve -->"
    machine = f"{processor()}, {os.cpu_count()} cores, {platform.system()}"
    yield f"{machine}; Python {platform.python_version()}."
    yield "\n| a step of the form, over HTTP | goal | found |"
    yield "| --- | ---: | ---: |"
    worst: dict[str, Goal] = {}
    for goal in goals(found):
        kind = goal.what.partition(";")[0]
        worst[kind] = min(goal, worst.get(kind, goal), key=lambda one: one.margin)
    for kind, goal in worst.items():
        yield f"| {kind} | {goal.aim} | {goal.found}{'' if goal.met else ' (missed)'} |"
    yield "<!-- /serve -->\n"


def goals(found: Found) -> Iterator[Goal]:
    """Compare with what was to be reached; what stands after a semicolon says where."""
    for kind in ("SQLite", "PostgreSQL"):
        for clients in found.plan.clients:
            yield from _goals_of(found.steps, kind, clients)
    for kind, rate in found.day.items():
        day = f"p99 at twice the busiest hour of 50 clinics ({PACE:.0f} steps a second)"
        yield Goal(
            f"{day}; {kind}", f"≤ {LATEST} ms", f"{rate.p99:.0f} ms", margin(rate.p99, LATEST)
        )
    start = statistics.median(found.starts)
    said = f"≤ {SLOWEST_START:g} s"
    yield Goal(
        "from nothing to the first page", said, f"{start:.2f} s", margin(start, SLOWEST_START)
    )
    many, before, after = found.growth
    grown = f"{before:.0f} → {after:.0f} MB"
    yield Goal(f"memory over {many:,} steps", "no growth", grown, margin(after, before * GROWN))


def _goals_of(rates: Rates, kind: str, clients: int) -> Iterator[Goal]:
    where = f"; {kind}, {clients} client{'s' if clients > 1 else ''}"

    def of(name: str, on: str, method: str) -> float:
        return rates[name, on, clients, method].a_second

    get, post = of("ours", kind, GET), of("ours", kind, POST)
    for what, aim, share in (
        (
            "a page shown, times the rate of a bare Flask form page",
            AS_PAGE,
            get / of("page", "", GET),
        ),
        (
            "a page saved, times the same write in a bare Flask view",
            AS_WRITE,
            post / of("kept", kind, POST),
        ),
    ):
        yield Goal(f"{what}{where}", f"≥ {aim}", f"{share:.2f}", share / aim)
    for what, share in (
        ("a page shown, times the rate of Django formtools", get / of("formtools", kind, GET)),
        ("a page saved, times the rate of Django formtools", post / of("formtools", kind, POST)),
    ):
        yield Goal(f"{what}{where}", "> 1", f"{share:.1f}", share)


def compared(found: Found) -> Iterator[str]:
    """The goals as a table."""
    yield "## Goals\n"
    yield from table_of_goals(goals(found))


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
