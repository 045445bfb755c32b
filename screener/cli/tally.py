"""Count findings over many answer sets, and say whose result a changed limit changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

import rules
from rules.columns import Decided, Sweep, Table
from rules.logic import UNKNOWN, YES

BLOCKS = ("full", "soft", "emergency")


@dataclass(slots=True)
class Tally:
    """Counts so far: patients by level and by block, and by rule those it fires or is open for."""

    levels: list[int] = field(default_factory=lambda: [0] * len(rules.Level))
    blocks: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BLOCKS, 0))
    fired: dict[str, int] = field(default_factory=dict)
    undecided: dict[str, int] = field(default_factory=dict)

    def add(self, decided: Decided) -> None:
        """Add some patients."""
        for rank, count in enumerate(np.bincount(decided.levels, minlength=len(rules.Level))):
            self.levels[rank] += int(count)
        for block in BLOCKS:
            self.blocks[block] += int(decided.block(block).sum())
        for rule, truths in zip(decided.rules, decided.truths, strict=True):
            for counts, truth in ((self.fired, YES), (self.undecided, UNKNOWN)):
                counts[rule.id] = counts.get(rule.id, 0) + int((truths == truth).sum())


@dataclass(frozen=True, slots=True)
class Change:
    """One patient whose result a limit changes."""

    line: int
    before: rules.Level
    after: rules.Level
    came: tuple[str, ...]
    went: tuple[str, ...]


@dataclass(slots=True)
class Rescreening:
    """Everything counted so far, under the limits in force and under others."""

    content: rules.Content
    limits: rules.Limits
    other: rules.Limits
    counted: int = 0
    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)
    changes: list[Change] = field(default_factory=list)
    sweep: Sweep = field(init=False)

    def __post_init__(self) -> None:
        self.sweep = Sweep(self.content)

    @property
    def compares(self) -> bool:
        """Whether there are two sets of limits to compare."""
        return self.limits.numbers != self.other.numbers

    def add(self, numbers: Sequence[int], patients: Sequence[rules.Answers]) -> None:
        """Evaluate some answer sets; ``numbers`` are their lines."""
        table = Table.of(self.content.questionnaire, patients)
        decided = self.sweep.decide(table, self.limits)
        self.counted += len(patients)
        self.before.add(decided)
        if self.compares:
            again = self.sweep.again(decided, table, self.limits, self.other)
            self.after.add(again)
            self.changes += changes(decided, again, numbers)


def changes(before: Decided, after: Decided, lines: Sequence[int]) -> Iterator[Change]:
    """Say whose findings differ, and how."""
    was, now = findings(before), findings(after)
    names = list(was)
    moved = {name: was[name] != now[name] for name in names if (was[name] != now[name]).any()}
    if not moved:
        return
    levels = tuple(rules.Level)
    for row in np.flatnonzero(np.logical_or.reduce(list(moved.values()))).tolist():
        here = [name for name, flags in moved.items() if flags[row]]
        yield Change(
            lines[row],
            levels[before.levels[row]],
            levels[after.levels[row]],
            tuple(name for name in here if now[name][row]),
            tuple(name for name in here if was[name][row]),
        )


def findings(decided: Decided) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """For each finding there can be (`?` = undecided), who has it."""
    found = {}
    for rule, truths in zip(decided.rules, decided.truths, strict=True):
        found[rule.id] = truths == YES
        if rule.if_unknown:
            found[f"{rule.id}?"] = truths == UNKNOWN
    return found
