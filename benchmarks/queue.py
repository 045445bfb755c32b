"""How long the queue takes with 1,000 and with 1,000,000 forms, on SQLite and on PostgreSQL.

The same sealed forms are put into both. Each way to look at the queue is asked of both in turn, in
an order that is turned each round; first both must show the same forms. Then 200 forms are opened
and printed in two threads. Exit code 1 when a goal is missed. A full run writes
benchmarks/results/queue.md. Run: python -m benchmarks queue [--forms 1000 1000000] [--rounds 100]
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from benchmarks.goals import Goal, code_for, late, margin, outcome
from benchmarks.machine import processor
from benchmarks.many_forms import APART, BEGAN, OWNERS, Sizes, opened, version_of
from screener.renderers.pdf import pdf
from screener.store import Intake, queue, search
from screener.store.listing import Place
from screener.store.models import submission
from screener.store.queue import CLOSED, EVERY, NOBODY, PAGE, Sought
from screener.summary.stored import from_store

RESULTS = Path(__file__).parent / "results" / "queue.md"
FORMS = [1000, 1_000_000]
SLOWEST, APART_AT_MOST = 100, 2  # milliseconds at the 95th percentile; how far the stores may be
PRINTS, PRINTED_IN = 200, 10  # seconds
WHOLE = 1000  # forms with all that a patient sends
Look = Callable[[Intake], list[str]]


def page(sought: Sought, after: Place | None = None) -> Look:
    """Look at a page of the queue, with all that its heading says."""

    def look(store: Intake) -> list[str]:
        with store.database.reading() as connection:
            since = queue.seen_at(connection, OWNERS[0])
            queue.count(connection, sought)
            queue.count(connection, Sought(since=since + 1))
            queue.unopened(connection)
            return [row.id for row in store.queue.page(connection, sought, after).rows]

    return look


def searched(typed: str) -> Look:
    """Search for a reference or a name."""

    def look(store: Intake) -> list[str]:
        with store.database.reading() as connection:
            found = search.found(connection, store.keys, typed, None, PAGE + 1)
            rows = store.queue.opened(connection, found[:PAGE], more=len(found) > PAGE).rows
            return [row.id for row in rows]

    return look


def looks(forms: int, reference: str) -> dict[str, Look]:
    """Every way to look that is measured."""
    middle = Place(2, BEGAN + forms * APART // 2, "")
    return {
        "all that are open, first page": page(Sought()),
        "mine": page(Sought(owner=OWNERS[3])),
        "of nobody": page(Sought(owner=NOBODY)),
        "one status": page(Sought(status="booked")),
        "one level": page(Sought(level="info")),
        "closed, mine, one level": page(Sought(CLOSED, OWNERS[3], "now")),
        "closed, a page in the middle": page(Sought(CLOSED), middle),
        "every status, a page in the middle": page(Sought(EVERY), middle),
        "search: reference": searched(reference.lower().replace("-", " ")),
        "search: the commonest name": searched("last0"),
        "search: two common words": searched("First0 LAST0"),
        "search: a name nobody has": searched("nobody at all"),
    }


def measured(stores: dict[str, Intake], look: Look, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each round, the stores taking turns."""
    times: dict[str, list[float]] = {name: [] for name in stores}
    for number in range(rounds + 1):
        for name in list(stores) if number % 2 else list(reversed(stores)):
            start = time.perf_counter()
            look(stores[name])
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: found[1:] for name, found in times.items()}


