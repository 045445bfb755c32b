"""What the patient told, in words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Verdictless = Literal["yes", "no", "unclear"]


class State(StrEnum):
    """How a question stands: answered, or why there is no answer."""

    GIVEN = "given"
    NOT_SURE = "not_sure"
    PREFER_NOT = "prefer_not"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that a point rests on, in the patient's words."""

    question: str
    label: str
    asked: str
    answer: str


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
