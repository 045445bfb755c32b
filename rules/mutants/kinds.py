"""Mutants: rules in which one thing is wrong, as a slip of an author would leave them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rules.catalogue.rules import Rule
from rules.conditions.tree import Condition
from rules.kinds import Level
from rules.logic import UNKNOWN, YES, Truth
from rules.mutants.changes import changes

# What a patient is shown of one rule: could it not be decided, at which level, with which block.
Shown = tuple[bool, Level, str] | None


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one thing changed."""

    rule: Rule
    kind: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.rule.id}: {self.kind}: {self.before} -> {self.after}"


def mutants(rules: Iterable[Rule]) -> tuple[Mutant, ...]:
    """Every mutant of every rule; the ones that are the rule itself in other clothes left out."""
    return tuple(mutant for rule in rules for mutant in mutants_of(rule))


def mutants_of(rule: Rule) -> Iterator[Mutant]:
    """Every mutant of one rule."""
    seen: set[Condition] = {rule.when}
    for change in changes(rule.when):
        if change.node not in seen:
            seen.add(change.node)
            changed = replace(rule, when=change.node)
            yield Mutant(changed, change.kind, change.before, change.after)
    for level in _beside(rule.level):
        yield Mutant(replace(rule, level=level), "level moved", str(rule.level), str(level))
    if rule.if_unknown:
        for weaker in _weaker(rule.if_unknown):
            changed = replace(rule, if_unknown=weaker)
            yield Mutant(
                changed, "if_unknown weakened", str(rule.if_unknown), str(weaker or "nothing")
            )
    if rule.block:
        yield Mutant(replace(rule, block=""), "block dropped", rule.block, "nothing")


def _beside(level: Level) -> list[Level]:
    return [other for other in Level if abs(other.rank - level.rank) == 1]


def _weaker(level: Level) -> list[Level | None]:
    return [*(other for other in Level if other.rank == level.rank + 1), None]


def shown(rule: Rule, held: Truth) -> Shown:
    """What is shown of a rule whose condition has this truth."""
    if held == YES:
        return False, rule.level, rule.block
    if held == UNKNOWN and rule.if_unknown:
        return True, rule.if_unknown, rule.block
    return None
