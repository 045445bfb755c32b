"""Kill the server at any moment, again and again: is all that it acknowledged still there?

`python -m benchmarks kills [--rounds 100] [--store sqlite|postgres] [--clients 6] [--seed 1]`.
Patients fill in real forms over HTTP and send them to the clinic; the server gets SIGKILL and is
started again, and so does PostgreSQL every other time; then the store is opened with what each
patient holds, and what arrived with the clinic's private key. A form that nobody acknowledged must
be there as a whole or not at all.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import rules
from benchmarks import faults_table
from benchmarks.patients.afterwards import let_send, look
from benchmarks.patients.served import Served
from benchmarks.patients.told import Told, say
from benchmarks.patients.visitor import Visitor
from tests.postgres import Server
from tests.postgres import running as postgres

SHORTEST, LONGEST, LATEST = 0.1, 1.2, 120  # seconds of load before a kill


def kill_often(
    served: Served,
    visitors: list[Visitor],
    rounds: int,
    seed: int,
    crash: Callable[[], None] | None = None,
) -> Told:
    """Let patients work, kill, look, start again; the same server folder for all rounds.

    Args:
        served: the server.
        visitors: the patients.
        rounds: how often.
        seed: the same moments for the same seed, as far as a machine can.
        crash: ends the database as a crash would, and starts it again; every other round.
    """
    choose, told = random.Random(seed), Told()  # noqa: S311 - moments, not secrets
    for number in range(rounds):
        told.starts.append(served.start())
        if number == 0:
            let_send(served)
        crashes = crash if number % 2 else None
        work(visitors, choose.uniform(SHORTEST, LONGEST), crashes or served.kill)
        served.kill()
        told.times += 1
        told.unsure += sum(visitor.unsure is not None for visitor in visitors)
        told.lost += look(served, visitors)
        if choose.random() < 1 / 4:
            kill_a_start(served, choose.uniform(0, 1.5))
            told.times += 1
    return told.of(visitors, served)


def work(visitors: list[Visitor], seconds: float, end: Callable[[], None] | None = None) -> None:
    """Let all patients fill in forms at once, and then end it.

    On a busy machine it may take longer, until as many forms are kept as there are patients: an
    end before anything was acknowledged shows little.
    """
    until, latest = Event(), time.monotonic() + LATEST
    enough = kept(visitors) + len(visitors)
    with ThreadPoolExecutor(len(visitors)) as threads:
        running = [threads.submit(visitor.drive, until) for visitor in visitors]
        time.sleep(seconds)
        while kept(visitors) < enough and time.monotonic() < latest:
            time.sleep(0.01)
        if end:
            end()
        until.set()
    for one in running:
        one.result()


def kept(visitors: list[Visitor]) -> int:
    """Count the forms that were acknowledged."""
    return sum(visitor.acknowledged for visitor in visitors)


def kill_a_start(served: Served, seconds: float) -> None:
    """Kill it while it starts: half a migration, half a key."""
    served.begin()
    time.sleep(seconds)
    served.kill()


def visitors_for(served: Served, clients: int, seed: int) -> list[Visitor]:
    """Let patients come, each with their own luck."""
    content = rules.load()
    return [Visitor(content, seed * 1000 + number, served.address) for number in range(clients)]


def main() -> int:
    """Kill often, and print what came of it; exit code 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="benchmarks kills")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    faults_table.option(parser)
    asked = parser.parse_args()
    name = f"kills {asked.store}"
    if asked.record:
        faults_table.refuse_short(parser, name, asked.rounds)
    with ExitStack() as opened:
        folder = opened.enter_context(tempfile.TemporaryDirectory(prefix="screener-kills-"))
        server = opened.enter_context(postgres(durable=True)) if asked.store == "postgres" else None
        served = Served(Path(folder), server.new("kills") if server else "")
        opened.callback(served.kill)
        visitors = visitors_for(served, asked.clients, asked.seed)
        crash = crashing(server) if server else None
        told = kill_often(served, visitors, asked.rounds, asked.seed, crash)
        say(told)
        if asked.record:
            faults_table.record([faults_table.row_of(name, told)])
        return int(told.failed)


def crashing(server: Server) -> Callable[[], None]:
    """Give a way to end PostgreSQL without a word to anybody, and to start it again."""

    def crash() -> None:
        server.stop(signal.SIGQUIT)
        server.start()

    return crash


if __name__ == "__main__":
    sys.exit(main())
