"""A plan: every distinct node of some trees as one step over columns, in an order that works."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.catalogue.medicines import Medicine
from rules.columns.table import GAP, OFF, Column, Entries, Table
from rules.conditions.checks import parts
from rules.conditions.tree import AnyEntry, Condition, Count, Number, Ref
from rules.content import Content
from rules.kinds import Kind
from rules.questions.model import DOSE_ADEQUATE, Question

Flags = NDArray[np.bool_]
Rails = tuple[Flags, Flags]  # for whom it surely holds, and for whom it possibly holds
Ends = tuple[Any, Any]  # the low and the high end: a column each, or one number for everyone
Step = Callable[["Run"], Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """Inside a list: which one, and whether a bare name is a field (in the gate of a field)."""

    listed: Question
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """One pass over a table: what the steps so far have found."""

    table: Table
    limits: Mapping[str, int]
    found: list[Any]

    def __getitem__(self, slot: int) -> Any:  # noqa: ANN401 - rails, ends or a column
        return self.found[slot]

    def entries(self, listed: Question) -> Entries:
        """The entries of a list."""
        return self.table.entries[listed.id]


class Plan:
    """The steps for some conditions; what two of them share is worked out once."""

    def __init__(
        self,
        content: Content,
        conditions: Iterable[Condition],
        write: Callable[["Plan", Condition | Number], Step],
    ) -> None:
        self.content = content
        self.scope: Scope | None = None
        self.limits: set[str] = set()
        self.read: set[str] = set()  # the questions whose answers are looked at
        self._write = write
        self._steps: list[Step] = []
        self._slots: dict[object, int] = {}
        self.results = tuple(self.slot(condition) for condition in conditions)

    def run(self, table: Table, limits: Mapping[str, int]) -> list[Rails]:
        """Work out every condition for every patient of a table."""
        run = Run(table, limits, [])
        for step in self._steps:
            run.found.append(step(run))
        return [run[slot] for slot in self.results]

    def slot(self, node: Condition | Number) -> int:
        """Where the result of a node will stand: for each patient, or entry inside a list."""
        if self.scope and not self.scope.bare and not reads_entry(node):
            return self._spread(node, self.scope.listed)
        return self._once((self.scope, node), lambda: self._write(self, node))

    def within(self, scope: Scope | None, part: Condition | Number) -> int:
        """Where the result of a node in another scope will stand."""
        outside, self.scope = self.scope, scope
        try:
            return self.slot(part)
        finally:
            self.scope = outside

    def column(self, ref: Ref) -> int:
        """Where the answers to a question will stand, those that do not count taken out."""
        question = self.question(ref)
        listed = self.scope.listed if self.scope else None
        return self._once((listed, question), lambda: self._column(question, listed))

    def question(self, ref: Ref) -> Question:
        """The question, or the field of the list at hand, that is named."""
        if self.scope:
            return self.scope.listed.readable_fields()[ref.id]
        return self.content.questionnaire.question(ref.id)

    def _once(self, place: object, make: Callable[[], Step]) -> int:
        if place not in self._slots:
            step = make()  # its parts are written first
            self._steps.append(step)
            self._slots[place] = len(self._steps) - 1
        return self._slots[place]

    def _spread(self, node: Condition | Number, listed: Question) -> int:
        """What holds for a patient holds for each of the patient's entries."""
        slot = self.within(None, node)

        def step(run: Run) -> tuple[Any, ...]:
            entries = np.diff(run.entries(listed).starts)
            return tuple(np.repeat(each, entries) if np.ndim(each) else each for each in run[slot])

        return self._once((listed, "spread", node), lambda: step)

    def _column(self, question: Question, listed: Question | None) -> Step:
        name = question.id
        self.read.add(listed.id if listed else name)
        if question is DOSE_ADEQUATE:
            return self._dose()
        if question.ask_if is None:
            return lambda run: _given(run, listed, name)
        gate = self.within(Scope(listed, bare=True) if listed else None, question.ask_if)
        rail, off = int(not question.only_if_sure), _off(question)
        return lambda run: _masked(_given(run, listed, name), run[gate][rail], off)

    def _dose(self) -> Step:
        med, dose = (self.column(Ref(name, kind, in_entry=True)) for name, kind in _DOSE)
        medicines = {medicine.token: medicine for medicine in self.content.medicines}
        tokens = self.question(Ref("med", Kind.ONE, in_entry=True)).tokens
        low, meets = _bands([medicines.get(token) for token in tokens])
        yes, no = (DOSE_ADEQUATE.tokens.index(word) for word in ("yes", "no"))
        judgements = np.array([GAP, yes, no, no], np.uint8)  # by: enough, and twice: too low

        def judged(run: Run) -> Column:
            given, which = run[dose], run[med]
            enough = (given >= meets.take(which)).view(np.uint8)
            too_low = ((given >= 0) & (given < low.take(which))).view(np.uint8)
            found: Column = judgements.take(enough + 2 * too_low)
            return found

        return judged


def reads_entry(node: Condition | Number) -> bool:
    """Whether a node reads a field of the entry at hand; a list inside reads its own entries."""
    if isinstance(node, Count | AnyEntry):
        return False
    refs = (getattr(node, name) for name in node.__slots__)
    here = any(isinstance(ref, Ref) and ref.in_entry for ref in refs)
    return here or any(reads_entry(part) for part in parts(node))


_DOSE = (("med", Kind.ONE), ("dose_mg", Kind.NUMBER))


def _given(run: Run, listed: Question | None, name: str) -> Column:
    return run.entries(listed).fields[name] if listed else run.table.columns[name]


def _masked(column: Column, asked: Flags, off: float) -> Column:
    return np.where(asked, column, column.dtype.type(off))


def _off(question: Question) -> float:
    match question.kind:
        case Kind.MANY:
            return 0
        case Kind.NUMBER:
            return np.nan
        case _:
            return OFF


def _bands(medicines: list[Medicine | None]) -> tuple[Column, Column]:
    """The dose bands by the number of the option; where there is none, nothing is judged."""
    low, meets = np.full(256, -np.inf, np.float32), np.full(256, np.inf, np.float32)
    for number, medicine in enumerate(medicines):
        if medicine and medicine.meets is not None and medicine.clearly_low is not None:
            low[number], meets[number] = medicine.clearly_low, medicine.meets
    return low, meets
