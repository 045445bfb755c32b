"""How long the queue takes with 1,000 and with 1,000,000 forms, on SQLite and on PostgreSQL.

The same sealed forms are put into both. Each way to look at the queue is asked of both in turn, in
an order that is turned each round; first both must show the same forms. Then 200 forms are opened
and printed in two threads. It prints a Markdown table, and ends with exit code 1 where a goal is
missed. Run: python -m benchmarks queue [--forms 1000 1000000] [--rounds 100]
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select, text

from benchmarks.many_forms import APART, BEGAN, OWNERS, Sizes, opened
from screener.renderers.pdf import pdf
from screener.store import Intake, queue, search
from screener.store.listing import Place
from screener.store.models import submission
from screener.store.queue import CLOSED, EVERY, NOBODY, PAGE, Sought
from screener.summary.stored import from_store

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


def late(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[round(len(times) * 0.95) - 1]


def table(stores: dict[str, Intake], forms: int, rounds: int) -> bool:
    """Print what the queue takes with so many forms; say whether each goal is met."""
    with stores["SQLite"].database.reading() as connection:
        newest = select(submission.c.reference).order_by(submission.c.arrived_at.desc()).limit(1)
        reference = connection.execute(newest).scalar_one()
    print(f"\n{forms:,} forms, {rounds} rounds; milliseconds, p50 / p95\n")
    print(f"| | {' | '.join(stores)} | p95, apart | goal |\n|---|---|---|---|---|")
    good = True
    for name, look in looks(forms, reference).items():
        shown = {tuple(look(store)) for store in stores.values()}
        if len(shown) > 1:
            raise AssertionError(f"the stores show different forms: {name}")
        times = measured(stores, look, rounds)
        cells = [f"{statistics.median(found):.1f} / {late(found):.1f}" for found in times.values()]
        slow = [late(found) for found in times.values()]
        apart = max(slow) / min(slow)
        met = max(slow) <= SLOWEST and apart <= APART_AT_MOST
        good = good and met
        print(f"| {name} | {' | '.join(cells)} | {apart:.1f} × | {'met' if met else 'missed'} |")
    return good


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


def prints(stores: dict[str, Intake]) -> bool:
    """Print the forms that are whole; say whether the goal is met."""
    oldest = select(submission.c.id).order_by(submission.c.arrived_at).limit(PRINTS)
    good = True
    for name, store in stores.items():
        with store.database.reading() as connection:
            ids = list(connection.execute(oldest).scalars())
        seconds = printed(store, ids)
        good = good and seconds <= PRINTED_IN
        print(f"\n{len(ids)} forms opened and printed in two threads, {name}: {seconds:.1f} s")
    return good


def versions(stores: dict[str, Intake]) -> str:
    """Say which databases these are."""
    asked = {"SQLite": "SELECT sqlite_version()", "PostgreSQL": "SHOW server_version"}
    found = []
    for name, store in stores.items():
        with store.database.reading() as connection:
            found.append(f"{name} {connection.execute(text(asked[name])).scalar_one()}")
    return ", ".join(found)


def main() -> int:
    """Print the tables."""
    given = argparse.ArgumentParser()
    given.add_argument("--forms", type=int, nargs="+", default=[1000, 1_000_000])
    given.add_argument("--rounds", type=int, default=100)
    asked = given.parse_args()
    met = []
    for forms in asked.forms:
        with opened(Sizes(forms, min(forms, WHOLE))) as stores:
            print(versions(stores))
            met.append(table(stores, forms, asked.rounds))
            if forms == min(asked.forms):
                met.append(prints(stores))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