def table(stores: dict[str, Intake], forms: int, rounds: int) -> Iterator[str | Goal]:
    """Write what the queue takes with so many forms, and the goals that it was held to."""
    with stores["SQLite"].database.reading() as connection:
        newest = select(submission.c.reference).order_by(submission.c.arrived_at.desc()).limit(1)
        reference = connection.execute(newest).scalar_one()
    yield f"\n## {forms:,} forms, {rounds} rounds\n"
    yield f"| milliseconds, p50 / p95 | {' | '.join(stores)} | p95, apart |"
    yield "| --- | ---: | ---: | ---: |"
    for name, look in looks(forms, reference).items():
        shown = {tuple(look(store)) for store in stores.values()}
        if len(shown) > 1:
            raise AssertionError(f"the stores show different forms: {name}")
        times = measured(stores, look, rounds)
        cells = [f"{statistics.median(found):.1f} / {late(found):.1f}" for found in times.values()]
        slow = [late(found) for found in times.values()]
        apart = max(slow) / min(slow)
        yield f"| {name} | {' | '.join(cells)} | {apart:.1f} × |"
        what = f"{name}, {forms:,} forms"
        yield Goal(what, f"≤ {SLOWEST} ms", f"{max(slow):.1f} ms", margin(max(slow), SLOWEST))
        aim = f"the stores within {APART_AT_MOST} ×"
        yield Goal(what, aim, f"{apart:.2f} ×", margin(apart, APART_AT_MOST))


def printed(store: Intake, look: list[str]) -> float:
    """Seconds to open and print forms in two threads, each with its line in the trail."""

    def one(form_id: str) -> bytes:
        record = store.reviews.open(form_id, OWNERS[0], "record_printed", "benchmark")
        return pdf(from_store(record.form.contents["summary"]), "clinician")

    start = time.perf_counter()
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(one, look))
    if not all(file.startswith(b"%PDF") for file in made):
        raise AssertionError("what was printed is no PDF")
    return time.perf_counter() - start


def prints(stores: dict[str, Intake]) -> Iterator[str | Goal]:
    """Print the forms that are whole."""
    oldest = select(submission.c.id).order_by(submission.c.arrived_at).limit(PRINTS)
    yield ""
    for name, store in stores.items():
        with store.database.reading() as connection:
            ids = list(connection.execute(oldest).scalars())
        seconds = printed(store, ids)
        what = (
            f"{len(ids)} forms opened, each with its line in the trail, and printed in two threads"
        )
        yield f"{what}, {name}: {seconds:.1f} s."
        yield Goal(
            f"{what}, {name}", f"≤ {PRINTED_IN} s", f"{seconds:.1f} s", margin(seconds, PRINTED_IN)
        )


def head() -> Iterator[str]:
    """Say what this page is."""
    yield f"""\
# The queue, and prints

Written by `python -m benchmarks queue`, in one run; do not edit.

Each look is 25 forms opened and all that the heading counts: the store alone, without drawing the
page and without its line in the trail. The first {WHOLE:,} forms are whole, others are without
answers. Both databases keep on the disk what they acknowledge.

Goals: p95 at most {SLOWEST} ms, and the two stores within {APART_AT_MOST} ×; {PRINTS} prints in at
most {PRINTED_IN} s.
"""


def sized(forms: int, rounds: int, *, to_print: bool) -> Iterator[str | Goal]:
    """Fill both stores with so many forms, and look at them."""
    with opened(Sizes(forms, min(forms, WHOLE))) as stores:
        databases = ", ".join(f"{name} {version_of(store)}" for name, store in stores.items())
        if to_print:
            yield f"{processor()}, {os.cpu_count()} cores, {platform.system()};"
            yield f"Python {platform.python_version()}, {databases}."
        yield from table(stores, forms, rounds)
        if to_print:
            yield from prints(stores)


def main() -> int:
    """Print the tables; a full run writes them down."""
    given = argparse.ArgumentParser(prog="benchmarks queue")
    given.add_argument("--forms", type=int, nargs="+", default=FORMS)
    given.add_argument("--rounds", type=int, default=100)
    asked = given.parse_args()
    lines, goals = list(head()), list[Goal]()
    for forms in asked.forms:
        for told in sized(forms, asked.rounds, to_print=forms == min(asked.forms)):
            if isinstance(told, Goal):
                goals.append(told)
            else:
                lines.append(told)
                print(told, flush=True)
    if asked.forms == FORMS:
        RESULTS.write_text("\n".join((*lines, "", *outcome(goals), "")), "utf-8")
    return code_for(goals)


if __name__ == "__main__":
    sys.exit(main())
