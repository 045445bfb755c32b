"""A list of entries, as z3 sees it: how many there are of each sort.

What conditions can tell about an entry is only how it fares under each condition that
is counted over the list: surely, possibly, or not. So entries that fare alike are one
sort. For each sort there is one exemplar, with fields that are not given yet, and a
number of entries just like it. Nothing is lost: any list can be told by its sorts,
since a condition counts the entries of a sort and cannot tell them apart; and nothing
is made up: an exemplar repeated is a list that a patient can give. The numbers add up
to at most the length of the list.

One entry more, ``single``, stands for itself: with it, a check can change one field of
one entry and leave every other entry as it is.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import z3

from rules.catalogue.medicines import Medicine
from rules.conditions.tree import Condition
from rules.kinds import Value
from rules.proof.models import holds, whole
from rules.proof.rails import Rails
from rules.proof.reading import CannotProveError, Reading
from rules.proof.symbols import Symbol, symbol
from rules.questions.model import DOSE_ADEQUATE, Question

_FARES = ("surely", "possibly", "not")
_MOST_CONDITIONS = 4  # 81 sorts


@dataclass(frozen=True, slots=True)
class Exemplar:
    """One entry that is not given yet."""

    symbols: dict[str, Symbol]
    fares: tuple[Rails, ...]  # under each condition of the list

    def read(self, model: z3.ModelRef) -> dict[str, Value]:
        """The entry in a model."""
        return {name: given.read(model) for name, given in self.symbols.items()}


@dataclass(frozen=True, slots=True)
class Sort:
    """Entries that fare alike."""

    fare: tuple[str, ...]
    exemplar: Exemplar
    count: z3.ArithRef


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of entries.

    Attributes:
        question: what is answered with the list.
        conditions: those that are counted over it.
        sorts: every way to fare under them.
        single: one entry that stands for itself.
        with_single: whether that one is in the list.
    """

    question: Question
    conditions: tuple[Condition, ...]
    sorts: tuple[Sort, ...]
    single: Exemplar
    with_single: z3.BoolRef

    @property
    def length(self) -> z3.ArithRef:
        """How many entries there are."""
        return z3.Sum([sort.count for sort in self.sorts]) + z3.If(self.with_single, 1, 0)

    @property
    def empty(self) -> z3.BoolRef:
        """Whether there is no entry."""
        return self.length == 0

    def counted(self, condition: Condition) -> tuple[z3.ArithRef, z3.ArithRef]:
        """How many entries surely meet a condition, and how many possibly do."""
        index = self.conditions.index(condition)
        sure = [sort.count for sort in self.sorts if sort.fare[index] == "surely"]
        open_ = [sort.count for sort in self.sorts if sort.fare[index] == "possibly"]
        rails = self.single.fares[index]
        low = z3.Sum(sure) + z3.If(z3.And(self.with_single, rails.surely), 1, 0)
        high = z3.Sum(sure + open_) + z3.If(z3.And(self.with_single, rails.possibly), 1, 0)
        return low, high

    @property
    def domain(self) -> Iterable[z3.BoolRef]:
        """What holds of every list that the door lets in."""
        yield self.length <= self.question.most
        for given in self.single.symbols.values():
            yield from given.domain
        for sort in self.sorts:
            yield sort.count >= 0
            for given in sort.exemplar.symbols.values():
                yield from given.domain
            fares = map(_as_told, sort.exemplar.fares, sort.fare)
            yield z3.Implies(sort.count > 0, z3.And(list(fares)))

    def read(self, model: z3.ModelRef) -> Value:
        """The list in a model."""
        made: list[dict[str, Value]] = []
        for sort in self.sorts:
            count = whole(model, sort.count)
            made += [sort.exemplar.read(model) for _ in range(count)]
        if holds(model, self.with_single):
            made.append(self.single.read(model))
        return tuple(made) or None


def _as_told(rails: Rails, fare: str) -> z3.BoolRef:
    surely = rails.surely if fare == "surely" else z3.Not(rails.surely)
    return z3.And(surely, z3.Not(rails.possibly) if fare == "not" else rails.possibly)


def entries(
    question: Question,
    conditions: tuple[Condition, ...],
    medicines: tuple[Medicine, ...],
    around: Reading,
) -> Entries:
    """Make a list that is not given yet.

    Raises:
        CannotProveError: there are too many conditions about its entries.
    """
    if len(conditions) > _MOST_CONDITIONS:
        raise CannotProveError(f"more than {_MOST_CONDITIONS} conditions count '{question.id}'")
    sorts = []
    for fare in itertools.product(_FARES, repeat=len(conditions)):
        name = " ".join((question.id, *fare))
        exemplar = _exemplar(question, conditions, medicines, (name, around))
        sorts.append(Sort(fare, exemplar, z3.Int(f"how many {name}")))
    single = _exemplar(question, conditions, medicines, (f"{question.id} single", around))
    return Entries(question, conditions, tuple(sorts), single, z3.Bool(f"{question.id} single is"))


def _exemplar(
    question: Question,
    conditions: tuple[Condition, ...],
    medicines: tuple[Medicine, ...],
    place: tuple[str, Reading],
) -> Exemplar:
    name, around = place
    symbols = {field.id: symbol(field, f"{name} {field.id}") for field in question.fields}
    fields = Reading(symbols, {}, around.limits)  # to its own fields, an entry is all there is
    for field in question.fields:
        fields.asked[field.id] = is_asked(field, fields)
    reading = Reading(symbols, dict(fields.asked), around.limits, outer=around)
    if DOSE_ADEQUATE.id in question.readable_fields():
        looked_up = _judged(medicines, symbols, reading.asked)
        reading.symbols = {**symbols, DOSE_ADEQUATE.id: looked_up}
        reading.asked[DOSE_ADEQUATE.id] = z3.BoolVal(True)  # noqa: FBT003 - a value
    return Exemplar(symbols, tuple(reading.truth(condition) for condition in conditions))


def is_asked(question: Question, reading: Reading) -> z3.BoolRef:
    """Whether a question is asked: see ``ask_if`` and ``ask_only_if``."""
    if question.ask_if is None:
        return z3.BoolVal(True)  # noqa: FBT003 - a value
    gate = reading.truth(question.ask_if)
    return gate.surely if question.only_if_sure else gate.possibly


def _judged(
    medicines: tuple[Medicine, ...], symbols: Mapping[str, Symbol], asked: Mapping[str, z3.BoolRef]
) -> Symbol:
    """Whether the dose was enough: looked up from the medicine and the dose."""
    med, dose = symbols["med"], symbols["dose_mg"]
    known = z3.And(asked["med"], asked["dose_mg"], z3.Not(dose.silent))
    steps, enough, too_low = dose.parts[0], [], []
    for row in medicines:
        if row.meets is None or row.clearly_low is None:
            continue
        meets, low = row.meets * dose.step, row.clearly_low * dose.step
        enough.append(z3.And(med.chosen(row.token), steps >= meets))
        too_low.append(z3.And(med.chosen(row.token), steps < min(low, meets)))
    bits = {"yes": z3.And(known, z3.Or(enough)), "no": z3.And(known, z3.Or(too_low))}
    return Symbol(DOSE_ADEQUATE, bits, None, None, ())
