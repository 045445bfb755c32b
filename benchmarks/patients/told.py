"""What a run has shown: how much was acknowledged, and what of it is lost."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.patients.served import Served
from benchmarks.patients.visitor import Visitor


@dataclass
class Told:
    """What a run has shown."""

    times: int = 0  # that something was killed, or taken away
    acknowledged: int = 0
    sent: int = 0
    unsure: int = 0
    refused: int = 0
    lost: list[str] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)
    crashed: int = 0
    starts: list[float] = field(default_factory=list)

    def of(self, visitors: Iterable[Visitor], *logs: Served) -> "Told":
        """Add what the patients have met, and the tracebacks in the logs."""
        for visitor in visitors:
            self.acknowledged += visitor.acknowledged
            self.sent += len(visitor.sent)
            self.refused += visitor.refused
            self.surprises += visitor.surprises
        self.crashed += sum(log.said("crashed") for log in logs)
        return self

    @property
    def wrong(self) -> int:
        """How many answers no patient should get."""
        return len(self.surprises) + self.crashed

    @property
    def failed(self) -> bool:
        """Whether anything was lost, or a patient saw what none should."""
        return bool(self.lost or self.wrong)


def say(told: Told) -> None:
    """Print what came of it."""
    slowest, median = max(told.starts), statistics.median(told.starts)
    print(f"kills, cuts or outages           {told.times:>8}")
    print(f"forms acknowledged               {told.acknowledged:>8}")
    print(f"of them, sent to the clinic      {told.sent:>8}")
    print(f"acknowledged answers lost        {len(told.lost):>8}")
    print(f"forms cut off, whole or not kept {told.unsure:>8}")
    print(f"forms refused with a clear page  {told.refused:>8}")
    print(f"pages no patient should see      {len(told.surprises):>8}")
    print(f"tracebacks in the log            {told.crashed:>8}")
    print(f"starts, median and slowest (s)   {median:>8.2f} {slowest:.2f}")
    for what in [*told.lost, *told.surprises][:20]:
        print(f"  {what}")
