"""The door: answers from outside are checked here, once, and nothing is guessed."""

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from rules.faults import did_you_mean
from rules.kinds import UNKNOWN_TOKENS, Answers, Kind, Value
from rules.questions.model import Question, Questionnaire

# Control characters and halves of characters; line ends and tabs are fine.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class AnswerError(ValueError):
    """An answer that cannot be read; ``where`` names it, ``message`` says why."""

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.where, self.message = where, message


def read(
    questionnaire: Questionnaire, raw: object, known: Answers = MappingProxyType({})
) -> dict[str, Value]:
    """Read answers as JSON gives them.

    Args:
        questionnaire: what was asked.
        raw: question id to answer. None, or an absent id, is no answer.
        known: what the same raw answers were read as before; these are not read again.

    Returns:
        The answers; ticks in the order in which they are offered, entries with every field.

    Raises:
        AnswerError: an unknown id, a wrong type, an option that is not offered, a number out
            of range, or answers that contradict each other.
    """
    if not isinstance(raw, Mapping):
        raise AnswerError("", "the answers are not an object of question ids and answers")
    questions = questionnaire.by_id
    answers: dict[str, Value] = {}
    for name, value in raw.items():
        if name not in questions:
            hint = did_you_mean(str(name), questions, "see the list of questions")
            raise AnswerError(_shown(name), f"there is no question with this id; {hint}")
        answers[name] = known[name] if name in known else _value(questions[name], value, name)
    for question in questionnaire.above_another:
        _check_above(question, answers)
    return answers


def _shown(name: object) -> str:
    """An id from outside, short and on one line."""
    return ascii(name)[:60]


def _value(question: Question, value: object, where: str) -> Value:
    return None if value is None else READERS[question.kind](question, value, where)


def _one(question: Question, value: object, where: str) -> str:
    if not isinstance(value, str):
        raise AnswerError(where, f"one option is expected, not {_type(value)}")
    option = question.offered.get(value)
    if option is None:
        offered = ", ".join(question.tokens)
        hint = did_you_mean(value, question.tokens, f"it offers {offered}")
        raise AnswerError(where, f"the option {_shown(value)} is not offered; {hint}")
    return option.token  # the very text that conditions look up, and not one that is equal to it


def _many(question: Question, value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise AnswerError(where, f"a list of options is expected, not {_type(value)}")
    if len(value) > len(question.options):
        raise AnswerError(where, "there are more options than are offered")
    try:
        ticks = [question.offered[tick].token for tick in value]
    except (KeyError, TypeError):  # one of them is none: say which
        ticks = [_one(question, tick, f"{where}[{index}]") for index, tick in enumerate(value)]
    if len(ticks) < 2:  # noqa: PLR2004 - nothing to contradict, and nothing to put in order
        return tuple(ticks)
    if twice := next((tick for tick in ticks if ticks.count(tick) > 1), None):
        raise AnswerError(where, f"the option '{twice}' is listed twice")
    alone = [
        option.token
        for option in question.options
        if option.token in ticks and option.exclusive and option.token not in UNKNOWN_TOKENS
    ]
    if alone and len(ticks) > 1:
        raise AnswerError(where, f"'{alone[0]}' cannot stand beside another option")
    return tuple([token for token in question.tokens if token in ticks])


def _number(question: Question, value: object, where: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise AnswerError(where, f"a number is expected, not {_type(value)}")
    if isinstance(value, float) and not math.isfinite(value):
        raise AnswerError(where, "this is not a number")
    low, high = question.low or 0, question.high or 0
    if not low <= value <= high:
        unit = f" {question.unit}" if question.unit else ""
        raise AnswerError(where, f"the number must be from {low:g} to {high:g}{unit}")
    if question.decimals == 0 and not isinstance(value, int):
        raise AnswerError(where, "a whole number is expected")
    if round(value, question.decimals) != value:
        raise AnswerError(where, f"at most {question.decimals} decimal place is kept")
    return int(value) if value == int(value) else value


def _text(question: Question, value: object, where: str) -> str:
    if not isinstance(value, str):
        raise AnswerError(where, f"a text is expected, not {_type(value)}")
    if len(value) > question.longest:
        what = f"the text has {len(value)} characters, more than {question.longest}"
        raise AnswerError(where, what)
    if UNPRINTABLE.search(value):
        raise AnswerError(where, "the text holds a character that cannot be printed")
    return value


def _entries(question: Question, value: object, where: str) -> tuple[dict[str, Value], ...]:
    if not isinstance(value, list | tuple):
        raise AnswerError(where, f"a list of entries is expected, not {_type(value)}")
    if len(value) > question.most:
        raise AnswerError(where, f"there are {len(value)} entries, more than {question.most}")
    entries = []
    for index, entry in enumerate(value):
        try:
            entries.append(_entry(question, entry))
        except AnswerError as error:
            place = f"{where}[{index}]"
            place = f"{place}.{error.where}" if error.where else place
            raise AnswerError(place, error.message) from None
    return tuple(entries)


def _entry(question: Question, value: object) -> dict[str, Value]:
    if not isinstance(value, Mapping):
        raise AnswerError("", f"an entry with fields is expected, not {_type(value)}")
    fields = question.fields_by_id
    for name in value:
        if name not in fields:
            hint = did_you_mean(str(name), fields, f"there are {', '.join(fields)}")
            raise AnswerError(_shown(name), f"an entry has no such field; {hint}")
    return {name: _value(field, value.get(name), name) for name, field in fields.items()}


READERS: Mapping[Kind, Callable[[Question, object, str], Value]] = {
    Kind.ONE: _one,
    Kind.MANY: _many,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.ENTRIES: _entries,
}


def _check_above(question: Question, answers: Answers) -> None:
    larger, smaller = answers.get(question.id), answers.get(question.above)
    if not isinstance(larger, int | float) or not isinstance(smaller, int | float):
        return
    if larger <= smaller:
        raise AnswerError(question.id, f"the number must be above {question.above} ({smaller:g})")


def _type(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list() | tuple():
            return "a list"
        case Mapping():
            return "an object"
        case _:
            return f"a {type(value).__name__}"
