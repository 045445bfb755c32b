"""Race the servers: `python -m benchmarks serve [--rounds 5] [--seconds 1] [--steps 10000]`.

One run, all contestants up at once and taking turns, in an order that is turned each round; the
medians of the rounds. The table goes to benchmarks/results/serve.md. Needs `make bench`'s packages.
Exit code 1 when a goal is missed. `--quick` takes a moment and writes nothing. `--profile` only
looks where the time of a late step goes, and writes benchmarks/results/serve-profile.md.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.goals import code_for
from benchmarks.serve import profile, race
from benchmarks.serve.aims import goals
from benchmarks.serve.measuring import Measuring, walked
from benchmarks.serve.report import written
from tests.postgres import running as postgres

RESULTS = Path(__file__).parents[1] / "results"
PACED = 60.0  # seconds: 1,000 steps, so that one in a hundred is ten of them
STARTS = 5


def main() -> int:
    """Race, write the table, and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks serve")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="only show how; write nothing")
    parser.add_argument("--profile", action="store_true", help="only look where the time goes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="screener-serve-") as top:
        return profiled(Path(top)) if asked.profile else raced(Path(top), asked)


def raced(folder: Path, asked: argparse.Namespace) -> int:
    """Race all, and compare with the goals."""
    plan = race.Plan(1, 0.2) if asked.quick else race.Plan(asked.rounds, asked.seconds)
    counted, pace, starts = (200, 3.0, 1) if asked.quick else (asked.steps, PACED, STARTS)
    flow = walked(folder / "walk")
    with postgres(durable=True) as server:
        found = Measuring(folder, server, plan, flow, counted, pace, starts).found()
    page = written(found)
    if not asked.quick:
        (RESULTS / "serve.md").write_text(page, "utf-8")
    print(page)
    return code_for(goals(found))


def profiled(folder: Path) -> int:
    """Look where the time of a late step goes."""
    page = profile.written(profile.looked(folder))
    (RESULTS / "serve-profile.md").write_text(page, "utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
