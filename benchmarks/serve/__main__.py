"""Race the servers: `python -m benchmarks serve [--rounds 5] [--seconds 2] [--steps 10000]`.

One run, all contestants up at once and taking turns, in an order that is turned each round; the
medians of the rounds. The table goes to benchmarks/results/serve.md. Needs `make bench`'s packages.
Exit code 1 when a goal is missed.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.goals import code_for
from benchmarks.serve import race
from benchmarks.serve.report import Found, goals, written
from benchmarks.serve.running import Running, memory, running
from tests.postgres import Server
from tests.postgres import running as postgres

RESULTS = Path(__file__).parents[1] / "results" / "serve.md"
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
# Who, and on which database; a page that keeps nothing has none.
STEPS = (
    ("page", ""),
    ("written", SQLITE),
    ("written", POSTGRES),
    ("kept", SQLITE),
    ("kept", POSTGRES),
    ("ours", SQLITE),
    ("ours", POSTGRES),
    ("formtools", SQLITE),
    ("formtools", POSTGRES),
)
SERVERS = ("waitress", "gunicorn", "granian")
STARTS = 5


def main() -> int:
    """Race, write the table, and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks serve")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--steps", type=int, default=10_000)
    asked = parser.parse_args()
    plan = race.Plan(asked.rounds, asked.seconds)
    with (
        tempfile.TemporaryDirectory(prefix="screener-serve-") as top,
        postgres(durable=True) as server,
    ):
        folder = Path(top)
        found = Found(
            plan,
            steps_of(folder / "steps", server, plan),
            servers_of(folder / "servers", plan),
            starts=[start_of(folder / f"start {number}") for number in range(STARTS)],
            day={
                SQLITE: day_of(folder / "day", "", plan),
                POSTGRES: day_of(folder / "day on a server", server.new("day"), plan),
            },
            growth=growth_of(folder / "growth", asked.steps),
        )
    page = written(found)
    RESULTS.write_text(page, "utf-8")
    print(page)
    return code_for(goals(found))


def steps_of(folder: Path, server: Server, plan: race.Plan) -> race.Rates:
    """Race every contestant on our own server."""
    with ExitStack() as up:
        contestants: dict[tuple[str, str], Running] = {}
        for name, kind in STEPS:
            at = server.new(f"{name}_steps") if kind == POSTGRES else ""
            contestants[name, kind] = up.enter_context(running(name, folder / f"{name}{kind}", at))
        return race.rounds(contestants, plan)


def servers_of(folder: Path, plan: race.Plan) -> race.Rates:
    """Race our application on several servers, each with its own SQLite database."""
    with ExitStack() as up:
        contestants = {
            ("ours", server): up.enter_context(running("ours", folder / server, server=server))
            for server in SERVERS
        }
        return race.rounds(contestants, plan)


def start_of(folder: Path) -> float:
    """Return the seconds from nothing to the first page, with an empty folder."""
    with running("ours", folder) as first:
        return first.start


def day_of(folder: Path, database: str, plan: race.Plan) -> race.Rate:
    """Let steps come at twice the pace of the busiest hour of 50 clinics."""
    with running("ours", folder, database) as one:
        return race.at_a_pace(one.patients(plan.most), race.PACE, plan.seconds * plan.rounds)


def growth_of(folder: Path, steps: int) -> tuple[int, float, float]:
    """Return how many steps were made, and the MB held after a tenth of them and at the end."""
    with running("ours", folder) as one:
        patients = one.patients(2)
        race.many(patients, steps // 10)
        before = memory(one.pid)
        race.many(patients, steps)
        return steps, before, memory(one.pid)


if __name__ == "__main__":
    sys.exit(main())
