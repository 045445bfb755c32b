"""The table in Markdown, from what one run found."""

import os
import platform
import statistics
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import product

from benchmarks.faults_table import postgres
from benchmarks.goals import Goal
from benchmarks.goals import table as table_of_goals
from benchmarks.machine import measured, processor
from benchmarks.serve.aims import A_SECOND, BEHIND, DJANGO, MEMORY, P50, P99, START, goals
from benchmarks.serve.load import GET, POST
from benchmarks.serve.measuring import SERVERS, STEPS, Found
from benchmarks.serve.race import PACE, Contestant, Rates
from screener.store.engine.sqlite import newest_sqlite

QUOTED = ("flask", "waitress", "django", "django-formtools")
OTHERS = ("sqlalchemy", "psycopg", "gunicorn", "granian")
NAMES = {
    "page": "bare Flask form page, keeps nothing",
    "written": "bare Flask form, a row written without looking",
    "kept": "bare Flask form, the same write as ours",
    "ours": "Screener: path, rules, sealed, saved",
    "formtools": "Django formtools wizard, the same pages",
}


def written(found: Found) -> str:
    """Write the whole page."""
    parts = (head, quoted, compared, steps, servers, day, processes)
    return "\n".join((*(line for part in parts for line in part(found)), ""))


def head(found: Found) -> Iterator[str]:
    """Say how."""
    plan, flow = found.plan, found.flow
    yield "# A step of the form, served\n"
    yield "Written by `python -m benchmarks serve`, in one run; do not edit.\n"
    yield f"Also {', '.join(_versions(OTHERS))}.\n"
    yield f"Each figure is the median of {plan.rounds} rounds of {plan.seconds:g} s; the"
    yield "contestants take turns. Clients and servers share the cores. An early step is the first"
    yield f"page, with an almost empty draft; a late one is page {flow.late + 1} of"
    yield f"{len(flow.pages)}, when the draft holds all that a patient with six medicines says,"
    yield f"{flow.size:,} bytes."


def quoted(found: Found) -> Iterator[str]:
    """What the README shows: of each goal the worst figure, and where one is not met."""
    yield "\n<!-- serve -->"
    yield here()
    yield "\n| a step of the form, over HTTP | goal | found |"
    yield "| --- | ---: | ---: |"
    worst: dict[str, Goal] = {}
    for goal in goals(found):
        kind = goal.what.partition(";")[0]
        worst[kind] = min(goal, worst.get(kind, goal), key=_badness)
    for kinds, what in _rows_of(worst).items():
        figures = ", ".join(f"{worst[one].found}{_marked(worst[one])}" for one in kinds)
        yield f"| {what} | {worst[kinds[0]].aim} | {figures} |"
    behind = [goal for goal in goals(found) if goal.because]
    for name, why in BEHIND.items():
        if any(goal.what.startswith(name) for goal in behind):
            yield f"\nNot met: {name}: {why}."
    yield "<!-- /serve -->\n"


def _badness(goal: Goal) -> tuple[bool, float]:
    """Nothing that was missed hides behind what has a reason."""
    return goal.mark != "missed", goal.margin


def _marked(goal: Goal) -> str:
    return f" ({goal.mark})" if goal.mark else ""


def _rows_of(worst: dict[str, Goal]) -> dict[tuple[str, ...], str]:
    """Put the figures beside Django's into two rows."""
    alone = {(kind,): kind for kind in worst if not kind.startswith(DJANGO)}
    rows = ((A_SECOND, P50, P99), (START, MEMORY))
    short = {kinds: [one.removeprefix(f"{DJANGO}: ") for one in kinds] for kinds in rows}
    return alone | {kinds: f"{DJANGO}: {', '.join(said)}" for kinds, said in short.items()}


def here() -> str:
    """Name this machine, and what runs on it."""
    versions = (f"SQLite {newest_sqlite().sqlite_version}", postgres(), *_versions(QUOTED))
    machine = f"{processor()}, {os.cpu_count()} cores, {platform.system()}"
    python = f"Python {platform.python_version()}"
    return f"{machine}; {', '.join((python, *versions, measured()))}."


def _versions(packages: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name} {version(name)}" for name in packages)


def compared(found: Found) -> Iterator[str]:
    """The goals as a table."""
    yield "## Goals\n"
    yield "Beside Django formtools, a figure says how many times better ours is.\n"
    yield from table_of_goals(goals(found))


def steps(found: Found) -> Iterator[str]:
    """Every contestant on waitress, tuned as ours is."""
    for when in found.plan.steps:
        yield f"\n## {when.capitalize()}: a step, on waitress\n"
        yield from _table(
            "contestant", STEPS, found.steps, when, lambda name, kind: f"{NAMES[name]} | {kind}"
        )


def servers(found: Found) -> Iterator[str]:
    """Our application on several servers."""
    yield "\n## Our late step, on several servers (SQLite)\n"
    yield "waitress: one process, 8 threads; the others: 2 processes of 4 threads.\n"
    who = [("ours", server) for server in SERVERS]
    yield from _table("server", who, found.servers, "late", lambda _, one: f"{one} | SQLite")


def _table(
    first: str,
    who: tuple[Contestant, ...] | list[Contestant],
    rates: Rates,
    when: str,
    named: Callable[[str, str], str],
) -> Iterator[str]:
    yield f"| {first} | database | clients | GET/s | p50 ms | p99 ms | POST/s | p50 ms | p99 ms |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    many = dict.fromkeys(clients for _, _, _, clients, _ in rates)
    for clients, one in product(many, who):
        figures = " | ".join(
            f"{rate.a_second:,.0f} | {rate.p50:.1f} | {rate.p99:.1f}"
            for rate in (rates[(*one, when, clients, method)] for method in (GET, POST))
        )
        yield f"| {named(*one)} | {clients} | {figures} |"


def day(found: Found) -> Iterator[str]:
    """A busy day."""
    yield "\n## Whole forms, at twice the busiest hour of 50 clinics\n"
    yield f"{found.plan.most} patients fill in form after form, {PACE:.1f} steps a second, for"
    yield f"{found.pace:g} s; a step is a page and its answers, timed from when it was due.\n"
    yield "| database | steps | p50 ms | p99 ms |"
    yield "| --- | ---: | ---: | ---: |"
    for kind, rate in found.day.items():
        steps = rate.a_second * found.pace
        yield f"| {kind} | {steps:,.0f} | {rate.p50:.1f} | {rate.p99:.1f} |"


def processes(found: Found) -> Iterator[str]:
    """Starts and memory of each."""
    yield "\n## The process: its start, and what it holds\n"
    yield "From nothing (no database, no keys) to the first page, ours with `screener serve`, the"
    yield "others on a bare waitress: the median. Memory while whole forms are filled in.\n"
    yield "| contestant | database | start s | steps | MB after a tenth | MB after all |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for (name, kind), held in found.memory.items():
        start = statistics.median(found.starts[name, kind])
        grown = f"{held.steps:,} | {held.before:.0f} | {held.after:.0f}"
        yield f"| {NAMES[name]} | {kind} | {start:.2f} | {grown} |"
