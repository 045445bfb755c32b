"""Every page and question as the patient meets them, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

import rules
from rules.english import English
from rules.questions.model import Page
from screener.renderers.sheet import words


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, or one that is asked of each entry of a list."""

    short: str
    ask: str
    hint: str
    answers: str
    when: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page of the form."""

    title: str
    lead: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the form."""

    title: str
    pages: tuple[PageRow, ...]


def steps(content: rules.Content, said: English) -> tuple[StepRow, ...]:
    """All that is asked, step by step."""
    return tuple(
        StepRow(step.title, tuple(_page(content, said, page) for page in step.pages))
        for step in content.questionnaire.steps
        if any(page.questions for page in step.pages)
    )


def _page(content: rules.Content, said: English, page: Page) -> PageRow:
    return PageRow(page.title, page.lead, tuple(_questions(content, said, page)))


def _questions(content: rules.Content, said: English, page: Page) -> Iterator[Asked]:
    for question in page.questions:
        yield _asked(content, said, question)
        for field in question.fields:
            yield _asked(content, said, field, question)


def _asked(
    content: rules.Content,
    said: English,
    question: rules.Question,
    listed: rules.Question | None = None,
) -> Asked:
    short = words.EACH.format(name=question.short) if listed else question.short
    given = answers(content, question)
    return Asked(short, question.ask, question.hint, given, said.asked(question, listed))


def answers(content: rules.Content, question: rules.Question) -> str:
    """What can be answered."""
    match question.kind:
        case rules.Kind.NUMBER:
            unit = content.words.units.get(question.unit, question.unit)
            return words.NUMBER.format(low=question.low, high=question.high, unit=unit).strip()
        case rules.Kind.TEXT:
            return words.TEXT.format(most=question.longest)
        case rules.Kind.ENTRIES:
            return words.ENTRIES.format(most=question.most)
        case _ if len(question.options) == len(content.medicines):
            return words.MEDICINES
        case _:
            return " / ".join(option.label for option in question.options)
