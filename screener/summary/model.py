"""The summary as plain data: what every renderer prints, and nothing that it must look up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from rules import EmergencyNumber, Line
from screener.summary.clinic import ClinicFace
from screener.summary.told import AnswerGroup, Pressure, Said, Treatment

COPIES = ("patient", "clinician")
PAPERS = ("a4", "letter")

Copy = Literal["patient", "clinician"]
Paper = Literal["a4", "letter"]


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
class SourceLine:
    """A source at the end of a page."""

    number: int
    id: str
    text: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Help:
    """Whom to reach: the emergency numbers first, then the lines."""

    country: str
    numbers: tuple[EmergencyNumber, ...]
    emergency_words: str
    lines: tuple[Line, ...]
    country_told: bool = True

    @property
    def emergency(self) -> tuple[str, ...]:
        """The emergency numbers as they are dialled."""
        return tuple(number.number for number in self.numbers)


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
    wants_to_ask: str
    bring: tuple[str, ...]
    answers: tuple[AnswerGroup, ...]
    pressure: Pressure | None
    sources: tuple[SourceLine, ...]
    help: Help
    level_names: Mapping[str, str] = field(default_factory=dict)
    age: str = ""
    filled_by: str = ""
    name: str = ""  # only on paper that the clinic prints: a patient's own copy bears no name
    sent: datetime | None = None  # to the clinic; None as long as it was not

    @property
    def to_ask(self) -> tuple[str, ...]:
        """The questions of the points, each once, in display order."""
        return tuple(dict.fromkeys(point.ask for point in self.points))

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
