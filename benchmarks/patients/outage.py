"""An outage while patients work: what was typed stays on the page, and is taken afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.kills import visitors_for
from benchmarks.patients.afterwards import let_send, look, next_come
from benchmarks.patients.served import Served
from benchmarks.patients.told import Told
from benchmarks.patients.visitor import Visitor

TURNS = 8


@dataclass(frozen=True)
class Plan:
    """How often, for how many patients at once, and the seed of their choices."""

    rounds: int
    clients: int
    seed: int


def outage(
    served: Served,
    visitors: list[Visitor],
    away: Callable[[], object],
    back: Callable[[], object],
) -> None:
    """Let patients work and send before, during and after; the server stays up.

    Raises:
        AssertionError: nobody was refused, so that nothing was shown.
    """
    let_send(served)
    turns(visitors, TURNS)
    next_come(served, visitors[::2])
    turns(visitors, 3)  # check, finish, summary: some are about to send
    before = refusals(visitors)
    away()
    turns(visitors, TURNS)
    back()
    after = refusals(visitors)
    turns(visitors, TURNS)
    if any(one == other for one, other in zip(before, after, strict=True)):
        raise AssertionError("it went on as if nothing had happened")
    for visitor, refused, now in zip(visitors, after, refusals(visitors), strict=True):
        if now > refused:
            visitor.surprises.append("still refused when all was well again")


def refusals(visitors: list[Visitor]) -> list[int]:
    """Count how often each patient was told to wait."""
    return [visitor.refused + visitor.waited for visitor in visitors]


def through(
    served: Served,
    plan: Plan,
    away: Callable[[], object],
    back: Callable[[], object],
) -> Told:
    """Start a server, go through outages, and look at what is kept."""
    visitors = visitors_for(served, plan.clients, plan.seed)
    told = Told(starts=[served.start()])
    try:
        for _ in range(plan.rounds):
            outage(served, visitors, away, back)
            told.times += 1
    finally:
        served.kill()
    told.lost = look(served, visitors)
    return told.of(visitors, served)


def turns(visitors: list[Visitor], many: int) -> None:
    """Let all patients fill in some forms at once."""
    with ThreadPoolExecutor(len(visitors)) as threads:
        for _ in range(many):
            list(threads.map(Visitor.turn, visitors))
