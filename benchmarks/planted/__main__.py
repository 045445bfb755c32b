"""Plant one fault at a time, and see that the tests of the promise which it breaks fail.

Ends with exit code 1 when a fault was missed, or when a test fails without one.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from benchmarks.planted import copies, report
from benchmarks.planted.table import Fault, read
from benchmarks.planted.trying import Verdict, tried, unbroken

AT_ONCE = 2


def main() -> int:
    """Read the command line, try the faults, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks planted", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="WORD", help="what is broken, a file, a test"
    )
    parser.add_argument("--at-once", type=int, default=AT_ONCE, help="how many copies")
    parser.add_argument("--record", action="store_true", help=f"write results/{report.FILE.name}")
    given = parser.parse_args()
    if given.record and any(given.only):
        parser.error("--record: only all of them together are written down")
    faults = [fault for fault in read() if any(map(fault.fits, given.only))]
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="planted-"))
    try:
        verdicts = list(every(faults, folder, given.at_once))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = time.monotonic() - began
    print("\n".join(report.told(verdicts) if verdicts else ["Nothing was tried."]))
    print(f"{len(verdicts)} of {len(faults)} faults tried in {seconds:.0f} s")
    whole = len(verdicts) == len(faults) > 0
    if given.record and whole:
        report.FILE.write_text(report.page(verdicts, seconds), "utf-8")
    return 0 if whole and not any(one.missed for one in verdicts) else 1


def every(faults: Sequence[Fault], folder: Path, at_once: int) -> Iterator[Verdict]:
    """Try each fault, several at a time, each in a copy that no other uses meanwhile.

    A test that fails without a fault can see none: what it is to see is not tried.
    """
    first = copies.copy(folder / "0")
    failing = set(unbroken((test for fault in faults for test in fault.tests), first))
    for test in sorted(failing):
        print(f"fails without a fault: {test}", flush=True)
    free: SimpleQueue[Path] = SimpleQueue()
    for place in [first, *(copies.again(first, folder / str(n)) for n in range(1, at_once))]:
        free.put(place)
    with ThreadPoolExecutor(at_once) as workers:
        can_be_seen = [fault for fault in faults if not failing & {*fault.tests}]
        for verdict in workers.map(lambda fault: _in_turn(fault, free), can_be_seen):
            said = "MISSED" if verdict.missed else "found "
            print(f"{said} {verdict.fault.area}: {verdict.fault.what}", flush=True)
            yield verdict


def _in_turn(fault: Fault, free: SimpleQueue[Path]) -> Verdict:
    place = free.get()
    try:
        return tried(fault, place)
    finally:
        free.put(place)


if __name__ == "__main__":
    sys.exit(main())
