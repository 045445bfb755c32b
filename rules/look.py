"""What the interpreter looks at, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.conditions.tree import Ref
from rules.kinds import UNKNOWN_TOKENS, Answers, Kind, Value
from rules.logic import Interval, Truth

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a condition looks at."""

    facts: Answers  # asked questions only; None: asked and left empty
    limits: Mapping[str, int]
    entry: Answers | None = None

    def asked(self, ref: Ref) -> bool:
        """Whether there is anything to look at."""
        return ref.id in self._around(ref)

    def value(self, ref: Ref) -> Value:
        """The answer; None when it was left empty."""
        return self._around(ref).get(ref.id)

    def _around(self, ref: Ref) -> Answers:
        return self.entry or {} if ref.in_entry else self.facts

    def ticks(self, ref: Ref) -> tuple[object, ...]:
        """The options that are ticked."""
        value = self.value(ref)
        return value if isinstance(value, tuple) else ()

    def entries(self, ref: Ref) -> list[dict[str, Value]]:
        """The entries of a list."""
        return [entry for entry in self.ticks(ref) if isinstance(entry, dict)]

    def silent(self, ref: Ref) -> bool:
        """Whether an answer was left empty or does not say."""
        value = self.value(ref)
        if ref.kind is Kind.MANY:
            return not value or not set(UNKNOWN_TOKENS).isdisjoint(self.ticks(ref))
        return value in {None, "", *UNKNOWN_TOKENS} if not isinstance(value, tuple) else not value


@dataclass(frozen=True, slots=True)
class Weighed:
    """A truth, and the answers that made it so."""

    truth: Truth
    because: Ids = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """An interval, and the answers that are surely in it, possibly in it, and out of it."""

    interval: Interval
    sure: Ids = ()
    open: Ids = ()
    out: Ids = ()

    def joined(self, other: "Measured", interval: Interval) -> "Measured":
        """A new interval made of two, because of the answers of both."""
        ids = (self.sure + other.sure, self.open + other.open, self.out + other.out)
        return Measured(interval, *ids)


def of(ref: Ref) -> Ids:
    """How a reason names a question; a field of an entry is named by its entry."""
    return () if ref.in_entry else (ref.id,)
