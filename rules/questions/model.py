"""What is asked: steps, pages, questions and their options."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rules.conditions.tree import Condition
from rules.kinds import EMPTY_TOKENS, NOT_SURE, UNKNOWN_TOKENS, Kind


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in a source something stands."""

    source: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered."""

    token: str
    label: str
    exclusive: bool = False  # cannot stand beside another tick
    meaning: str = "known"  # known | unknown | empty


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or one field of an entry.

    ``low`` and ``high`` bound a number; ``odd_below`` and ``odd_above`` are possible
    but worth a second look. ``ask_if`` asks unless its condition surely fails, or,
    with ``only_if_sure``, only when it surely holds.
    """

    id: str
    kind: Kind
    ask: str = ""
    hint: str = ""
    short: str = ""
    thing: str = ""
    options: tuple[Option, ...] = ()
    unit: str = ""
    low: int | float | None = None
    high: int | float | None = None
    decimals: int = 0
    odd_below: int | None = None
    odd_above: int | None = None
    above: str = ""
    may_skip: bool = False
    longest: int = 0
    ask_if: Condition | None = None
    only_if_sure: bool = False
    fields: tuple["Question", ...] = ()
    most: int = 0
    sources: tuple[Citation, ...] = ()
    ranges: tuple[tuple[str, tuple[int, int]], ...] = ()
    # From the above: every answer of every request is looked up here.
    tokens: tuple[str, ...] = field(init=False, repr=False, compare=False)
    fields_by_id: Mapping[str, "Question"] = field(init=False, repr=False, compare=False)
    offered: Mapping[str, Option] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Note which options and fields there are, by their names."""
        offered = {option.token: option for option in self.options}
        object.__setattr__(self, "offered", offered)
        object.__setattr__(self, "tokens", tuple(offered))
        object.__setattr__(self, "fields_by_id", {one.id: one for one in self.fields})

    def option(self, token: str) -> Option | None:
        """One option, or None when it is not offered."""
        return self.offered.get(token)

    def readable_fields(self) -> dict[str, "Question"]:
        """The fields that a condition may read, the derived one included."""
        fields = dict(self.fields_by_id)
        if {"med", "dose_mg"} <= fields.keys():
            fields[DOSE_ADEQUATE.id] = DOSE_ADEQUATE
        return fields


def meaning(kind: Kind, token: str) -> str:
    """Say what an option tells: something, nothing, or that there is nothing."""
    if token in UNKNOWN_TOKENS:
        return "unknown"
    return "empty" if kind is Kind.MANY and token in EMPTY_TOKENS else "known"


# Looked up, never asked: whether the dose of a trial was enough (``medicines.yaml``).
DOSE_ADEQUATE = Question(
    id="dose_adequate",
    kind=Kind.ONE,
    options=tuple(
        Option(token, token, meaning=meaning(Kind.ONE, token)) for token in ("yes", "no", NOT_SURE)
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one screen."""

    id: str
    step: int
    title: str
    lead: str
    sensitive: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One of the sections of the form."""

    id: str
    number: int
    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Questionnaire:
    """Every step, in order."""

    steps: tuple[Step, ...]

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Every page, in order."""
        return tuple(page for step in self.steps for page in step.pages)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Every question, in order."""
        return {question.id: question for page in self.pages for question in page.questions}

    @cached_property
    def above_another(self) -> tuple[Question, ...]:
        """The questions whose number must be above that of another one."""
        return tuple(question for question in self.by_id.values() if question.above)

    @cached_property
    def _pages_by_id(self) -> dict[str, Page]:
        return {page.id: page for page in self.pages}

    def question(self, name: str) -> Question:
        """The question with this id; KeyError when there is none."""
        return self.by_id[name]

    def page(self, name: str) -> Page:
        """The page with this id; KeyError when there is none."""
        return self._pages_by_id[name]
