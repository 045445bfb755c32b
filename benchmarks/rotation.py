"""How long it takes to turn 100,000 records to a new clinic key, on either database."""

import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import insert

from screener.settings import Settings
from screener.store import Intake, rotation
from screener.store.models import submission
from screener.store.parcels import Parcel, sealed

PARCEL = Parcel(
    rank=2,
    content_version="1.0",
    headline={"name": "Jo Example", "why": ["A point"]},
    contents={"answers": {"a": "x" * 3000}, "contact": {"phone": "555 0134"}},
)
BATCH = 1000


def main() -> None:
    """Fill an instance, turn it, and print what that took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        intake = Intake.open(Settings.load(None, Path(folder)))
        intake.need_clinic_key()
        fill(intake, count)
        print(f"{count} records in {intake.database.name}")
        started, worked = time.perf_counter(), time.process_time()
        rotation.turn(intake, "command")
        turned, after = rotation.reseal(intake)
        longest = 0.0
        while after:
            began = time.perf_counter()
            more, after = rotation.reseal(intake, after)
            longest = max(longest, time.perf_counter() - began)
            turned += more
        took = time.perf_counter() - started
        if (turned, rotation.left(intake)) != (count, 0):
            sys.exit(f"{turned} of {count} records turned")
        print(f"turned in {took:.1f} s, {time.process_time() - worked:.1f} s of them at work")
        print(f"others waited {longest * 1000:.0f} ms for the database at the longest")
        intake.close()


def fill(intake: Intake, count: int) -> None:
    """Send many forms at once."""
    public = intake.clinic_keys.public(1)
    for start in range(0, count, BATCH):
        rows = [
            {**sealed(PARCEL, public), "draft_id": f"{number:032}", "reference": "K7QM-4XRT"}
            | {"arrived_at": number, "key_version": 1}
            for number in range(start, min(start + BATCH, count))
        ]
        with intake.database.writing() as connection:
            connection.execute(insert(submission), rows)


if __name__ == "__main__":
    main()
