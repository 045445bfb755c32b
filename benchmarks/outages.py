"""Take away what the server stands on: what does a patient see, and does it come back by itself?

`python -m benchmarks outages`. A full disk; two processes on one database, one of them killed
again and again; a PostgreSQL that goes away and comes back. While answers cannot be kept, each form
must come back with all that was typed; afterwards pressing its button again must do, with no hand
at the server.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import rules
from benchmarks.kills import visitors_for, work
from benchmarks.patients.afterwards import let_send, look, next_come
from benchmarks.patients.served import Served
from benchmarks.patients.told import Told, say
from benchmarks.patients.visitor import Visitor
from tests.postgres import running as postgres

FULL = 16 * 1024  # bytes that a file may have; the database has more when the disk fills up
TURNS = 8


def outage(
    served: Served,
    visitors: list[Visitor],
    away: Callable[[], object],
    back: Callable[[], object],
) -> None:
    """Let patients work and send before, during and after; the server stays up.

    Raises:
        AssertionError: nobody was refused, so that nothing was shown.
    """
    let_send(served)
    turns(visitors, TURNS)
    next_come(served, visitors[::2])
    turns(visitors, 3)  # check, finish, summary: some are about to send
    away()
    turns(visitors, TURNS)
    back()
    refused = [visitor.refused + visitor.waited for visitor in visitors]
    turns(visitors, TURNS)
    if not all(refused):
        raise AssertionError("it went on as if nothing had happened")
    for visitor, before in zip(visitors, refused, strict=True):
        if visitor.refused + visitor.waited > before:
            visitor.surprises.append("still refused when all was well again")


def turns(visitors: list[Visitor], many: int) -> None:
    """Let all patients fill in some forms at once."""
    with ThreadPoolExecutor(len(visitors)) as threads:
        for _ in range(many):
            list(threads.map(Visitor.turn, visitors))


def full_disk(folder: Path, clients: int, seed: int) -> Told:
    """Let the files of the database grow no more, and then again."""
    served = Served(folder)
    visitors = visitors_for(served, clients, seed)
    told = Told(starts=[served.start()])
    try:
        outage(
            served,
            visitors,
            lambda: served.take_no_more_than(FULL),
            lambda: served.take_no_more_than(-1),
        )
    finally:
        served.kill()
    told.lost = look(served, visitors)
    return told.of(visitors, served)


def two_processes(folder: Path, clients: int, seed: int, rounds: int = 5) -> Told:
    """Let two servers write one database, and kill one of them at a time."""
    both = Served(folder), Served(folder)
    choose, content, told = random.Random(seed), rules.load(), Told()  # noqa: S311 - no secret
    addresses = [served.address for served in both]
    visitors = [Visitor(content, seed * 1000 + number, *addresses) for number in range(clients)]
    try:
        told.starts = [served.start() for served in both]
        let_send(both[0])
        next_come(both[0], visitors[::2])
        for _ in range(rounds):
            one = choose.choice(both)
            work(visitors, choose.uniform(0.3, 1), one.kill)
            told.kills += 1
            work(visitors, 0.3)
            told.starts.append(one.start())
    finally:
        for served in both:
            served.kill()
    told.lost = look(both[0], visitors)
    return told.of(visitors, *both)


def postgres_away(folder: Path, clients: int, seed: int) -> Told:
    """Stop PostgreSQL while patients work, and start it again."""
    with postgres(durable=True) as server:
        served = Served(folder, server.new("away"))
        visitors = visitors_for(served, clients, seed)
        told = Told(starts=[served.start()])
        try:
            outage(served, visitors, server.stop, server.start)
        finally:
            served.kill()
        told.lost = look(served, visitors)
    return told.of(visitors, served)


OUTAGES = {
    "full disk": full_disk,
    "two processes": two_processes,
    "PostgreSQL away": postgres_away,
}


def main() -> int:
    """Go through the outages, and print what came of each; exit code 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="benchmarks outages")
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    asked, failed = parser.parse_args(), False
    for name, tried in OUTAGES.items():
        with tempfile.TemporaryDirectory(prefix="screener-outages-") as folder:
            told = tried(Path(folder), asked.clients, asked.seed)
            print(f"\n{name}\n")
            say(told)
            failed |= told.failed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
