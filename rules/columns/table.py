"""Answers as columns, as they were given: what is asked is worked out later, in the plan.

===========  ============================  =========================  =================
kind         a known answer                asked, and not known       not asked
===========  ============================  =========================  =================
one, text    the number of the option      ``GAP``                    ``OFF``
many         a bit for each tick           the highest bit, and ticks 0
number       the number                    minus infinity             nan
entries      0, and rows of their own      ``GAP``                    ``OFF``
===========  ============================  =========================  =================
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.kinds import UNKNOWN_TOKENS, Answers, Kind, Value
from rules.questions.model import Question, Questionnaire

GAP, OFF = 254, 255
Column = NDArray[Any]
_EXACT = 1 << 24  # whole numbers below this are exact in 32 bits
_WIDTHS = (np.uint8, np.uint16, np.uint32, np.uint64)


def mask_type(question: Question) -> np.dtype[Any]:
    """The narrowest integer with a bit for each option, and one more for not knowing."""
    fits = (np.dtype(kind) for kind in _WIDTHS if len(question.options) < 8 * kind().itemsize)
    return next(fits)


def gap_bit(question: Question) -> int:
    """The bit that says: there may be more ticks than these."""
    return 1 << (8 * mask_type(question).itemsize - 1)


def bits(question: Question, tokens: Iterable[str]) -> int:
    """The bits of some options."""
    return sum(1 << question.tokens.index(token) for token in tokens)


def number_type(question: Question) -> np.dtype[Any]:
    """The narrowest float that tells every answer from the next one."""
    steps = (question.high or math.inf) * 10**question.decimals
    return np.dtype(np.float32 if steps < _EXACT else np.float64)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of all patients, one below the other.

    Attributes:
        starts: where the entries of each patient start, and one more: where the last one's end.
        fields: a column for each field.
    """

    starts: Column
    fields: Mapping[str, Column]

    def cut(self, start: int, stop: int) -> "Entries":
        """The entries of some patients."""
        starts = self.starts[start : stop + 1]
        first, last = starts[0], starts[-1]
        fields = {name: column[first:last] for name, column in self.fields.items()}
        return Entries(starts - first, fields)

    def tally(self, flags: Column) -> Column:
        """For each patient, how many entries are flagged."""
        before = np.zeros(len(flags) + 1, np.int32)
        np.cumsum(flags.view(np.uint8), dtype=np.int32, out=before[1:])
        found: Column = np.diff(before.take(self.starts))
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """The answers of many patients, a column for each question."""

    rows: int
    columns: Mapping[str, Column]
    entries: Mapping[str, Entries]

    @classmethod
    def of(cls, questionnaire: Questionnaire, patients: Sequence[Answers]) -> "Table":
        """Lay out answers, as ``read_answers`` returned them."""
        asked = questionnaire.by_id
        columns = {name: _column(question, patients) for name, question in asked.items()}
        listed = {
            name: _entries(question, patients)
            for name, question in asked.items()
            if question.kind is Kind.ENTRIES
        }
        return cls(len(patients), columns, listed)

    def only(self, names: Collection[str]) -> "Table":
        """Some questions of the table."""
        columns = {name: column for name, column in self.columns.items() if name in names}
        entries = {name: listed for name, listed in self.entries.items() if name in names}
        return Table(self.rows, columns, entries)

    def cut(self, start: int, stop: int) -> "Table":
        """Some patients of the table; no answer is copied."""
        stop = min(stop, self.rows)
        columns = {name: column[start:stop] for name, column in self.columns.items()}
        entries = {name: listed.cut(start, stop) for name, listed in self.entries.items()}
        return Table(stop - start, columns, entries)


def _column(question: Question, patients: Sequence[Answers]) -> Column:
    """One question, or one field, of every patient, or entry."""
    given = (patient.get(question.id) for patient in patients)
    match question.kind:
        case Kind.ONE:
            codes: dict[Value, int] = {token: n for n, token in enumerate(question.tokens)}
            codes |= dict.fromkeys((None, "", *UNKNOWN_TOKENS), GAP)
            return np.fromiter((codes[value] for value in given), np.uint8, len(patients))
        case Kind.MANY:
            masks = _masks(question)
            found = (_mask(masks, value) for value in given)
            return np.fromiter(found, mask_type(question), len(patients))
        case Kind.NUMBER:
            numbers = (-math.inf if value is None else value for value in given)
            return np.fromiter(numbers, number_type(question), len(patients))
        case _:
            return np.fromiter((0 if value else GAP for value in given), np.uint8, len(patients))


def _masks(question: Question) -> dict[object, int]:
    """What each tick adds; no tick (None) adds that more is not known."""
    gap = gap_bit(question)
    masks: dict[object, int] = {token: 1 << n for n, token in enumerate(question.tokens)}
    masks |= {token: masks[token] | gap for token in UNKNOWN_TOKENS if token in masks}
    return masks | {None: gap}


def _mask(masks: Mapping[object, int], value: Value) -> int:
    found = 0
    for tick in value if isinstance(value, tuple) and value else (None,):
        found |= masks[tick]
    return found


def _entries(question: Question, patients: Sequence[Answers]) -> Entries:
    given = (patient.get(question.id) for patient in patients)
    listed = [value if isinstance(value, tuple) else () for value in given]
    entries = [entry for value in listed for entry in value if isinstance(entry, dict)]
    starts = np.cumsum([0, *map(len, listed)], dtype=np.int64)
    return Entries(starts, {field.id: _column(field, entries) for field in question.fields})
