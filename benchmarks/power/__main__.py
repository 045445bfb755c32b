"""Cut the power at any moment, again and again: is all that was acknowledged on the disk?

`python -m benchmarks power [--rounds 100] [--clients 6] [--seed 1]`. SIGKILL leaves what was
written but not synced; a power cut does not. So the server runs with a shadow of its disk that
holds only what was synced, and after each kill only the shadow is left: sometimes with any of the
sectors that were written since. Every fifth round is the first start of a new clinic. The same with
synchronous=NORMAL must lose answers, or this would show nothing.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import faults_table
from benchmarks.kills import visitors_for, work
from benchmarks.patients.afterwards import let_send, look
from benchmarks.patients.served import Served
from benchmarks.patients.told import Told, say
from benchmarks.power.disk import Shadow, cut
from benchmarks.vfs import NOT_REACHED, can_be_reached
from screener.store import StoreUnavailable
from screener.store.engine.sqlite import newest_sqlite

SHORTEST, LONGEST = 0.1, 1.2  # seconds of load before a cut
NEW_CLINIC = 5  # every so many rounds
CONTROLS = 10  # rounds with synchronous=NORMAL
MOST_TURNS = 1000  # of a patient, until an answer is kept that is not on the disk


class Clinic:
    """A server whose disk loses what was not synced, and its patients."""

    def __init__(self, folder: Path, clients: int, seed: int, synchronous: str = "FULL") -> None:
        self.shadow = Shadow(folder / "shadow", folder / "data")
        launcher = (sys.executable, "-m", "benchmarks.power.launcher")
        self.served = Served(folder, before=(*launcher, str(self.shadow.folder), synchronous))
        self.served.data.mkdir(mode=0o700)
        self.visitors = visitors_for(self.served, clients, seed)

    def start(self) -> float:
        """Start it on what the disk holds; return the seconds until the first page."""
        let_send(self.served)
        self.shadow.begin()
        return self.served.start()

    def cut_a_start(self, seconds: float, choose: random.Random) -> None:
        """Cut the power so long after a start was asked for."""
        self.shadow.begin()
        self.served.begin()
        time.sleep(seconds)
        self._cut(choose)

    def cut_after(self, seconds: float, choose: random.Random) -> list[str]:
        """Cut the power while patients work, and say what is lost."""
        work(self.visitors, seconds, self.served.kill)
        self._cut(choose)
        return self._lost()

    def cut_before_a_sync(self, seconds: float) -> list[str]:
        """Cut the power after an answer that was acknowledged and not synced; say what is lost.

        At any other moment the last sync may just have been, and nothing would be lost.

        Raises:
            AssertionError: whatever is acknowledged is synced.
        """
        work(self.visitors, seconds)
        for _ in range(MOST_TURNS):
            before = self.shadow.syncs
            if self._keeps_another_answer() and before == self.shadow.syncs:
                self.served.kill()
                if before == self.shadow.syncs:
                    cut(self.served.data, self.shadow)
                    return self._lost()
                self.start()
        raise AssertionError("each answer was synced as soon as it was acknowledged")

    def _keeps_another_answer(self) -> bool:
        one = self.visitors[0]
        kept, memory = one.acknowledged, one.memory
        one.turn()
        return one.acknowledged > kept and one.memory != memory

    def _lost(self) -> list[str]:
        try:
            return look(self.served, self.visitors)
        except StoreUnavailable as error:
            return [f"everything: {error}"]

    def _cut(self, choose: random.Random) -> None:
        self.served.kill()
        cut(self.served.data, self.shadow, choose if choose.random() < 1 / 2 else None)


def cut_often(folder: Path, rounds: int, clients: int, seed: int) -> Told:
    """Let patients work, cut the power, look at what the disk holds, and go on from there."""
    choose, told = random.Random(seed), Told()  # noqa: S311 - moments, not secrets
    clinics: list[Clinic] = []
    for number in range(rounds):
        if number % NEW_CLINIC == 0:
            clinics.append(Clinic(folder / str(number), clients, seed + number))
            clinics[-1].cut_a_start(choose.uniform(0, 1.5), choose)
            told.times += 1
        clinic = clinics[-1]
        told.starts.append(clinic.start())
        told.lost += clinic.cut_after(choose.uniform(SHORTEST, LONGEST), choose)
        told.times += 1
        told.unsure += sum(visitor.unsure is not None for visitor in clinic.visitors)
    for clinic in clinics:
        told.of(clinic.visitors, clinic.served)
    return told


def control(folder: Path, rounds: int, clients: int, seed: int) -> Told:
    """Do the same with a database that does not wait for the disk: it must lose answers."""
    choose, told = random.Random(seed), Told()  # noqa: S311 - moments, not secrets
    for number in range(rounds):
        clinic = Clinic(folder / f"control {number}", clients, seed + number, "NORMAL")
        clinic.start()
        clinic.served.stop()  # so that the tables and the keys are on the disk
        told.starts.append(clinic.start())
        told.lost += clinic.cut_before_a_sync(choose.uniform(SHORTEST, LONGEST))
        told.times += 1
        told.of(clinic.visitors, clinic.served)
    return told


def main() -> int:
    """Cut often, and print what came of it; exit code 1 when anything was lost."""
    parser = argparse.ArgumentParser(prog="benchmarks power")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    faults_table.option(parser)
    asked = parser.parse_args()
    if asked.record:
        faults_table.refuse_short(parser, "power", asked.rounds)
    if not can_be_reached(newest_sqlite()):
        print(f"Not tried: {NOT_REACHED}.")
        return 1
    with tempfile.TemporaryDirectory(prefix="screener-power-") as folder:
        told = cut_often(Path(folder), asked.rounds, asked.clients, asked.seed)
        say(told)
        without = control(Path(folder), CONTROLS, asked.clients, asked.seed)
    print(f"\nwith synchronous=NORMAL, in {without.times} cuts")
    print(f"forms acknowledged               {without.acknowledged:>8}")
    print(f"acknowledged answers lost        {len(without.lost):>8}")
    print(f"wrong answers                    {without.wrong:>8}")
    if not without.lost:
        print("  It should have lost some: what stands above shows nothing.")
    if asked.record:
        found = {"power": told, "control": without}
        faults_table.record([faults_table.row_of(name, one) for name, one in found.items()])
    return int(told.failed or without.wrong or not without.lost)


if __name__ == "__main__":
    sys.exit(main())
