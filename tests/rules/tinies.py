"""A content folder small enough to see at once, and what a condition of it may name."""

from pathlib import Path

import rules
from rules.catalogue.definitions import read_definitions
from rules.catalogue.limits import as_names
from rules.conditions.names import Names
from rules.conditions.parse import parse
from rules.conditions.tree import Condition
from rules.faults import Place
from rules.reader import Scalar, read

TINY = Path(__file__).parent / "tiny"
MARK = "▸"  # where a message should point


def names_of(content: rules.Content) -> Names:
    """What the rules of the tiny content may name."""
    names = Names(content.questionnaire.by_id, as_names(content.limits))
    return read_definitions(read(TINY / "rules/0_definitions.yaml", "definitions"), names)


def parsed(content: rules.Content, text: str) -> Condition:
    return parse(Scalar(text, Place("here", 1, 1), 0), names_of(content))


def marked(text: str) -> tuple[str, int, int]:
    """A text without its mark, and the line and column at which the mark stood."""
    before, after = text.split(MARK)
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")
