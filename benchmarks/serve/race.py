"""The contestants take turns; medians of the rounds, so that one noisy moment decides nothing."""

import statistics
from dataclasses import dataclass
from itertools import product

from benchmarks.serve.form import EARLY, LATE
from benchmarks.serve.load import GET, POST, Rate, saturate
from benchmarks.serve.running import Running

# 50 clinics: 2,000 forms of 30 steps in 8 hours, four times as many at the peak; and twice that.
PACE = 2 * 4 * 2_000 * 30 / (8 * 3600)
Contestant = tuple[str, str]
Row = tuple[str, str, str, int, str]  # who, on what, at which step, how many clients, method
Rates = dict[Row, Rate]


@dataclass(frozen=True)
class Plan:
    """How much is raced."""

    rounds: int
    seconds: float
    clients: tuple[int, ...] = (1, 8)
    steps: tuple[str, ...] = (EARLY, LATE)

    @property
    def most(self) -> int:
        """The most clients at once."""
        return max(self.clients)


def rounds(contestants: dict[Contestant, Running], plan: Plan) -> Rates:
    """Let each contestant answer alone, turn by turn."""
    patients = {name: one.patients(plan.most) for name, one in contestants.items()}
    found: dict[Row, list[Rate]] = {}
    for number in range(plan.rounds):
        names = list(contestants) if number % 2 else list(reversed(contestants))
        for when, clients, method in product(plan.steps, plan.clients, (GET, POST)):
            for name in names:
                rate = saturate(patients[name][when][:clients], method, plan.seconds)
                found.setdefault((*name, when, clients, method), []).append(rate)
    return {row: median(rates) for row, rates in found.items()}


def median(rates: list[Rate]) -> Rate:
    """Take the median of each figure."""
    return Rate(
        statistics.median(rate.a_second for rate in rates),
        statistics.median(rate.p50 for rate in rates),
        statistics.median(rate.p99 for rate in rates),
    )
