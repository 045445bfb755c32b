"""Fuzz every route, patients' and staff: `python -m benchmarks fuzz_http [--requests 100000]`.

In this process: plain, over https behind a proxy, and with a database that fails now and then;
then the real server over sockets. 0 answers of 500 and above, 0 tracebacks, the headers on every
answer, no address elsewhere, nothing that was sent as markup. The same seed draws the same.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import rules
from benchmarks.fuzz_http import outside
from benchmarks.fuzz_http.inside import Inside
from benchmarks.patients.served import Served

KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "https behind a proxy": {"public_url": "https://ask.example.org"},
    "a database that fails": {"failing": 0.1},
}
OVER_SOCKETS = "the real server, over sockets"


def inside(folder: Path, content: rules.Content, name: str, count: int, seed: int) -> bool:
    """Fuzz one kind of application; say whether all was well."""
    fuzzed, started = Inside(folder, content, seed, **KINDS[name]), time.monotonic()
    fuzzed.run(count)
    fuzzed.close()
    return say(name, fuzzed, time.monotonic() - started)


def over_sockets(folder: Path, content: rules.Content, count: int, seed: int) -> bool:
    """Fuzz the real server; say whether all was well."""
    served = Served(folder)
    drawn = Inside(served.data, content, seed, public_url=served.address)
    served.start()
    started = time.monotonic()
    try:
        outside.run(served, drawn, count)
        alive = served.answers()
    finally:
        served.kill()
        drawn.close()
    drawn.tracebacks.found += [line for line in served.lines() if '"where"' in line]
    return say(OVER_SOCKETS, drawn, time.monotonic() - started) and alive


def say(name: str, fuzzed: Inside, seconds: float) -> bool:
    """Print what came of one kind, and say whether all was well."""
    statuses = fuzzed.verdict.statuses
    kinds = Counter(f"{status // 100}xx" for status in statuses.elements())
    wrong, tracebacks = fuzzed.verdict.wrong, fuzzed.tracebacks.found
    print(f"\n{name}: {statuses.total()} requests in {seconds:.0f} s", flush=True)
    print("  " + ", ".join(f"{kind} {many}" for kind, many in sorted(kinds.items())))
    print(f"  answers that should not be: {len(wrong)}, tracebacks: {len(tracebacks)}")
    if name != OVER_SOCKETS:
        print(f"  never shown: {', '.join(fuzzed.never_shown) or 'none'}")
    for what, many in Counter([*wrong, *tracebacks]).most_common(10):
        print(f"  {many} x {what[:400]}")
    return not wrong and not tracebacks


def main() -> int:
    """Fuzz, and return 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="benchmarks fuzz_http")
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked, content = parser.parse_args(), rules.load()
    share = asked.requests // (len(KINDS) + 1)
    with tempfile.TemporaryDirectory(prefix="screener-fuzz-") as top:
        folders = [Path(top) / str(number) for number in range(len(KINDS))]
        well = [
            inside(folder, content, name, share, asked.seed + number)
            for number, (folder, name) in enumerate(zip(folders, KINDS, strict=True))
        ]
        well.append(over_sockets(Path(top) / "served", content, share, asked.seed))
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
