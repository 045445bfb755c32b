"""The typed tree of a condition: all that is left of an author's text."""

from dataclasses import dataclass
from typing import Literal

from rules.kinds import Kind
from rules.logic import Operator


@dataclass(frozen=True, slots=True)
class Ref:
    """A question; or, inside a list, a field of the entry at hand."""

    id: str
    kind: Kind
    in_entry: bool = False


@dataclass(frozen=True, slots=True)
class Always:
    """Holds for everyone."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The one option chosen is among some (or, negated, is not)."""

    ref: Ref
    tokens: tuple[str, ...]
    negated: bool
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """Any, all or none of some options are ticked."""

    ref: Ref
    tokens: tuple[str, ...]
    how: Literal["any", "all", "none"]


@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers compared."""

    left: "Number"
    operator: Operator
    right: "Number"


@dataclass(frozen=True, slots=True)
class AnyEntry:
    """At least one entry of a list meets a condition."""

    ref: Ref
    part: "Condition"


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer, or a condition, is not known."""

    part: "Ref | Condition"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A condition that has a name under ``define:``."""

    name: str
    part: "Condition"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number written in the condition."""

    value: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The answer to a number question, with its declared range."""

    ref: Ref
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Band:
    """The whole numbers that the chosen option stands for."""

    ref: Ref
    ranges: tuple[tuple[str, tuple[int, int]], ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Limited:
    """A threshold of the clinic, with the bounds it must keep."""

    id: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class BodyMass:
    """Body mass index, a whole number."""

    weight: Asked
    height: Asked


@dataclass(frozen=True, slots=True)
class Sum:
    """Two numbers added, subtracted or multiplied."""

    left: "Number"
    sign: Literal["+", "-", "*"]
    right: "Number"


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries of a list meet a condition."""

    ref: Ref
    most: int
    part: "Condition"


@dataclass(frozen=True, slots=True)
class CountTicks:
    """How many options are ticked, of those that say something."""

    ref: Ref
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A number that has a name under ``define:``."""

    name: str
    part: "Number"


Condition = Always | Chosen | Ticked | Compare | AnyEntry | Unknown | Not | And | Or | Named
Number = Whole | Asked | Band | Limited | BodyMass | Sum | Count | CountTicks | NamedNumber
