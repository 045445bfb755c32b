"""Goals of a benchmark: one that is missed is named, and ends the command with exit code 1."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One thing to reach, and what was found; ``margin`` is at least 1 where it was reached."""

    what: str
    aim: str
    found: str
    margin: float

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.margin >= 1


def late(times: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(times)[round(len(times) * 0.95) - 1]


def margin(found: float, most: float) -> float:
    """Say how far something stays below the most that it may be."""
    if found:
        return most / found
    return math.inf


def table(goals: Iterable[Goal], about: str = "what") -> Iterator[str]:
    """Write the goals as a table; a missed one says so."""
    yield f"| {about} | goal | found |  |"
    yield "| --- | ---: | ---: | --- |"
    for goal in goals:
        yield f"| {goal.what} | {goal.aim} | {goal.found} | {'' if goal.met else 'missed'} |"


def outcome(goals: Iterable[Goal]) -> list[str]:
    """Name each goal that was missed, or say that none was."""
    missed = [goal for goal in goals if not goal.met]
    told = [f"Missed: {goal.what}: {goal.found}, and the goal is {goal.aim}." for goal in missed]
    return told or ["All goals are met."]


def code_for(goals: Iterable[Goal]) -> int:
    """Print how the goals came out; return the exit code of the command, 1 when one was missed."""
    found = list(goals)
    print(*outcome(found), sep="\n")
    return 0 if all(goal.met for goal in found) else 1
