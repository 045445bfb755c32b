"""What is promised to every patient who meets a condition."""

from functools import partial

import z3

from rules.conditions.checks import refs_in
from rules.kinds import Level
from rules.promises import Promise
from rules.proof.patients import Patient
from rules.proof.proof import Check, Found, Proof


def checks(proof: Proof) -> list[Check]:
    """One check for each promise, and the form without an answer."""
    promised = [
        Check(promise.id, promise.property, promise.says, partial(_kept, promise))
        for promise in proof.promises.promises
    ]
    says = "A form without a single answer is answered with help, and every open point is listed."
    return [*promised, Check("empty-form", "13", says, _empty_form)]


def _kept(promise: Promise, proof: Proof) -> Found:
    met = proof.form.reading.truth(promise.when).surely
    found = Found()
    for what, held in _goals(promise, proof):
        model = proof.search.nearest(met, z3.Not(held))
        if model is not None:
            about = [ref.id for ref in refs_in(promise.when)]
            found.faults.append(proof.against(what, model, about))
    witness = proof.search.find(met)
    if witness is None:
        found.faults.append("nobody can meet this condition, so the promise says nothing")
    else:
        proof.runs.run(witness)
    return found


def _goals(promise: Promise, proof: Proof) -> list[tuple[str, z3.BoolRef]]:
    """What is promised, one claim each."""
    form = proof.form
    goals = []
    if promise.level:
        goals.append((f"less urgent than '{promise.level}'", _level(proof, promise.level)))
    if promise.full:
        goals.append(("no full crisis block", form.picture.full))
    if promise.emergency:
        goals.append(("no emergency block", form.picture.emergency))
    rules = {rule.id: rule for rule in proof.content.rules}
    if promise.shows:
        held = form.shown(rules[promise.shows], promise.level_of)
        goals.append((f"{promise.shows} is not shown, or less urgent than promised", held))
    fires = promise.fires
    return goals + [(f"{rule} does not fire", form.truths[rule].surely) for rule in fires]


def _level(proof: Proof, level: Level) -> z3.BoolRef:
    every = z3.BoolVal(True)  # noqa: FBT003 - a value
    return [*proof.form.picture.levels, every][level.rank]


def _empty_form(proof: Proof) -> Found:
    content, expected, found = proof.content, proof.promises.empty_form, Found()
    numbers = {name: limit.value for name, limit in content.limits.items()}
    result = Patient({}, numbers).result(content)
    reached = (result.level, result.crisis, len(result.findings))
    if reached != (expected.level, expected.crisis, expected.findings):
        wanted = f"{expected.level}, {expected.crisis} block, {expected.findings} findings"
        got = f"{result.level}, {result.crisis} block, {len(result.findings)} findings"
        found.faults.append(f"{wanted} expected, but shown: {got}")
    blank = [given.silent for given in proof.form.symbols.values()]
    blank += [z3.Not(bit) for given in proof.form.symbols.values() for bit in given.bits.values()]
    blank += [listed.empty for listed in proof.form.lists.values()]
    shown_here = {finding.rule.id for finding in result.findings}
    for rule in content.rules:
        open_ = proof.form.truths[rule.id].possibly
        listed = rule.id in shown_here or rule.if_unknown is None
        if not listed and proof.search.find(*blank, open_) is not None:
            found.faults.append(f"{rule.id} is open on an empty form, and is not listed")
    found.note = f"{len(result.findings)} findings"
    return found
