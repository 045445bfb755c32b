"""Limits stay inside their bounds and in order, and silence nothing."""

from collections.abc import Iterator

import z3

from rules.catalogue.limits import LimitError, Order
from rules.catalogue.rules import Rule
from rules.conditions.checks import limits_in, refs_in
from rules.kinds import Kind
from rules.proof.models import holds
from rules.proof.proof import Check, Found, Proof
from rules.proof.search import UndecidedError

Move = tuple[z3.ArithRef, z3.ArithRef]
_TRIES = 50


def checks(_proof: Proof) -> list[Check]:
    """Property 17, from three sides."""
    return [
        Check(
            "limits-keep-their-bounds",
            "17",
            "A limit outside its bounds, or out of order with another one, is refused.",
            _bounds,
        ),
        Check(
            "no-limit-silences-a-rule",
            "17",
            "Whatever limits a clinic sets, every rule has a patient for whom it fires.",
            _silenced,
        ),
        Check(
            "limits-reach-no-safety-rule",
            "17",
            "No limit changes a rule about suicide, safety or a contraindication of the label.",
            _reached,
        ),
    ]


def _bounds(proof: Proof) -> Found:
    found, limits = Found(), proof.content.limits
    for name, limit in limits.items():
        for value in (limit.low - 1, limit.high + 1):
            if not _refused(proof, {name: value}):
                found.faults.append(f"{name} = {value} is not refused")
    for order in proof.promises.orders:
        found.faults += _broken(proof, order)
    found.note = f"{len(limits)} limits, {len(proof.promises.orders)} orders"
    return found


def _broken(proof: Proof, order: Order) -> list[str]:
    """An order that a clinic can break, in the encoding or at the door."""
    at = proof.form.reading.limits
    small, large = at[order.smaller], at[order.larger]
    kept = small <= large if order.may_equal else small < large
    sign = "<=" if order.may_equal else "<"
    text = f"{order.smaller} {sign} {order.larger}"
    if proof.search.find(z3.Not(kept)) is not None:
        return [f"a clinic can set limits that break {text}"]
    limits = proof.content.limits
    lows = {order.larger: limits[order.larger].low, order.smaller: limits[order.smaller].high}
    can_break = lows[order.smaller] > lows[order.larger]
    if can_break and not _refused(proof, lows):
        return [f"limits that break {text} are not refused"]
    return []


def _refused(proof: Proof, values: dict[str, int]) -> bool:
    try:
        proof.content.limits.with_values(values)
    except LimitError:
        return True
    return False


def _silenced(proof: Proof) -> Found:
    found = Found(note=f"{len(proof.content.rules)} rules")
    for rule in proof.content.rules:
        fault = _never(proof, rule)
        found.faults += [fault] if fault else []
    return found


def _never(proof: Proof, rule: Rule) -> str:
    """Find patients until whatever a clinic sets, the rule fires for one of them."""
    fires, tried = proof.form.truths[rule.id].surely, list[z3.BoolRef]()
    if fires.eq(_elsewhere(proof, fires)):  # it reads no limit: every-rule-can-fire is enough
        return ""
    at = proof.form.reading.limits
    for _ in range(_TRIES):
        # Limits under which it fires for none of the patients found so far.
        clinic = proof.search.find(*(z3.Not(claim) for claim in tried))
        if clinic is None:
            return ""
        set_so = [limit == clinic.eval(limit, model_completion=True) for limit in at.values()]
        edges = dict(_edges(proof, rule))
        patient = proof.search.near(edges, [fires, *set_so])
        if patient is None:
            numbers = proof.form.numbers(clinic)
            return f"{rule.id} can never fire when limits are set to {numbers}"
        moving = [move for edge, move in edges.items() if holds(patient, edge)]
        tried.append(_for(proof, fires, patient, moving))
    raise UndecidedError(f"{rule.id}: no end after {_TRIES} patients")


def _edges(proof: Proof, rule: Rule) -> Iterator[tuple[z3.BoolRef, Move]]:
    """Numbers just at a limit, or one below: such a patient moves along with the limit."""
    for name in sorted({ref.id for ref in refs_in(rule.when) if ref.kind is Kind.NUMBER}):
        given = proof.form.symbols[name]
        for limit in sorted(limits_in(rule.when)):
            if proof.content.limits[limit].unit != given.question.unit or given.step > 1:
                continue
            for edge in (proof.form.reading.limits[limit], proof.form.reading.limits[limit] - 1):
                yield given.value == edge, (given.value, edge)


def _for(proof: Proof, fires: z3.BoolRef, patient: z3.ModelRef, moving: list[Move]) -> z3.BoolRef:
    """A claim about one patient, in which only the limits are open.

    Entries are sorted by how they fare, and that rests on limits too: so the patient
    counts only where every entry still fares as it was counted. Numbers that move with a
    limit must stay within what can be answered.
    """
    parts = proof.search.parts()
    parts += [[body.index] for body in proof.form.reading.bodies.values()]
    parts += [[listed.with_single] for listed in proof.form.lists.values()]
    known = {part: patient.eval(part, model_completion=True) for each in parts for part in each}
    known |= dict(reversed(moving))  # the first edge of a number counts
    fares = [claim for listed in proof.form.lists.values() for claim in listed.domain]
    stays = proof.form.domain if moving else ()
    return z3.substitute(z3.And(fires, *fares, *stays), *known.items())


def _elsewhere(proof: Proof, claim: z3.BoolRef) -> z3.BoolRef:
    """The same claim at another clinic, with limits of its own."""
    limits = proof.form.reading.limits.items()
    return z3.substitute(claim, *((limit, z3.Int(f"another {name}")) for name, limit in limits))


def _reached(proof: Proof) -> Found:
    found = Found()
    allowed = _elsewhere(proof, z3.And(list(proof.form.domain)))
    rules = [
        rule for rule in proof.content.rules if rule.id.startswith(proof.promises.beyond_reach)
    ]
    for rule in rules:
        rails = proof.form.truths[rule.id]
        differs = [rail != _elsewhere(proof, rail) for rail in (rails.surely, rails.possibly)]
        if all(rail.eq(_elsewhere(proof, rail)) for rail in (rails.surely, rails.possibly)):
            continue
        model = proof.search.find(allowed, z3.Or(differs))
        if model is not None:
            found.faults.append(proof.against(f"a limit changes {rule.id}", model))
    found.note = f"{len(rules)} rules"
    return found
