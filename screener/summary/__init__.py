"""Answers become a summary: plain data that every renderer prints."""

from screener.summary.build import summarise
from screener.summary.clinic import Clinic, ClinicFace, Logo
from screener.summary.model import (
    COPIES,
    PAPERS,
    Citation,
    Copy,
    Help,
    Outcome,
    Paper,
    Point,
    SourceLine,
    Summary,
)
from screener.summary.told import (
    AnswerGroup,
    AnswerRow,
    Mark,
    Pressure,
    Said,
    State,
    Treatment,
)

__all__ = [
    "COPIES",
    "PAPERS",
    "AnswerGroup",
    "AnswerRow",
    "Citation",
    "Clinic",
    "ClinicFace",
    "Copy",
    "Help",
    "Logo",
    "Mark",
    "Outcome",
    "Paper",
    "Point",
    "Pressure",
    "Said",
    "SourceLine",
    "State",
    "Summary",
    "Treatment",
    "summarise",
]
