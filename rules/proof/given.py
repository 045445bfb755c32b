"""The encoding with every answer and limit filled in, to hold it against the program."""

from collections.abc import Iterable, Mapping

import z3

from rules.kinds import Answers, Value
from rules.logic import NO, UNKNOWN, YES, Truth
from rules.proof.entries import Entries
from rules.proof.form import Form
from rules.proof.models import holds
from rules.proof.rails import Rails
from rules.proof.symbols import Symbol


def decide(form: Form, answers: Answers, limits: Mapping[str, int]) -> dict[str, Truth]:
    """Say of every rule what the encoding says of it.

    Args:
        form: as ``encode`` made it.
        answers: as ``read_answers`` returned them.
        limits: the value of every limit.
    """
    model = filled_in(form, answers, limits)
    return dict(zip(form.truths, _told(model, form.truths.values()), strict=True))


def _told(model: z3.ModelRef, truths: Iterable[Rails]) -> list[Truth]:
    return [
        YES if holds(model, told.surely) else UNKNOWN if holds(model, told.possibly) else NO
        for told in truths
    ]


def filled_in(form: Form, answers: Answers, limits: Mapping[str, int]) -> z3.ModelRef:
    """A model of these answers and limits; what it leaves open is taken as no."""
    model = z3.Model()
    for name, at in form.reading.limits.items():
        model.update_value(at, z3.IntVal(limits[name]))
    for name, given in form.symbols.items():
        _fill_new(model, given, answers.get(name))
    for (weight, height), body in form.reading.bodies.items():
        heavy, tall = answers.get(weight), answers.get(height)
        if isinstance(heavy, int) and isinstance(tall, int):
            model.update_value(body.index, z3.IntVal(heavy * 10_000 // tall**2))
    for name, listed in form.lists.items():
        _fill_list(model, listed, answers.get(name))
    return model


def _fill_new(model: z3.ModelRef, given: Symbol, value: Value) -> None:
    """Fill in what nothing was filled in for yet: an option that is left open is not chosen."""
    if not given.bits:
        _fill(model, given, value)
        return
    yes = z3.BoolVal(True)  # noqa: FBT003 - a value
    for token in value if isinstance(value, tuple) else (value,):
        if token in given.bits:
            model.update_value(given.bits[token], yes)


def _fill(model: z3.ModelRef, given: Symbol, value: Value) -> None:
    for part, told in given.to_value(value):
        model.update_value(part, told)


def _fill_list(model: z3.ModelRef, listed: Entries, value: Value) -> None:
    """Sort the entries by how they fare, and count them."""
    words = {YES: "surely", UNKNOWN: "possibly", NO: "not"}
    fares = []
    given_entries = value if isinstance(value, tuple) else ()
    for entry in (entry for entry in given_entries if isinstance(entry, dict)):
        for name, given in listed.single.symbols.items():
            _fill(model, given, entry.get(name))
        fares.append(tuple(words[fare] for fare in _told(model, listed.single.fares)))
    for sort in listed.sorts:
        model.update_value(sort.count, z3.IntVal(fares.count(sort.fare)))
