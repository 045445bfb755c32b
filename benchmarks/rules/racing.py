"""Take turns, in an order that is turned each round, on the same patients; medians.

CPU time, so that another program that runs meanwhile disturbs as little as can be.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Decide = Callable[[Any], Any]


@dataclass(frozen=True)
class Racer:
    """A contestant, and the patients laid out as it likes them."""

    decide: Decide
    patients: Sequence[Any]


def race(racers: Mapping[str, Racer], rounds: int) -> dict[str, float]:
    """Return the median of microseconds a patient for each contestant."""
    times: dict[str, list[float]] = {name: [] for name in racers}
    for turn in range(rounds):
        for name in list(racers) if turn % 2 else reversed(list(racers)):
            times[name].append(timed(racers[name]))
    return {name: statistics.median(found) for name, found in times.items()}


def timed(racer: Racer) -> float:
    """Microseconds a patient."""
    start = time.process_time()
    for patient in racer.patients:
        racer.decide(patient)
    return (time.process_time() - start) / len(racer.patients) * 1e6


def cpu(work: Callable[[], object], rounds: int = 5) -> float:
    """The median CPU time of some work in milliseconds."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1e3)
    return statistics.median(taken)
