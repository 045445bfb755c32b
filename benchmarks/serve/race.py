"""The contestants take turns; medians of the rounds, so that one noisy moment decides nothing."""

import statistics
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.serve.load import GET, POST, Client, Rate, Step, at_a_pace, saturate
from benchmarks.serve.running import Running

__all__ = ["PACE", "Plan", "Rate", "Rates", "at_a_pace", "many", "rounds"]

# 50 clinics: 2,000 forms of 30 steps in 8 hours, four times as many at the peak; and twice that.
PACE = 2 * 4 * 2_000 * 30 / (8 * 3600)
Contestant = tuple[str, str]
Rates = dict[tuple[str, str, int, str], Rate]  # who, where, clients, method


@dataclass(frozen=True)
class Plan:
    """How much is raced."""

    rounds: int
    seconds: float
    clients: tuple[int, ...] = (1, 8)

    @property
    def most(self) -> int:
        """The most clients at once."""
        return max(self.clients)


def rounds(contestants: dict[Contestant, Running], plan: Plan) -> Rates:
    """Let each contestant answer alone, turn by turn."""
    patients = {name: one.patients(plan.most) for name, one in contestants.items()}
    found: dict[tuple[str, str, int, str], list[Rate]] = {}
    for number in range(plan.rounds):
        names = list(contestants) if number % 2 else list(reversed(contestants))
        for clients in plan.clients:
            for method in (GET, POST):
                for name in names:
                    rate = saturate(patients[name][:clients], method, plan.seconds)
                    found.setdefault((*name, clients, method), []).append(rate)
    return {key: median(rates) for key, rates in found.items()}


def median(rates: list[Rate]) -> Rate:
    """Take the median of each figure."""
    return Rate(
        statistics.median(rate.a_second for rate in rates),
        statistics.median(rate.p50 for rate in rates),
        statistics.median(rate.p99 for rate in rates),
    )


def many(steps: list[Step], count: int) -> None:
    """Make so many steps, page and answers, shared between some patients."""

    def make(step: Step) -> None:
        client = Client(step.port)
        for _ in range(count // len(steps)):
            client.exchange(step.get)
            client.exchange(step.post)
        client.close()

    with ThreadPoolExecutor(len(steps)) as threads:
        list(threads.map(make, steps))
