"""What a patient sent to the clinic, and whether that is what arrived there."""

from dataclasses import dataclass, field
from typing import Any

from benchmarks.patients.memory import Memory
from benchmarks.patients.wire import Pairs
from screener.store.submissions import Submission

ASKED = {"name": "name", "phone": "phone", "email": "email", "best_time": "best_time"}
ASKED |= {"may_name_clinic": "message"}


@dataclass
class Sending:
    """One form that a patient sent, or tried to.

    Attributes:
        answers: those that count, all acknowledged before.
        contact: how to reach the patient, as typed; no two patients have one name.
        reference: as the page afterwards showed it; empty before.
    """

    answers: dict[str, Any] = field(repr=False)
    contact: dict[str, str] = field(repr=False)
    reference: str = ""

    @classmethod
    def of(cls, memory: Memory, pairs: Pairs) -> "Sending":
        """Put together what a form holds that is sent now."""
        typed = dict(pairs)
        return cls(memory.counted, {name: typed.get(box, "") for name, box in ASKED.items()})

    @property
    def name(self) -> str:
        """Whose form it is."""
        return self.contact["name"]

    def differs(self, form: Submission) -> list[str]:
        """Name what the clinic holds otherwise."""
        found = []
        if form.contents["answers"] != self.answers:
            found.append("at the clinic: other answers")
        if form.contents["contact"] != self.contact:
            found.append("at the clinic: another way to reach the patient")
        if self.reference not in {"", form.reference}:
            found.append("at the clinic: another reference")
        return found
