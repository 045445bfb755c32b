"""The summary as plain data: what every renderer prints, and nothing that it must look up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

COPIES = ("patient", "clinician")
PAPERS = ("a4", "letter")

Copy = Literal["patient", "clinician"]
Paper = Literal["a4", "letter"]
Verdictless = Literal["yes", "no", "unclear"]


class State(StrEnum):
    """How a question stands: answered, or why there is no answer."""

    GIVEN = "given"
    NOT_SURE = "not_sure"
    PREFER_NOT = "prefer_not"
    NOT_ANSWERED = "not_answered"


class Picture(Protocol):
    """A logo as the settings hold it."""

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        ...

    @property
    def mime(self) -> str:
        """image/png or image/svg+xml."""
        ...


class Clinic(Protocol):
    """What a summary reads of the clinic's settings."""

    @property
    def name(self) -> str:
        """What patients call it."""
        ...

    @property
    def phone(self) -> str:
        """As it is dialled, or empty."""
        ...

    @property
    def hours(self) -> str:
        """When someone answers, or empty."""
        ...

    @property
    def website(self) -> str:
        """An address, or empty."""
        ...

    @property
    def country(self) -> str:
        """A code such as US, or empty."""
        ...

    @property
    def colour(self) -> str:
        """As "#rrggbb"."""
        ...

    @property
    def logo(self) -> Picture | None:
        """A picture, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as it came from the clinic's file."""

    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class ClinicFace:
    """How the clinic shows itself at the head of a page."""

    name: str
    phone: str = ""
    hours: str = ""
    website: str = ""
    country: str = ""
    colour: str = "#1b5753"
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that a point rests on, in the patient's words."""

    question: str
    label: str
    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A source as a rule names it, and its number in the list at the end."""

    source: str
    section: str
    number: int


@dataclass(frozen=True, slots=True)
class Point:
    """One finding: what was said, why it matters, what to ask."""

    rule: str
    topic: str
    title: str
    level: str
    level_name: str
    undecided: bool
    block: str
    said: tuple[Said, ...]
    patient: str
    ask: str
    clinician: str
    citations: tuple[Citation, ...]

    @property
    def sources(self) -> tuple[int, ...]:
        """Numbers into the list of sources, each once."""
        return tuple(dict.fromkeys(citation.number for citation in self.citations))


@dataclass(frozen=True, slots=True)
class Treatment:
    """One medicine tried, in words, with what the usual bands say about it."""

    name: str
    dose: str
    duration: str
    weeks_low: int | None
    weeks_high: int | None
    this_episode: str
    most_days: str
    helped: str
    stop_reason: str
    dose_check: Verdictless
    weeks_check: Verdictless
    days_check: Verdictless
    counts: Verdictless
    now: bool
    in_this_episode: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question that was asked, and how it was answered."""

    id: str
    label: str
    asked: str
    answer: str
    state: State
    plain_no: bool = False


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The answers of one step."""

    number: int
    title: str
    rows: tuple[AnswerRow, ...]
    not_asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A threshold of the clinic on the blood-pressure gauge."""

    name: Literal["discuss", "first", "now"]
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Pressure:
    """A blood-pressure reading against the clinic's limits."""

    systolic: int | None
    diastolic: int | None
    when: str
    where: str
    unit: str
    systolic_marks: tuple[Mark, ...]
    diastolic_marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source at the end of a page."""

    number: int
    id: str
    text: str
    verified: bool


@dataclass(frozen=True, slots=True)
class HelpLine:
    """A way to reach a person, with the numbers as they are dialled."""

    id: str
    name: str
    call: str
    text_to: str
    text_word: str
    chat: str
    note: str
    hours: str
    for_whom: str
    verified: bool
    checked_on: str
    youth: bool


@dataclass(frozen=True, slots=True)
class Help:
    """Whom to reach: the emergency numbers first, then the lines."""

    country: str
    emergency: tuple[str, ...]
    emergency_words: str
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One of the three texts that open the list of points."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """All that is said to the patient and to the clinician, in the order it is said."""

    content_version: str
    reviewed: bool
    language: str
    completed: datetime
    reference: str
    code_url: str
    clinic: ClinicFace
    level: str
    level_name: str
    crisis: str  # none | soft | full
    emergency: bool
    outcome: Outcome
    frame_first: str
    frame_last: str
    not_reviewed: str
    change_nothing: str
    points: tuple[Point, ...]
    treatments: tuple[Treatment, ...]
    trial_weeks: int
    other_treatments: tuple[AnswerRow, ...]
    wants_to_ask: str
    to_ask: tuple[str, ...]
    bring: tuple[str, ...]
    answers: tuple[AnswerGroup, ...]
    pressure: Pressure | None
    sources: tuple[SourceLine, ...]
    help: Help
    level_names: Mapping[str, str] = field(default_factory=dict)
    unanswered_names: Mapping[str, str] = field(default_factory=dict)
    age: str = ""
    filled_by: str = ""

    @property
    def unsure(self) -> tuple[Point, ...]:
        """The points listed because an answer was missing or not sure."""
        return tuple(point for point in self.points if point.undecided)

    @property
    def urgent(self) -> bool:
        """Whether help stands before everything else."""
        return self.crisis == "full" or self.emergency

    def at(self, level: str) -> tuple[Point, ...]:
        """The points of one level, in display order."""
        return tuple(point for point in self.points if point.level == level)
