"""What is asked and what follows: questions, rules, and the words for both.

This package knows no web, reads no clock and opens no network. Its content stands in
``rules/content``; everything else is the program that reads it.
"""

from types import MappingProxyType

from rules.answers import UNPRINTABLE, AnswerError
from rules.answers import read as _read
from rules.catalogue.helplines import CountryHelp, EmergencyNumber, Helplines, Line
from rules.catalogue.limits import Limit, LimitError, Limits
from rules.catalogue.medicines import Medicine
from rules.catalogue.rules import Rule, Topic
from rules.catalogue.sources import Source
from rules.catalogue.words import Outcome, UnknownWords, Words
from rules.content import Content, load
from rules.engine import Finding, Result, evaluate, holds, interrupting, walk
from rules.faults import ContentError, Fault, Place
from rules.kinds import Answers, Kind, Level, Value
from rules.path import Path
from rules.questions.model import Citation, Option, Page, Question, Questionnaire, Step
from rules.wording import say

__all__ = [
    "UNPRINTABLE",
    "AnswerError",
    "Answers",
    "Citation",
    "Content",
    "ContentError",
    "CountryHelp",
    "EmergencyNumber",
    "Fault",
    "Finding",
    "Helplines",
    "Kind",
    "Level",
    "Limit",
    "LimitError",
    "Limits",
    "Line",
    "Medicine",
    "Option",
    "Outcome",
    "Page",
    "Path",
    "Place",
    "Question",
    "Questionnaire",
    "Result",
    "Rule",
    "Source",
    "Step",
    "Topic",
    "UnknownWords",
    "Value",
    "Words",
    "evaluate",
    "holds",
    "interrupting",
    "load",
    "read_answers",
    "say",
    "walk",
]


def read_answers(
    content: Content, raw: object, known: Answers = MappingProxyType({})
) -> dict[str, Value]:
    """Read answers as JSON gives them; see ``rules.answers.read``.

    Raises:
        AnswerError: it names the answer that cannot be read, and says why.
    """
    return _read(content.questionnaire, raw, known)
