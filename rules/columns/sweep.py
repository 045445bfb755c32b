"""Every rule for every patient of a table, and what a changed limit changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rules.catalogue.limits import Limits
from rules.catalogue.rules import Rule
from rules.columns.plan import Flags, Plan
from rules.columns.table import Table
from rules.columns.writing import write
from rules.content import Content
from rules.kinds import Level
from rules.logic import UNKNOWN, YES

# Patients a pass: few enough that a column stays close to the processor.
PASS = 1 << 16


@dataclass(frozen=True)
class Decided:
    """For each rule, a column of truths (see ``logic``), one for each patient."""

    rules: tuple[Rule, ...]
    truths: tuple[NDArray[np.uint8], ...]

    @cached_property
    def levels(self) -> NDArray[np.uint8]:
        """The rank of each patient's level."""
        ranks = np.full(len(self.truths[0]), Level.INFO.rank, np.uint8)
        for level in reversed(Level):
            ranks[self._any(self._at(level))] = level.rank
        return ranks

    def block(self, name: str) -> Flags:
        """Who has a finding with this block: full, soft or emergency."""
        each = zip(self.rules, self.shown(), strict=True)
        return self._any(flags for rule, flags in each if rule.block == name)

    def shown(self) -> Iterator[Flags]:
        """For each rule, who has a finding of it."""
        for rule, truths in zip(self.rules, self.truths, strict=True):
            yield truths > 0 if rule.if_unknown else truths == YES

    def _at(self, level: Level) -> Iterator[Flags]:
        for rule, truths in zip(self.rules, self.truths, strict=True):
            if rule.level == level:
                yield truths == YES
            if rule.if_unknown == level:
                yield truths == UNKNOWN

    def _any(self, found: Iterable[Flags]) -> Flags:
        someone = np.zeros(len(self.truths[0]), np.bool_)
        for flags in found:
            someone |= flags
        return someone


class Sweep:
    """The rules of a content, ready to run over columns."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._whole = Plan(content, (rule.when for rule in content.rules), write)
        self._parts: dict[frozenset[str], tuple[list[int], Plan]] = {}

    def decide(self, table: Table, limits: Limits | None = None) -> Decided:
        """Decide every rule for every patient."""
        truths = _columns(self._whole, table, limits or self._content.limits)
        return Decided(self._content.rules, truths)

    def again(self, before: Decided, table: Table, old: Limits, new: Limits) -> Decided:
        """Decide again under new limits: only the rules that read a limit that changed."""
        moved = frozenset(name for name in new if new[name].value != old[name].value)
        numbers, plan = self._reading(moved)
        truths = list(before.truths)
        for number, column in zip(numbers, _columns(plan, table, new), strict=True):
            truths[number] = column
        return Decided(before.rules, tuple(truths))

    def _reading(self, limits: frozenset[str]) -> tuple[list[int], Plan]:
        """The rules that read one of some limits, themselves or in whether a question is asked."""
        if limits not in self._parts:
            rules = self._content.rules
            plans = (Plan(self._content, [rule.when], write) for rule in rules)
            numbers = [n for n, plan in enumerate(plans) if plan.limits & limits]
            plan = Plan(self._content, (rules[n].when for n in numbers), write)
            self._parts[limits] = numbers, plan
        return self._parts[limits]


def _columns(plan: Plan, table: Table, limits: Limits) -> tuple[NDArray[np.uint8], ...]:
    """Run a plan over a table, a pass at a time."""
    table = table.only(plan.read)
    truths = tuple(np.empty(table.rows, np.uint8) for _ in plan.results)
    for start in range(0, table.rows, PASS):
        found = plan.run(table.cut(start, start + PASS), limits.numbers)
        for column, (sure, possible) in zip(truths, found, strict=True):
            here = column[start : start + PASS]
            np.left_shift(sure.view(np.uint8), 1, out=here)
            here |= possible.view(np.uint8)
    return truths
