"""Take away what the server stands on: what does a patient see, and does it come back by itself?

`python -m benchmarks outages`. A full disk; a disk, and a PostgreSQL, that turns read-only; two
processes on one database, one of them killed again and again; a PostgreSQL that goes away and comes
back. While answers cannot be kept, each form must come back with all that was typed; afterwards
pressing its button again must do, with no hand at the server.
"""

import argparse
import random
import sys
import tempfile
from functools import partial
from pathlib import Path

import rules
from benchmarks import faults_table
from benchmarks.kills import work
from benchmarks.patients.afterwards import let_send, look, next_come
from benchmarks.patients.outage import Plan, through
from benchmarks.patients.served import Served
from benchmarks.patients.told import Told, say
from benchmarks.patients.visitor import Visitor
from benchmarks.vfs import NOT_REACHED, can_be_reached
from screener.store.engine.sqlite import newest_sqlite
from tests.postgres import Server
from tests.postgres import running as postgres

FULL = 16 * 1024  # bytes that a file may have; the database has more when the disk fills up
NAME = "outages"


def full_disk(folder: Path, plan: Plan) -> Told:
    """Let the files of the database grow no more, and then again."""
    served = Served(folder)
    full, free = (partial(served.take_no_more_than, size) for size in (FULL, -1))
    return through(served, plan, full, free)


def read_only_disk(folder: Path, plan: Plan) -> Told:
    """Let the disk turn read-only, and be written to again."""
    switch = folder / "read-only"
    served = Served(folder, before=(sys.executable, "-m", "benchmarks.read_only", str(switch)))
    return through(served, plan, switch.touch, switch.unlink)


def two_processes(folder: Path, plan: Plan) -> Told:
    """Let two servers write one database, and kill one of them at a time."""
    both = Served(folder), Served(folder)
    choose, content, told = random.Random(plan.seed), rules.load(), Told()  # noqa: S311 - no secret
    addresses = [served.address for served in both]
    visitors = [
        Visitor(content, plan.seed * 1000 + number, *addresses) for number in range(plan.clients)
    ]
    try:
        told.starts = [served.start() for served in both]
        let_send(both[0])
        next_come(both[0], visitors[::2])
        for _ in range(plan.rounds):
            one = choose.choice(both)
            work(visitors, choose.uniform(0.3, 1), one.kill)
            told.times += 1
            work(visitors, 0.3)
            told.starts.append(one.start())
    finally:
        for served in both:
            served.kill()
    told.lost = look(both[0], visitors)
    return told.of(visitors, *both)


def postgres_away(folder: Path, plan: Plan) -> Told:
    """Stop PostgreSQL while patients work, and start it again."""
    with postgres(durable=True) as server:
        return through(Served(folder, server.new(NAME)), plan, server.stop, server.start)


def read_only_postgres(folder: Path, plan: Plan) -> Told:
    """Let PostgreSQL take no writes any more, as a standby, and then again."""
    with postgres(durable=True) as server:
        off, on = (partial(read_only, server, word) for word in ("off", "on"))
        return through(Served(folder, server.new(NAME)), plan, on, off)


def read_only(server: Server, word: str) -> None:
    """Say "on" for a database that may only be read, to those that come from now on."""
    server.run(f"ALTER DATABASE {NAME} SET default_transaction_read_only = {word}")
    with server.connect() as connection:
        # Waits until they have hung up: what is asked of one that is just ending is refused.
        ends = "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(ends, [NAME])


OUTAGES = {
    "full disk": full_disk,
    "read-only disk": read_only_disk,
    "read-only PostgreSQL": read_only_postgres,
    "two processes": two_processes,
    "PostgreSQL away": postgres_away,
}


def main() -> int:
    """Go through the outages; exit code 1 when anything was lost, or could not be tried."""
    parser = argparse.ArgumentParser(prog="benchmarks outages")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    faults_table.option(parser)
    asked, found = parser.parse_args(), dict[str, Told]()
    plan = Plan(asked.rounds, asked.clients, asked.seed)
    if asked.record:
        faults_table.refuse_short(parser, "full disk", asked.rounds)
    possible = can_be_reached(newest_sqlite())
    for name, tried in OUTAGES.items():
        if name == "read-only disk" and not possible:
            print(f"\n{name}: not tried, {NOT_REACHED}")
            continue
        with tempfile.TemporaryDirectory(prefix="screener-outages-") as folder:
            told = tried(Path(folder), plan)
            print(f"\n{name}\n")
            say(told)
            found[name] = told
    if asked.record:
        faults_table.record([faults_table.row_of(name, told) for name, told in found.items()])
    return int(len(found) < len(OUTAGES) or any(told.failed for told in found.values()))


if __name__ == "__main__":
    sys.exit(main())
