"""Anyone: answer sets drawn from a seed, quickly and by the thousand, many answers unknown."""

import random
from collections.abc import Iterator

import rules

SILENT = ("not_sure", "prefer_not")
Answers = dict[str, rules.Value]


def people(
    content: rules.Content, count: int, seed: int, calm: rules.Answers, *, unknown: float = 0.15
) -> Iterator[Answers]:
    """Draw people; each is calm in about half of what is asked, and silent in some of it."""
    draw = random.Random(seed)
    for _ in range(count):
        person = {
            name: _answer(draw, question, calm.get(name), unknown)
            for name, question in content.questionnaire.by_id.items()
        }
        yield rules.read_answers(content, _in_order(person))


def _in_order(person: Answers) -> Answers:
    low, high = person.get("bp_diastolic"), person.get("bp_systolic")
    if isinstance(low, int) and isinstance(high, int) and high <= low:
        person["bp_diastolic"] = None
    return person


def _answer(  # noqa: PLR0911 - one for each kind
    draw: random.Random, question: rules.Question, calm: rules.Value, unknown: float
) -> rules.Value:
    if draw.random() < unknown:
        return silence(draw, question)
    if draw.random() < 0.4:
        return calm
    match question.kind:
        case rules.Kind.ONE:
            return draw.choice(question.tokens)
        case rules.Kind.MANY:
            return _ticks(draw, question)
        case rules.Kind.NUMBER:
            return _number(draw, question)
        case rules.Kind.TEXT:
            return None
        case rules.Kind.ENTRIES:
            entries = range(draw.choice((0, 1, 2, 3, 5)))
            return tuple(_entry(draw, question, calm, unknown) for _ in entries)


def silence(draw: random.Random, question: rules.Question) -> rules.Value:
    """One of the ways of not saying."""
    token = draw.choice([None, *(token for token in SILENT if question.option(token))])
    return (token,) if token and question.kind is rules.Kind.MANY else token


def _ticks(draw: random.Random, question: rules.Question) -> tuple[str, ...]:
    alone = [option.token for option in question.options if option.meaning == "empty"]
    if alone and draw.random() < 0.3:
        return (draw.choice(alone),)
    plain = [option.token for option in question.options if option.meaning != "empty"]
    return tuple(token for token in plain if draw.random() < 0.25)


def _number(draw: random.Random, question: rules.Question) -> rules.Value:
    edges = [17, 18, 24, 25, 64, 65, 79, 80, 89, 90, 119, 120, 129, 130, 139, 140, 149, 179, 180]
    low, high = int(question.low or 1), int(question.high or 0)
    near = [edge for edge in edges if low <= edge <= high]
    return draw.choice(near) if near and draw.random() < 0.5 else draw.randint(low, high)


def _entry(
    draw: random.Random, question: rules.Question, calm: rules.Value, unknown: float
) -> dict[str, rules.Value]:
    known = calm[0] if isinstance(calm, tuple) and isinstance(calm[0], dict) else {}
    return {
        field.id: _answer(draw, field, known.get(field.id), unknown) for field in question.fields
    }
