"""Turn sent forms to a new clinic key: `python -m benchmarks rotation [--forms 100000]`.

On SQLite and on PostgreSQL, which keep what they acknowledge, and while a patient in another
process saves answers. Afterwards the old key is destroyed, and every form must open with the new
one. Exit code 1 when one does not, or a goal is missed. A full run writes
benchmarks/results/rotation.md.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import insert

from benchmarks.goals import Goal, code_for, margin, table
from benchmarks.machine import processor
from benchmarks.many_forms import version_of
from screener.settings import Settings
from screener.store import Intake, Store, key_state, rotation
from screener.store.audit import COMMAND
from screener.store.models import submission
from screener.store.parcels import Parcel, sealed
from tests import postgres

RESULTS = Path(__file__).parent / "results" / "rotation.md"
FORMS, BATCH, PAUSE = 100_000, 1000, 0.01
BEFORE = 2  # the key from which they turn: not the first, as in all years but one
LONGEST, WAITED = 10, 500  # seconds for all of them, milliseconds for a patient
START: rotation.Place | None = rotation.START
PARCEL = Parcel(
    rank=2,
    content_version="1.0",
    headline={"name": "Jo Example", "why": ["A point"]},
    contents={"answers": {"a": "x" * 3000}, "contact": {"phone": "555 0134"}},
)


@dataclass(frozen=True)
class Turned:
    """What came of it on one database.

    Attributes:
        database: its version.
        seconds: until every form had turned.
        saved: how often a patient saved answers meanwhile.
        waited: the seconds that the slowest of them took.
        left: forms that did not turn, or that no key opens.
    """

    database: str
    seconds: float
    saved: int
    waited: float
    left: int


def main() -> int:
    """Turn the forms in both stores, and say what that took."""
    parser = argparse.ArgumentParser(prog="benchmarks rotation")
    parser.add_argument("--forms", type=int, default=FORMS)
    forms = parser.parse_args().forms
    with (
        tempfile.TemporaryDirectory(prefix="screener-rotation-") as folder,
        postgres.running(durable=True) as server,
    ):
        found = {
            name: turned(settings_of(Path(folder) / name, address), forms)
            for name, address in (("SQLite", ""), ("PostgreSQL", server.new("rotation")))
        }
    page = "\n".join((*written(found, forms), ""))
    print(page)
    if forms == FORMS:
        RESULTS.write_text(page, "utf-8")
    return code_for(goals(found))


def settings_of(folder: Path, database: str) -> Settings:
    """Set up a clinic on a database."""
    return Settings.load(None, folder, environment={"SCREENER_DATABASE": database})


def fill(store: Intake, forms: int) -> None:
    """Send many forms at once."""
    public = store.clinic_keys.public(BEFORE)
    for start in range(0, forms, BATCH):
        rows = [
            {**sealed(PARCEL, public), "draft_id": f"{number:032}", "reference": "K7QM-4XRT"}
            | {"arrived_at": number, "key_version": BEFORE}
            for number in range(start, min(start + BATCH, forms))
        ]
        with store.database.writing() as connection:
            connection.execute(insert(submission), rows)


def turned(settings: Settings, forms: int) -> Turned:
    """Turn one store to a new key, as `screener keys rotate` does, and destroy the old one."""
    with closing(Intake.open(settings)) as store:
        store.need_clinic_key()
        rotation.turn(store, COMMAND)
        fill(store, forms)
        with a_patient(settings) as told:
            started = time.perf_counter()
            rotation.turn(store, COMMAND)
            done = rotation.reseal_all(store)
            seconds = time.perf_counter() - started
        left = max(forms - done, rotation.left(store))
        if not left:
            rotation.destroy(store, BEFORE, COMMAND)
            left = unopened(store)
        return Turned(version_of(store), seconds, len(told), max(told), left)


@contextmanager
def a_patient(settings: Settings) -> Iterator[list[float]]:
    """Let a patient save answers in another process; at the end, give the seconds each took."""
    told: list[float] = []
    begun = get_context("spawn")
    ours, theirs = begun.Pipe()
    patient = begun.Process(target=save_often, args=(settings, theirs))
    patient.start()
    theirs.close()  # so that we notice when it ends
    ours.recv()  # it has begun
    try:
        yield told
    finally:
        ours.send("enough")
        told += ours.recv()
        patient.join()


def save_often(settings: Settings, house: Connection) -> None:
    """Save answers again and again until it is enough, and tell how long each took."""
    store, times = Store.open(settings), list[float]()
    token = store.drafts.begin().token
    house.send("begun")
    while not house.poll(PAUSE):
        started = time.perf_counter()
        store.drafts.save(token, lambda state: state | {"answers": {"age_years": len(times)}})
        times.append(time.perf_counter() - started)
    house.send(times)
    store.close()


def unopened(store: Intake) -> int:
    """Count the forms that no key opens."""
    count, after = 0, START
    while after:
        broken, after = key_state.broken(store, after)
        count += len(broken)
    return count


def goals(found: dict[str, Turned]) -> Iterator[Goal]:
    """Compare with what was to be reached."""
    for name, one in found.items():
        for what, most, taken, unit in (
            ("turned", LONGEST, one.seconds, "s"),
            ("the slowest of a patient's pages meanwhile", WAITED, one.waited * 1000, "ms"),
            ("not turned, or not to be opened", 0, one.left, "forms"),
        ):
            said = f"{taken:,.{1 if unit == 's' else 0}f} {unit}"
            yield Goal(f"{what}, {name}", f"≤ {most} {unit}", said, margin(taken, most))


def written(found: dict[str, Turned], forms: int) -> Iterator[str]:
    """Write the page."""
    databases = ", ".join(f"{name} {one.database}" for name, one in found.items())
    yield "# Turning to a new clinic key\n"
    yield "Written by `python -m benchmarks rotation`; do not edit."
    yield "<!-- rotation -->"
    yield f"{processor()}, {os.cpu_count()} cores, {platform.system()};"
    yield f"Python {platform.python_version()}, {databases},"
    yield f"cryptography {version('cryptography')}.\n"
    yield from table(goals(found), f"{forms:,} forms")
    yield "<!-- /rotation -->\n"
    yield "Both databases keep on the disk what they acknowledge. Meanwhile a patient in another"
    saved = " and ".join(f"{one.saved:,} times on {name}" for name, one in found.items())
    yield f"process saved answers, {saved}. Afterwards the"
    yield "old key is destroyed, and every form must open with the new one."


if __name__ == "__main__":
    sys.exit(main())
