"""One field for each kind of question. They read what was sent; macros draw them.

A field has `.question`, `.data` (the answer, or None for none), `.errors`, and `.raw`, what was
typed. Nothing that a browser can send makes a field raise: it is an answer, or an error in words.
"""

# ruff: noqa: ANN401 - WTForms holds data of any type in a field

from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation

from rules import Question
from screener.web.typed import prose
from screener.wizard import reading, wording
from screener.wizard.listed import Listed, listed

Raw = list[str]


class QuestionField(Field):
    """A field that asks one declared question."""

    raw = ""
    typed: dict[str, str] | None = None

    def __init__(self, question: Question, **bound: Any) -> None:
        super().__init__(label=question.ask, description=question.hint, **bound)
        self.question = question
        self.data: Any = None

    @property
    def missing(self) -> bool:
        """Whether the person gave no answer at all."""
        return self.data is None and not self.process_errors

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the inputs that this field reads."""
        return (self.name,)

    @property
    def told(self) -> Any:
        """Return what the person said, as far as it can be told, even beside a slip."""
        return self.data

    def process_data(self, value: Any) -> None:
        """Take the answer that was kept."""
        self.data = value

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 - WTForms' signature
        """Stop at the first slip; a question is answered, or left out on purpose."""
        if self.process_errors:
            raise StopValidation
        if self.missing and not self.question.may_skip:
            raise StopValidation(wording.missing(self.question))


class OneField(QuestionField):
    """Pick one option. A token that is not offered is no answer."""

    @property
    def listed(self) -> list[Listed]:
        """The options as a list to pick from: each medicine also by its brand names."""
        return listed(self.question.options, self.data)

    def process_formdata(self, valuelist: Raw) -> None:
        """Take the first token that the question offers."""
        offered = {option.token for option in self.question.options}
        self.data = next((token for token in valuelist if token in offered), None)


class ManyField(QuestionField):
    """Pick any number of options; "none of these" stands alone."""

    def process_formdata(self, valuelist: Raw) -> None:
        """Take the offered tokens, in the order of the question."""
        sent = set(valuelist)
        chosen = [option for option in self.question.options if option.token in sent]
        self.data = [option.token for option in chosen] or None
        alone = [option for option in chosen if option.meaning == "empty"]
        if alone and len(chosen) > 1:
            raise ValueError(wording.clash(alone[0]))

    def process_data(self, value: Any) -> None:
        """Take the answer that was kept."""
        self.data = None if value is None else list(value)

    @property
    def told(self) -> Any:
        """Return the ticks; beside "none of these" they still say what a person has."""
        if not self.process_errors:
            return self.data
        empty = {option.token for option in self.question.options if option.meaning == "empty"}
        return [token for token in self.data if token not in empty] or None


class TextField(QuestionField):
    """Words of the person's own."""

    def process_formdata(self, valuelist: Raw) -> None:
        """Take the text, tidied."""
        self.raw = prose(valuelist[0]) if valuelist else ""
        self.data = self.raw or None
        if len(self.raw) > self.question.longest:
            raise ValueError(wording.too_long(self.question, len(self.raw)))

    def process_data(self, value: Any) -> None:
        """Take the answer that was kept."""
        self.data, self.raw = value, value or ""


class NumberField(QuestionField):
    """A number, typed in digits."""

    def process_formdata(self, valuelist: Raw) -> None:
        """Read the number; keep what was typed."""
        self.raw = line(valuelist)
        self.data = None
        if self.raw:
            value = self.number(self.raw, self.question.unit)
            self.data = within(self.question, value)

    def process_data(self, value: Any) -> None:
        """Take the answer that was kept."""
        self.data, self.raw = value, "" if value is None else f"{value:g}"

    def number(self, text: str, unit: str) -> int | float:
        """Read the text as a number, or say how it must look."""
        try:
            return reading.number(text, unit, self.question.decimals)
        except reading.NotANumber as slip:
            raise ValueError(wording.not_a_number(self.question)) from slip


def within(question: Question, value: float) -> float:
    """Return the value when the question accepts it, else say which values it takes."""
    low, high = question.low, question.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(wording.out_of_range(question))
    return value


def line(valuelist: Raw) -> str:
    """Return what was typed in a box, as one line."""
    return " ".join(prose(valuelist[0]).split()) if valuelist else ""
