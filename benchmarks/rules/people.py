"""Patients for the benchmarks, and what the rules look at: the same for every contestant."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rules
from rules.conditions.checks import nodes
from rules.conditions.tree import Band, Ref
from rules.kinds import UNKNOWN_TOKENS, Kind

CASES = Path(__file__).parents[2] / "tests" / "cases"
Facts = dict[str, Any]
UNASKED: dict[Kind, Any] = {Kind.MANY: [], Kind.ENTRIES: [], Kind.NUMBER: 0}


def complete(content: rules.Content, seed: int) -> dict[str, Any]:
    """A patient who answered everything, with something to say here and there."""
    choose = random.Random(seed)  # noqa: S311 - patients, not secrets
    answers: dict[str, Any] = json.loads((CASES / "base.json").read_text("utf-8"))
    for question in content.questionnaire.by_id.values():
        known = [option.token for option in question.options if option.meaning != "unknown"]
        if question.kind is Kind.ONE and (question.id not in answers or choose.random() < 1 / 5):
            answers[question.id] = choose.choice(known)
        if question.kind is Kind.MANY and (question.id not in answers or choose.random() < 1 / 5):
            answers[question.id] = [choose.choice(known)]
    trials = answers["med_trials"] * choose.randint(1, 2)
    answers["med_trials"] = [trial | trial_of(content, choose) for trial in trials]
    answers["bp_systolic"] = choose.randint(100, 200)
    answers["age_years"] = choose.randint(16, 80)
    return answers


def trial_of(content: rules.Content, choose: random.Random) -> dict[str, str]:
    """How long a medicine was taken, whether most days, and whether it helped."""
    found = {}
    for field in content.questionnaire.question("med_trials").fields:
        if field.id in {"duration", "helped", "taken_most_days"}:
            known = [option.token for option in field.options if option.meaning != "unknown"]
            found[field.id] = choose.choice(known)
    return found


def with_gaps(content: rules.Content, seed: int, share: float) -> dict[str, Any]:
    """The same patient, with a share of the answers left empty; of each trial as well."""
    choose = random.Random(seed)  # noqa: S311 - patients, not secrets

    def gapped(answers: dict[str, Any]) -> dict[str, Any]:
        return {
            name: None
            if choose.random() < share
            else [gapped(entry) for entry in value]
            if name == "med_trials"
            else value
            for name, value in answers.items()
        }

    return gapped(complete(content, seed))


def facts_of(content: rules.Content, raw: dict[str, Any]) -> Facts:
    """What the rules look at, worked out beforehand: no contestant pays for the path."""
    return rules.walk(content, rules.read_answers(content, raw)).facts


@dataclass(frozen=True)
class Plain:
    """Facts as somebody would hand them to a program that knows nothing of this one.

    A question that was not asked has an empty answer, as in the rules written by hand; what is not
    known is None. A band, such as "6 to 8 weeks", is the number of weeks that it starts with.
    Only what the rules read is handed over.
    """

    content: rules.Content
    read: tuple[Ref, ...]
    bands: dict[str, dict[str, int]]

    @classmethod
    def of(cls, content: rules.Content) -> "Plain":
        """Look up what the rules read."""
        found = [node for rule in content.rules for node in nodes(rule.when)]
        refs = {ref for node in found for ref in refs_of(node) if not ref.in_entry}
        bands = {
            node.ref.id: {token: low for token, (low, _) in node.ranges}
            for node in found
            if isinstance(node, Band)
        }
        return cls(content, tuple(sorted(refs, key=lambda ref: ref.id)), bands)

    def __call__(self, facts: Facts) -> Facts:
        """One patient."""
        return {ref.id: self.answer(facts, ref) for ref in self.read}

    def answer(self, facts: Facts, ref: Ref) -> Any:  # noqa: ANN401 - an answer
        """One answer."""
        if ref.id not in facts:
            return UNASKED.get(ref.kind, "")
        value = facts[ref.id]
        if ref.kind is Kind.ENTRIES:
            return [self.entry(entry) for entry in value] if value else None
        return self.known(ref.id, value)

    def entry(self, entry: Facts) -> Facts:
        """One entry of a list."""
        return {name: self.known(name, value) for name, value in entry.items()}

    def known(self, name: str, value: Any) -> Any:  # noqa: ANN401 - an answer
        """An answer, or None where it does not say."""
        if isinstance(value, tuple):
            return list(value) if value and not set(UNKNOWN_TOKENS) & set(value) else None
        known = None if value in {"", *UNKNOWN_TOKENS} else value
        return self.bands[name].get(known) if known and name in self.bands else known


def refs_of(node: object) -> Iterable[Ref]:
    """The questions that a node itself reads."""
    parts = (getattr(node, name) for name in getattr(node, "__slots__", ()))
    return [part for part in parts if isinstance(part, Ref)]
