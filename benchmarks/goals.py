"""Goals of a benchmark: one that is missed is named, and ends the command with exit code 1."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One thing to reach, and what was found.

    Attributes:
        margin: at least 1 where it was reached.
        because: why it may be missed; empty for all but a few, which are named with the reason.
    """

    what: str
    aim: str
    found: str
    margin: float
    because: str = ""

    @property
    def mark(self) -> str:
        """What a table says beside it."""
        if self.met:
            return ""
        return "not met" if self.because else "missed"

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
    """Write the goals as a table; a missed one says so, and why when there is a reason."""
    yield f"| {about} | goal | found |  |"
    yield "| --- | ---: | ---: | --- |"
    for goal in goals:
        why = f": {goal.because}" if goal.mark and goal.because else ""
        yield f"| {goal.what} | {goal.aim} | {goal.found} | {goal.mark}{why} |"


def outcome(goals: Iterable[Goal]) -> list[str]:
    """Name each goal that was missed, or say that none was."""
    late = [goal for goal in goals if not goal.met]
    told = [
        f"{goal.mark.capitalize()}: {goal.what}: {goal.found}, and the goal is {goal.aim}"
        f"{f', because {goal.because}' if goal.because else ''}."
        for goal in sorted(late, key=lambda one: one.mark)
    ]
    return told or ["All goals are met."]


def code_for(goals: Iterable[Goal]) -> int:
    """Print how the goals came out.

    Returns the exit code of the command: 1 when one was missed that has no reason to be.
    """
    found = list(goals)
    print(*outcome(found), sep="\n")
    return 0 if all(goal.met or goal.because for goal in found) else 1
