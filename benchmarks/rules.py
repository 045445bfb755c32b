"""How long the rules take: generated, interpreted with reasons, and written by hand.

One run; the contestants take turns, in an order that is turned each round, on the same
patients; medians of the rounds. First they must agree. Run: python -m benchmarks.rules
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rules
from benchmarks import by_hand
from rules.interpreter import weigh
from rules.kinds import Kind
from rules.logic import NO, YES
from rules.look import Look

PATIENTS, ROUNDS = 200, 31
CASES = Path(__file__).parents[1] / "tests" / "cases"
Facts = dict[str, Any]


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
    answers["bp_systolic"] = choose.randint(100, 200)
    answers["age_years"] = choose.randint(16, 80)
    return answers


def facts_of(content: rules.Content, raw: dict[str, Any]) -> Facts:
    """What the rules look at, worked out beforehand: no contestant pays for the path."""
    return rules.walk(content, rules.read_answers(content, raw)).facts


def contestants(content: rules.Content) -> dict[str, Callable[[Facts], object]]:
    """Each takes the facts of one patient and decides every rule."""
    limits, values = content.limits.numbers, content.limits.values_in_order
    conditions = [rule.when for rule in content.rules]

    def generated(facts: Facts) -> object:
        return content.decide(facts, values)

    def generated_then_reasons(facts: Facts) -> object:
        look = Look(facts, limits)
        truths = content.decide(facts, values)
        return [weigh(conditions[n], look).because for n, held in enumerate(truths) if held]

    def interpreted(facts: Facts) -> object:
        look = Look(facts, limits)
        return [weigh(condition, look) for condition in conditions]

    return {
        "by hand, known answers only": lambda facts: by_hand.decide(facts, limits),
        "generated, three-valued": generated,
        "generated, and reasons for what fired": generated_then_reasons,
        "interpreted, with every reason": interpreted,
    }


def agree(content: rules.Content, patients: list[Facts]) -> None:
    """Stop unless all decide alike."""
    limits = content.limits.numbers
    for facts in patients:
        hand = tuple(YES if held else NO for held in by_hand.decide(facts, limits))
        generated = content.decide(facts, content.limits.values_in_order)
        interpreted = tuple(weigh(rule.when, Look(facts, limits)).truth for rule in content.rules)
        if not hand == generated == interpreted:
            both = zip(content.rules, hand, generated, interpreted, strict=True)
            differing = [(rule.id, *held) for rule, *held in both if len(set(held)) > 1]
            sys.exit(f"the contestants do not agree: {differing}")


def timed(decide: Callable[[Facts], object], patients: list[Facts]) -> float:
    """Microseconds a patient."""
    start = time.perf_counter()
    for facts in patients:
        decide(facts)
    return (time.perf_counter() - start) / len(patients) * 1e6


def main() -> None:
    """Agree first, then race, then print the table."""
    content = rules.load()
    patients = [facts_of(content, complete(content, seed)) for seed in range(PATIENTS)]
    agree(content, patients)
    racers = contestants(content)
    times: dict[str, list[float]] = {name: [] for name in racers}
    for turn in range(ROUNDS):
        names = list(racers) if turn % 2 else list(reversed(racers))
        for name in names:
            times[name].append(timed(racers[name], patients))
    medians = {name: statistics.median(found) for name, found in times.items()}
    least = medians["by hand, known answers only"]
    print(
        f"{len(content.rules)} rules, {PATIENTS} patients, median of {ROUNDS} rounds; all agree\n"
    )
    print(f"{'':40}{'µs a patient':>14}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:40}{median:14.1f}{median / least:8.2f}")


if __name__ == "__main__":
    main()
