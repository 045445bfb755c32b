"""From answers to findings: which rules fired, which nobody can decide, and why."""

from collections.abc import Collection, Iterable, Mapping
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
    limits = limits or content.limits
    return _result(_found(content, walk(content, answers, limits), limits, content.rules))


def interrupting(
    content: Content,
    path: Path,
    limits: Limits | None = None,
    on: Collection[str] | None = None,
) -> tuple[Finding, ...]:
    """Evaluate the rules that put help before the next question, where there is an answer to read.

    Asked after every page: nothing is spent on the reasons of all other rules, nor on a path that
    was walked already.

    Args:
        content: as ``load`` returned it.
        path: as ``walk`` returned it, with the same limits.
        limits: a clinic's limits; the content's own when there are none.
        on: only the rules that read one of these questions; all when it is None.
    """
    reads = [rule for rule in content.rules if rule.block and _reads(rule, on)]
    answered = {name for name, value in path.counted.items() if value is not None} if reads else ()
    asked = [rule for rule in reads if not rule.reads.isdisjoint(answered)]
    return tuple(_found(content, path, limits or content.limits, asked)) if asked else ()


def _reads(rule: Rule, on: Collection[str] | None) -> bool:
    return on is None or not rule.reads.isdisjoint(on)


def _found(content: Content, path: Path, limits: Limits, among: Iterable[Rule]) -> list[Finding]:
    """What some rules find, in the order in which it is shown."""
    truths = content.decide(path.facts, limits.values_in_order)
    held = {rule.id: truth for rule, truth in zip(content.rules, truths, strict=True)}
    look = Look(path.facts, limits.numbers)
    found = [
        _finding(content, rule, held[rule.id], look)
        for rule in among
        if held[rule.id] == YES or (held[rule.id] == UNKNOWN and rule.if_unknown)
    ]
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


def holds(content: Content, name: str, facts: Answers) -> bool | None:
    """Say whether a condition that has a name holds; None when the answers do not decide it.

    Args:
        content: as ``load`` returned it.
        name: as it stands under ``define:``.
        facts: each question that it reads; None for one without an answer.

    Raises:
        KeyError: there is no condition of that name.
    """
    found = weigh(content.definitions[name], Look(facts, content.limits.numbers)).truth
    return None if found == UNKNOWN else found == YES


def interpret(content: Content, facts: Answers, limits: Mapping[str, int]) -> tuple[Truth, ...]:
    """Decide every rule with the interpreter; the generated function must agree."""
    look = Look(facts, limits)
    return tuple(weigh(rule.when, look).truth for rule in content.rules)
