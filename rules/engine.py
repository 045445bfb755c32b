"""From answers to findings: which rules fired, which nobody can decide, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.catalogue.limits import Limits
from rules.catalogue.rules import Rule
from rules.content import Content
from rules.interpreter import weigh
from rules.kinds import Answers, Level
from rules.logic import UNKNOWN, YES, Truth
from rules.look import Look
from rules.path import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, or that could not be decided, with the words to show.

    ``because`` names the questions whose answers, or missing answers, made it so; an
    entry of a list is named as ``med_trials[0]``.
    """

    rule: Rule
    level: Level
    undecided: bool
    because: tuple[str, ...]
    patient: str
    ask: str
    clinician: str


@dataclass(frozen=True, slots=True)
class Result:
    """Findings in the order in which they are shown, and what stands above them all."""

    findings: tuple[Finding, ...]
    level: Level
    crisis: str  # none | soft | full
    emergency: bool


def walk(content: Content, answers: Answers, limits: Limits | None = None) -> Path:
    """Say which pages are shown and which answers count."""
    numbers = (limits or content.limits).numbers
    return content.route.follow(answers, numbers)


def evaluate(content: Content, answers: Answers, limits: Limits | None = None) -> Result:
    """Evaluate every rule.

    Args:
        content: as ``load`` returned it.
        answers: as ``read_answers`` returned them.
        limits: a clinic's limits; the content's own when there are none.
    """
    return _result(_found(content, answers, limits or content.limits))


def interrupting(
    content: Content, answers: Answers, limits: Limits | None = None
) -> tuple[Finding, ...]:
    """Evaluate only the rules that put help before the next question: see ``evaluate``.

    Asked after every page, so nothing is spent on the reasons of all the others.
    """
    return tuple(_found(content, answers, limits or content.limits, blocking=True))


def _found(
    content: Content, answers: Answers, limits: Limits, *, blocking: bool = False
) -> list[Finding]:
    """What the rules find, or those with a block alone, in the order in which it is shown."""
    facts = walk(content, answers, limits).facts
    truths = content.decide(facts, limits.values_in_order)
    look = Look(facts, limits.numbers)
    found = (
        _finding(content, rule, held, look)
        for rule, held in zip(content.rules, truths, strict=True)
        if (rule.block or not blocking) and (held == YES or (held == UNKNOWN and rule.if_unknown))
    )
    return sorted(found, key=lambda finding: finding.level.rank)


def _result(findings: list[Finding]) -> Result:
    blocks = {finding.rule.block for finding in findings}
    crisis = next((block for block in ("full", "soft") if block in blocks), "none")
    level = findings[0].level if findings else Level.INFO
    return Result(tuple(findings), level, crisis, "emergency" in blocks)


def _finding(content: Content, rule: Rule, held: Truth, look: Look) -> Finding:
    because = weigh(rule.when, look).because
    if held == YES:
        said = (rule.patient, rule.ask, rule.clinician)
        return Finding(rule, rule.level, False, because, *said)  # noqa: FBT003 - decided
    words = content.words.unknown[rule.unknown_wording]
    return Finding(
        rule=rule,
        level=rule.if_unknown or rule.level,
        undecided=True,
        because=because,
        patient=words.patient.replace("{topic}", rule.title),
        ask=rule.ask,
        clinician=f"{words.clinician} {rule.clinician}",
    )


def interpret(content: Content, facts: Answers, limits: Mapping[str, int]) -> tuple[Truth, ...]:
    """Decide every rule with the interpreter; the generated function must agree."""
    look = Look(facts, limits)
    return tuple(weigh(rule.when, look).truth for rule in content.rules)
