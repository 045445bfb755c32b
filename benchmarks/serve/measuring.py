"""What one run measures, one after the other."""

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.patients.served import Served
from benchmarks.patients.wire import Wire
from benchmarks.serve import race
from benchmarks.serve.flow import COOKIE, WrongAnswer, busy, walk
from benchmarks.serve.form import LATE, Flow
from benchmarks.serve.load import Rate, at_a_pace, many
from benchmarks.serve.running import Running, memory, running
from screener.settings import Settings
from screener.store import Store
from tests.postgres import Server

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
# Whose start and memory are measured: what keeps rows for a bare page has our store with it.
ALONE = tuple(one for one in STEPS if one[0] not in {"written", "kept"})
SERVERS = ("waitress", "gunicorn", "granian")
WALKERS = 2  # who make the steps after which memory is weighed
FEWER = 5  # times: nobody asks whether the others grow, and Django takes longest


@dataclass(frozen=True)
class Grown:
    """How much memory a server held, in MB, after a tenth of the steps and after all of them."""

    steps: int
    before: float
    after: float


@dataclass(frozen=True)
class Found:
    """Everything that one run found.

    Attributes:
        flow: the form that was filled in.
        counted: how many steps ours made before its memory was weighed for the last time.
        pace: seconds of the busy day.
        starts: seconds from nothing to the first page, each time; ours is the real command.
        day: steps at a fixed pace, by database.
    """

    plan: race.Plan
    flow: Flow
    counted: int
    pace: float
    steps: race.Rates
    servers: race.Rates
    starts: dict[race.Contestant, list[float]]
    day: dict[str, Rate]
    memory: dict[race.Contestant, Grown]


@dataclass(frozen=True)
class Measuring:
    """One run: where it may write, and how much it does."""

    folder: Path
    server: Server
    plan: race.Plan
    flow: Flow
    counted: int
    pace: float
    starts: int

    def found(self) -> Found:
        """Measure all."""
        return Found(
            self.plan,
            self.flow,
            self.counted,
            self.pace,
            steps=self.steps(),
            servers=self.servers(),
            starts=self.started(),
            day={kind: self.day(kind) for kind in (SQLITE, POSTGRES)},
            memory={one: self.grown(*one) for one in ALONE},
        )

    def steps(self) -> race.Rates:
        """Race every contestant on our own server."""
        with ExitStack() as up:
            contestants: dict[race.Contestant, Running] = {}
            for name, kind in STEPS:
                contestants[name, kind] = up.enter_context(self._up(name, kind, "steps"))
            return race.rounds(contestants, self.plan)

    def servers(self) -> race.Rates:
        """Race our application on several servers, each with its own SQLite database."""
        with ExitStack() as up:
            contestants = {
                ("ours", server): up.enter_context(
                    running("ours", self.folder / server, self.flow, server=server)
                )
                for server in SERVERS
            }
            return race.rounds(contestants, replace(self.plan, steps=(LATE,)))

    def started(self) -> dict[race.Contestant, list[float]]:
        """Start each several times, taking turns, each time with nothing there."""
        found: dict[race.Contestant, list[float]] = {one: [] for one in ALONE}
        for number in range(self.starts):
            for one in ALONE if number % 2 else reversed(ALONE):
                found[one].append(self._started(*one, f"start{number}"))
        return found

    def day(self, kind: str) -> Rate:
        """Let steps come at twice the pace of the busiest hour of 50 clinics."""
        with self._up("ours", kind, "day") as one:
            return at_a_pace(one.walkers(self.plan.most), race.PACE, self.pace)

    def grown(self, name: str, kind: str) -> Grown:
        """Weigh the memory after a tenth of the steps, and at the end; others make fewer."""
        count = self.counted if name == "ours" else self.counted // FEWER
        with self._up(name, kind, "memory") as one:
            walkers = one.walkers(WALKERS)
            many(walkers, count // 10)
            before = memory(one.pid)
            many(walkers, count - count // 10)
            return Grown(count, before, memory(one.pid))

    def _started(self, name: str, kind: str, what: str) -> float:
        if name != "ours":
            with self._up(name, kind, what) as one:
                return one.start
        served = Served(*self._place(name, kind, what))
        try:
            return served.start()
        finally:
            served.stop()

    def _up(self, name: str, kind: str, what: str) -> AbstractContextManager[Running]:
        folder, database = self._place(name, kind, what)
        return running(name, folder, self.flow, database)

    def _place(self, name: str, kind: str, what: str) -> tuple[Path, str]:
        database = self.server.new(f"{name}_{what}") if kind == POSTGRES else ""
        return self.folder / f"{what} {name} {kind}", database


def walked(folder: Path) -> Flow:
    """Fill in our form as the busiest of the test patients; return its pages, and the draft."""
    served = Served(folder)
    served.start()
    try:
        wire = Wire(served.address)
        pages = list(walk(wire, busy()))
        token = wire.cookies[COOKIE]
        wire.close()
    finally:
        served.stop()
    store = Store.open(Settings.load(None, served.data, environment={}))
    draft = store.drafts.open(token)
    store.close()
    if draft is None:
        raise WrongAnswer("the draft is gone")
    return Flow(pages, draft.state)
