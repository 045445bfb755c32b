"""The proofs speak of the program that runs: filled in with answers, they say what it says."""

import random
from collections import Counter

import rules
from rules.engine import interpret
from rules.logic import NO, UNKNOWN, YES
from rules.proof import Proof
from rules.proof.given import decide
from tests.rules.drawing import CONTENT, QUESTIONS

PATIENTS = 820


def drawn(draw: random.Random, question: rules.Question) -> rules.Value:
    """Any answer that a question takes, about one in seven of them none."""
    if draw.random() < 0.15:
        return None
    match question.kind:
        case rules.Kind.ONE:
            return draw.choice(question.tokens)
        case rules.Kind.MANY:
            return ticked(draw, question)
        case rules.Kind.NUMBER:
            return draw.randint(int(question.low or 1), int(question.high or 0))
        case rules.Kind.ENTRIES:
            fields, times = question.fields, draw.choice((0, 1, 2, 3, 5))
            return tuple({field.id: drawn(draw, field) for field in fields} for _ in range(times))
    return "some words"


def ticked(draw: random.Random, question: rules.Question) -> tuple[str, ...]:
    """One tick, or any ticks that may stand beside each other."""
    if draw.random() < 0.5:
        return (draw.choice(question.tokens),)
    plain = [option.token for option in question.options if option.meaning != "empty"]
    return tuple(token for token in plain if draw.random() < 0.3)


def clinic(draw: random.Random) -> rules.Limits:
    """Limits that a clinic may set."""
    values = {name: draw.randint(limit.low, limit.high) for name, limit in CONTENT.limits.items()}
    try:
        return CONTENT.limits.with_values(values)
    except rules.LimitError:
        return CONTENT.limits


def test_the_encoding_the_function_and_the_interpreter_agree_on_any_answers(proof: Proof) -> None:
    """On over 60,000 results, with unknown answers and limits of a clinic."""
    draw, seen = random.Random(22), Counter[int]()

    for number in range(PATIENTS):
        answers = {name: drawn(draw, question) for name, question in QUESTIONS.items()}
        limits = clinic(draw)
        facts = rules.walk(CONTENT, answers, limits).facts
        decided = CONTENT.decide(facts, limits.values_in_order)

        proven = decide(proof.form, answers, limits.numbers)

        assert decided == tuple(proven[rule.id] for rule in CONTENT.rules), number
        assert decided == interpret(CONTENT, facts, limits.numbers), number
        seen.update(decided)
    assert sum(seen.values()) >= 60_000
    assert min(seen[held] for held in (YES, NO, UNKNOWN)) > 5_000
