"""What must hold for every patient, and where it need not; see ``promises.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.catalogue.limits import Order
from rules.conditions.tree import Condition
from rules.kinds import Level

GROUPS = ("unknown-never-calmer", "concern-never-calmer", "unsure-still-asks")


@dataclass(frozen=True, slots=True)
class Promise:
    """Whoever meets ``when`` is shown at least this."""

    id: str
    property: str
    says: str
    when: Condition
    level: Level | None = None
    full: bool = False
    emergency: bool = False
    shows: str = ""
    level_of: Level | None = None
    fires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silent:
    """A rule that shows nothing when it cannot be decided: who speaks for it, or why nobody."""

    covered_by: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class EmptyForm:
    """What a form without a single answer leads to."""

    level: Level
    crisis: str
    findings: int


@dataclass(frozen=True, slots=True)
class Promises:
    """All that is promised of a content.

    Attributes:
        always: rules that cannot be silent.
        rising: numbers of which a higher one is never calmer.
        orders: limits that keep their order, whatever a clinic sets.
        beyond_reach: how the ids of rules begin that no limit may reach.
        excused: for each group of exceptions, the questions and why.
        silent: the rules that show nothing when they cannot be decided.
    """

    promises: tuple[Promise, ...]
    always: frozenset[str]
    rising: tuple[str, ...]
    empty_form: EmptyForm
    orders: tuple[Order, ...]
    beyond_reach: tuple[str, ...]
    excused: Mapping[str, Mapping[str, str]]
    silent: Mapping[str, Silent]
