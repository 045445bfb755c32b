"""Fuzz every route, patients' and staff: `python -m benchmarks fuzz_http [--requests 100000]`.

In this process: plain, over https behind a proxy, and with a database that fails now and then;
then the real server over sockets. 0 answers of 500 and above, 0 tracebacks, the headers on every
answer, no address elsewhere, nothing that was sent as markup; and in this process every route must
have done its work. The same seed draws the same. Each kind has a process of its own, two at a time.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import rules
from benchmarks import faults_table
from benchmarks.fuzz_http import outside
from benchmarks.fuzz_http.inside import Inside
from benchmarks.patients.served import Served
from tests.staff import hash_quickly

KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "https behind a proxy": {"public_url": "https://ask.example.org"},
    "a database that fails": {"failing": 0.1},
}
OVER_SOCKETS = "the real server, over sockets"
AT_ONCE = 2


@dataclass(frozen=True)
class Found:
    """What came of one kind."""

    name: str
    seconds: float
    statuses: Counter[int]
    wrong: list[str]
    tracebacks: list[str]
    never_reached: list[str]
    alive: bool = True

    @property
    def well(self) -> bool:
        """Whether nothing was wrong, and every route did its work."""
        return self.alive and not (self.wrong or self.tracebacks or self.never_reached)


def inside(folder: Path, name: str, count: int, seed: int) -> Found:
    """Fuzz one kind of application."""
    # What a hash costs is not what is tried, and took a third of the time.
    with pytest.MonkeyPatch.context() as patched:
        hash_quickly(patched)
        fuzzed, started = Inside(folder, rules.load(), seed, **KINDS[name]), time.monotonic()
        fuzzed.run(count)
        fuzzed.close()
    return found(name, fuzzed, time.monotonic() - started)


def over_sockets(folder: Path, name: str, count: int, seed: int) -> Found:
    """Fuzz the real server."""
    served = Served(folder)
    drawn = Inside(served.data, rules.load(), seed, public_url=served.address, logo=False)
    served.start()
    started = time.monotonic()
    try:
        outside.run(served, drawn, count)
        alive = served.answers()
    finally:
        served.kill()
        drawn.close()
    drawn.tracebacks.found += [line for line in served.lines() if '"where"' in line]
    return found(name, drawn, time.monotonic() - started, alive=alive)


def found(name: str, fuzzed: Inside, seconds: float, *, alive: bool = True) -> Found:
    """Take what came of it out of the application."""
    verdict, never = fuzzed.verdict, [] if name == OVER_SOCKETS else fuzzed.never_reached
    wrong, tracebacks = verdict.wrong, fuzzed.tracebacks.found
    return Found(name, seconds, verdict.statuses, wrong, tracebacks, never, alive)


def say(told: Found) -> None:
    """Print what came of one kind."""
    kinds = Counter(f"{status // 100}xx" for status in told.statuses.elements())
    print(f"\n{told.name}: {told.statuses.total()} requests in {told.seconds:.0f} s", flush=True)
    print("  " + ", ".join(f"{kind} {many}" for kind, many in sorted(kinds.items())))
    print(f"  answers that should not be: {len(told.wrong)}, tracebacks: {len(told.tracebacks)}")
    if told.name != OVER_SOCKETS:
        print(f"  never reached: {', '.join(told.never_reached) or 'none'}")
    for what, many in Counter([*told.wrong, *told.tracebacks]).most_common(10):
        print(f"  {many} x {what[:400]}")


def fuzz(folder: Path, count: int, seed: int) -> list[Found]:
    """Fuzz every kind with its share of the requests, and print what comes of each."""
    share = -(-count // (len(KINDS) + 1))
    # The slowest begins first.
    tried: dict[str, Callable[..., Found]] = {OVER_SOCKETS: over_sockets}
    tried |= dict.fromkeys(KINDS, inside)
    with ProcessPoolExecutor(AT_ONCE) as processes:
        running = [
            processes.submit(one, folder / str(number), name, share, seed + number)
            for number, (name, one) in enumerate(tried.items())
        ]
        told = [one.result() for one in running]
    for one in told:
        say(one)
    return told


def main() -> int:
    """Fuzz, and return 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="benchmarks fuzz_http")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    faults_table.option(parser)
    asked = parser.parse_args()
    if asked.record:
        faults_table.refuse_short(parser, "fuzz", asked.requests)
    with tempfile.TemporaryDirectory(prefix="screener-fuzz-") as folder:
        told = fuzz(Path(folder), asked.requests, asked.seed)
    if asked.record:
        requests = sum(one.statuses.total() for one in told)
        wrong = sum(len(one.wrong) + len(one.tracebacks) + (not one.alive) for one in told)
        faults_table.record([faults_table.row("fuzz", requests, "", "", wrong)])
    return 0 if all(one.well for one in told) else 1


if __name__ == "__main__":
    sys.exit(main())
