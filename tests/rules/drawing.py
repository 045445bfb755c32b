"""Drawn patients: a known start, and some answers changed in any way that can be answered."""

import functools
import math
from typing import Any

from hypothesis import strategies as st

import rules
from tests.rules.patients import BASE, PAIRS, WORKED

CONTENT = rules.load()
QUESTIONS = CONTENT.questionnaire.by_id
SILENT = ("not_sure", "prefer_not")

Answers = dict[str, rules.Value]


def unknowns(question: rules.Question) -> list[rules.Value]:
    """Every way of not saying."""
    tokens = [token for token in SILENT if question.option(token)]
    many = question.kind is rules.Kind.MANY
    return [None, *((token,) if many else token for token in tokens)]


def calm(question: rules.Question) -> rules.Value:
    """The answer that raises nothing (``no``, or none of these); None when there is no such."""
    for token in ("no", "none"):
        if question.option(token):
            return (token,) if question.kind is rules.Kind.MANY else token
    return None


@functools.cache
def values(question: rules.Question) -> st.SearchStrategy[Any]:
    """Any answer that a question takes, no answer included."""
    tokens = list(question.tokens)
    match question.kind:
        case rules.Kind.ONE:
            return st.sampled_from([*tokens, None])
        case rules.Kind.MANY:
            return st.sampled_from([None, *((token,) for token in tokens)]) | _ticks(question)
        case rules.Kind.NUMBER:
            return st.none() | _numbers(question)
        case rules.Kind.TEXT:
            return st.sampled_from([None, "some words"])
        case rules.Kind.ENTRIES:
            fields = {field.id: values(field) for field in question.fields}
            entries = st.lists(st.fixed_dictionaries(fields), max_size=4)
            return st.none() | entries.map(tuple)


def _numbers(question: rules.Question) -> st.SearchStrategy[Any]:
    """Any number from the lowest to the highest, with as many places as the question allows."""
    parts = 10**question.decimals
    low, high = (math.ceil((question.low or 0) * parts), math.floor((question.high or 0) * parts))
    counted = st.integers(low, high)
    return counted.map(lambda number: number / parts) if question.decimals else counted


def _ticks(question: rules.Question) -> st.SearchStrategy[Any]:
    plain = [option.token for option in question.options if option.meaning != "empty"]
    ticked = st.sets(st.sampled_from(plain), max_size=4)
    return ticked.map(lambda chosen: tuple(token for token in plain if token in chosen))


def _start(differs: dict[str, Any]) -> Answers:
    return rules.read_answers(CONTENT, BASE | differs)


UNSURE: Answers = {name: unknowns(question)[-1] for name, question in QUESTIONS.items()}
STARTS = [
    {},
    UNSURE,
    *(_start(case["answers"]) for case in WORKED),
    *(_start(pair["fires"]) for pair in PAIRS.values()),
]


CHANGED = st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=8, unique=True)
LIMITS = st.fixed_dictionaries(
    {
        name: st.sampled_from(sorted({limit.low, limit.default, limit.high}))
        for name, limit in CONTENT.limits.items()
    }
)


@st.composite
def patients(draw: st.DrawFn) -> Answers:
    """A known patient with up to eight answers changed or taken away."""
    answers = dict(draw(st.sampled_from(STARTS)))
    for name in draw(CHANGED):
        answers[name] = draw(values(QUESTIONS[name]))
    low, high = answers.get("bp_diastolic"), answers.get("bp_systolic")
    if isinstance(low, int) and isinstance(high, int) and high <= low:
        answers["bp_systolic"] = None
    return answers


@st.composite
def clinics(draw: st.DrawFn) -> rules.Limits:
    """Limits that a clinic may set; the shipped ones when a draw breaks an order."""
    drawn = draw(LIMITS)
    try:
        return CONTENT.limits.with_values(drawn)
    except rules.LimitError:
        return CONTENT.limits


def rank(result: rules.Result) -> tuple[int, int]:
    """How calm a result is: the level, then the crisis block; smaller is more urgent."""
    return result.level.rank, ("full", "soft", "none").index(result.crisis)


def evaluate(answers: Answers, limits: rules.Limits | None = None) -> rules.Result:
    return rules.evaluate(CONTENT, answers, limits)


def asked(answers: Answers) -> frozenset[str]:
    return rules.walk(CONTENT, answers).asked
