"""Answers put into words."""

from collections.abc import Mapping

from rules.content import Content
from rules.kinds import Kind, Value
from rules.questions.model import Question


def say(content: Content, question: Question | str, value: Value) -> str:
    """Put an answer into the words that the patient saw, with its unit."""
    asked = content.questionnaire.question(question) if isinstance(question, str) else question
    if value is None or value in ((), ""):
        return content.words.shown_unanswered["not_answered"]
    match asked.kind:
        case Kind.ONE:
            return _label(asked, value)
        case Kind.MANY:
            return ", ".join(_label(asked, token) for token in _each(value))
        case Kind.NUMBER:
            unit = content.words.units.get(asked.unit, asked.unit)
            return f"{value} {unit}".rstrip()
        case Kind.TEXT:
            return str(value)
        case Kind.ENTRIES:
            return "; ".join(_entry(content, asked, entry) for entry in _each(value))


def _each(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _label(question: Question, token: object) -> str:
    option = question.option(str(token))
    return option.label if option else str(token)


def _entry(content: Content, question: Question, entry: object) -> str:
    given = entry if isinstance(entry, Mapping) else {}
    said = [
        say(content, field, given[field.id])
        for field in question.fields
        if given.get(field.id) not in (None, (), "")
    ]
    return ", ".join(said)
