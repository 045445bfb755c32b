"""The few words that everything else is made of."""

from collections.abc import Mapping
from enum import StrEnum

# An answer as ``read_answers`` leaves it; None: asked and left empty.
Value = str | tuple[str, ...] | int | float | tuple[dict[str, "Value"], ...] | None
Answers = Mapping[str, Value]

NOT_SURE, PREFER_NOT = "not_sure", "prefer_not"
NONE, DOES_NOT_APPLY = "none", "does_not_apply"
# An answer that does not say: the logic treats both alike, the wording does not.
UNKNOWN_TOKENS = (NOT_SURE, PREFER_NOT)
# In a question with many ticks: none of the others.
EMPTY_TOKENS = (NONE, DOES_NOT_APPLY)


class Kind(StrEnum):
    """What kind of answer a question takes."""

    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    TEXT = "text"
    ENTRIES = "entries"


class Level(StrEnum):
    """How soon a finding should be talked about; the most urgent first."""

    NOW = "now"
    FIRST = "first"
    DISCUSS = "discuss"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 is the most urgent."""
        return list(Level).index(self)
