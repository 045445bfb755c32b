"""Fuzz the reader of conditions and of files for long: `python -m benchmarks.fuzz [COUNT]`.

The test command does the same for a moment. Whatever escapes as anything but a refusal with a
place ends the run, with the seed that shows it again.
"""

import random
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import rules
from tests.rules.fuzzing import conditions, read_condition, read_mutated
from tests.rules.tinies import TINY

COUNT, FILES = 40_000, 4_000


def main() -> int:
    """Read many mutated conditions and files, and print how many were read and refused."""
    count = int(sys.argv[1]) if sys.argv[1:] else COUNT
    tiny = rules.load(folder=TINY)
    start = perf_counter()
    told = [read_condition(tiny, text) for text in conditions(count, seed=count)]
    say("conditions", told, start)
    start, draw = perf_counter(), random.Random(count)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(TINY, Path(folder) / "tiny")
        files = [read_mutated(Path(folder) / "tiny", draw) for _ in range(count * FILES // COUNT)]
    say("files", files, start)
    return 0


def say(what: str, told: list[bool], start: float) -> None:
    """Print one line: how many, and how many of them were refused."""
    refused = len(told) - sum(told)
    took = perf_counter() - start
    print(f"{what}: {len(told)} mutated, {sum(told)} read, {refused} refused, {took:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
