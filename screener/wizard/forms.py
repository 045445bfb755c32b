"""The form of a page, made from the questions it asks."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from werkzeug.datastructures import MultiDict
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from rules import Kind, Question
from screener.wizard import wording
from screener.wizard.fields import ManyField, NumberField, OneField, QuestionField, TextField
from screener.wizard.landmarks import CONSENT
from screener.wizard.measures import OTHERS, MeasureField

Answers = Mapping[str, Any]
Sent = MultiDict[str, str]
FIELDS: dict[Kind, type[QuestionField]] = {
    Kind.ONE: OneField,
    Kind.MANY: ManyField,
    Kind.NUMBER: NumberField,
    Kind.TEXT: TextField,
}
TRIES = 3
LISTED = 12  # more options than this are a list to pick from
# What does not fit a box is kept all the same, but not without end: it lies in the database.
LONGEST_LINE, TIMES_TOO_LONG = 200, 5


class PageForm(BaseForm):
    """The fields of one page, in order.

    Built on BaseForm, whose fields are items and not attributes: a question may have any id.
    """

    def __init__(self, questions: Iterable[Question]) -> None:
        asked = [question for question in questions if question.kind in FIELDS]
        fields: dict[str, Any] = {question.id: field_for(question) for question in asked}
        super().__init__(fields, meta=NoCsrf())
        self.tries = 0

    def __iter__(self) -> Iterator[QuestionField]:
        """Iterate over the fields, in the order of the page."""
        return cast("Iterator[QuestionField]", iter(self._fields.values()))

    def show(self, answers: Answers, typed: Mapping[str, Any]) -> None:
        """Fill in the answers that were kept, each as it was typed."""
        self.process(data=dict(answers))
        for field in self:
            if isinstance(field, MeasureField) and field.question.id in typed:
                field.show_typed(typed[field.question.id])

    def read(self, sent: Sent, *, check: bool = True) -> None:
        """Read what a browser sent; with `check`, say what to put right."""
        self.process(sent)
        if not check:
            return
        self.validate()
        self._compare()
        self._count(1 + _small(sent.get("tries", "")))

    def leave_empty(self) -> None:
        """Leave empty what cannot be kept, as the person has asked for."""
        for field in self.may_be_empty:
            field.data, field.errors, field.typed = None, [], None

    def point_out(self, absent: Iterable[str], typed: Mapping[str, Any], *, tries: str) -> None:
        """Say what is still to answer or to put right, with what was typed there."""
        for field in self:
            raw = typed.get(field.question.id, {}).get("raw")
            if raw is not None or field.question.id in absent:
                field.process(MultiDict(raw or {}))
                field.validate(self)
        self._compare()
        self._count(_small(tries))

    @property
    def slips(self) -> list[QuestionField]:
        """The fields that cannot be kept as they are."""
        return [field for field in self if field.errors]

    @property
    def may_be_empty(self) -> list[QuestionField]:
        """The slips that a person may leave empty: all but the consent to go on."""
        return [field for field in self.slips if field.question.id != CONSENT]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where each slip is and what to do, for the summary on top of the page."""
        return [(f"#{anchor(field.question)}", str(field.errors[0])) for field in self.slips]

    @property
    def readable(self) -> dict[str, Any]:
        """The answers that can be kept."""
        return {field.question.id: field.data for field in self if not field.errors}

    @property
    def told(self) -> dict[str, Any]:
        """What the person said, slips or not: only to see whether help must come first."""
        said = {field.question.id: field.told for field in self}
        return {question_id: value for question_id, value in said.items() if value is not None}

    @property
    def typed(self) -> dict[str, Any]:
        """How the answers were typed, where that differs from what is kept."""
        kept = {field.question.id: field.typed for field in self if field.typed}
        return kept | {field.question.id: {"raw": self._sent(field)} for field in self.slips}

    def _sent(self, field: QuestionField) -> dict[str, list[str]]:
        most = max(LONGEST_LINE, TIMES_TOO_LONG * field.question.longest)
        if isinstance(field, MeasureField):
            return {box.name: [box.value[:most]] for box in field.boxes}
        ticks = field.data if isinstance(field, ManyField) else None
        return {field.name: [field.raw[:most]] if field.raw else list(ticks or ())}

    def _count(self, tries: int) -> None:
        """After three tries, each slip also says that it may be left open."""
        self.tries = tries if self.slips else 0
        if self.tries >= TRIES:
            for field in self.may_be_empty:
                field.errors = [wording.after_three(str(field.errors[0]))]

    def _compare(self) -> None:
        by_id = {field.question.id: field for field in self}
        for field in self:
            other = by_id.get(field.question.above)
            if other is None or field.errors or other.errors or None in (field.data, other.data):
                continue
            if field.data <= other.data:
                field.errors = [wording.not_above(field.question, other.question)]


class NoCsrf(DefaultMeta):
    """The proof against forgery is checked once for each request, not once for each form."""

    csrf = False


def field_for(question: Question) -> QuestionField:
    """Make the (unbound) field that asks one question."""
    if question.kind is Kind.NUMBER and question.unit in OTHERS:
        return MeasureField(question)
    return FIELDS[question.kind](question)


def anchor(question: Question) -> str:
    """Return the id of the first input of a question: where a link to it goes."""
    grouped = question.kind in {Kind.ONE, Kind.MANY} and not is_list(question)
    return f"{question.id}-0" if grouped else question.id


def is_list(question: Question) -> bool:
    """Whether a single answer is picked from a list rather than from buttons."""
    return question.kind is Kind.ONE and len(question.options) > LISTED


def _small(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 2 else 0  # noqa: PLR2004
