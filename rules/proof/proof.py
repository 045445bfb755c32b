"""What every check works with, and what it hands back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

import z3

from rules.content import Content
from rules.promises import Promises
from rules.proof.form import Form
from rules.proof.patients import Patient, Runs
from rules.proof.search import Search
from rules.proof.words import shown, told

State = Literal["proved", "failed", "undecided"]


@dataclass(frozen=True, slots=True)
class Proof:
    """One content, encoded, with its promises and every patient that was run."""

    form: Form
    promises: Promises
    search: Search
    runs: Runs

    @property
    def content(self) -> Content:
        """What is proven."""
        return self.form.content

    def against(self, what: str, model: z3.ModelRef, about: Iterable[str] = ()) -> str:
        """A fault: what is wrong, then the patient who shows it, in words."""
        patient = self.runs.run(model)
        then = f"is shown: {shown(self.content, patient)}"
        return self.patient(what, patient, then, about=about)

    def patient(self, what: str, patient: Patient, *then: str, about: Iterable[str] = ()) -> str:
        """A fault: what is wrong, then a patient in words, and what follows.

        Args:
            what: what is wrong.
            patient: who shows it.
            then: what follows for this patient.
            about: questions whose answers are told even when a quiet patient answers alike.
        """
        lines = [what, "  a patient who answers as a quiet one does, but for"]
        lines += [f"    {line}" for line in told(self.search, patient, frozenset(about))]
        return "\n".join([*lines, *(f"  {line}" for line in then)])


@dataclass
class Found:
    """What a check found: faults, each a line or more, and a note on what was done."""

    faults: list[str] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One named check.

    Attributes:
        name: how it is called everywhere.
        property: the number of the safety property that it shows; empty when it is not one of them.
        says: what it shows, in a sentence.
        run: the check itself.
    """

    name: str
    property: str
    says: str
    run: Callable[[Proof], Found]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check came out."""

    name: str
    property: str
    says: str
    state: State
    faults: tuple[str, ...] = ()
    note: str = ""
