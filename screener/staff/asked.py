"""What was typed into a form of the staff, and what is wrong with it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from screener.language import _
from screener.store import codes
from screener.web.typed import prose

LONGEST = 200
FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass
class Asked:
    """The boxes of a form by name: as they were typed, and the fault of each that has one."""

    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, str], names: Iterable[str]) -> "Asked":
        """Read the boxes of a form; one that was not sent is empty."""
        return cls({name: prose(given.get(name, ""))[:LONGEST] for name in names})

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What to put right, and where."""
        return [(f"#{name}", text) for name, text in self.errors.items()]

    def day(self, name: str) -> date | None:
        """Read a day; None for an empty box."""
        if not self.typed[name]:
            return None
        try:
            day = date.fromisoformat(self.typed[name])
        except ValueError:
            day = date.min
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.errors[name] = _("Write the day like this: 2026-11-22")
        return day

    def reference(self, name: str, *, needed: str = "") -> str:
        """Read the reference of a form; empty for an empty box.

        Args:
            name: of the box.
            needed: what to say when it is empty, if it must not be.
        """
        reference = codes.read_reference(self.typed[name])
        if self.typed[name] and reference is None:
            self.errors[name] = _("Write the reference like this: K7QM-4XRT")
        elif needed and not reference:
            self.errors[name] = needed
        return reference or ""

    def one_of(self, name: str, offered: Container[str], message: str) -> str:
        """Read a choice; without one that is offered, the message is its fault."""
        chosen = self.typed[name]
        if chosen not in offered:
            self.errors[name] = message
        return chosen
