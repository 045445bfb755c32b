"""Nothing in the content is dead: rules, their parts, questions and options can all be met."""

from collections.abc import Iterable

import z3

from rules.conditions import tree
from rules.conditions.checks import parts
from rules.conditions.tree import Condition, Number
from rules.conditions.written import written
from rules.proof.proof import Check, Found, Proof


def checks(_proof: Proof) -> list[Check]:
    """What can happen, and the words for it."""
    return [
        Check("every-rule-can-fire", "19", "Every rule has a patient for whom it fires.", _fires),
        Check(
            "every-rule-can-be-silent",
            "",
            "Every rule has a patient for whom it is silent, but for those that always stand.",
            _silent,
        ),
        Check(
            "every-rule-can-be-undecided",
            "",
            "Every rule has a patient for whom it stays open, or can never be open.",
            _undecided,
        ),
        Check(
            "every-part-can-hold",
            "19",
            "Every part of every rule has a patient who meets it.",
            _parts,
        ),
        Check(
            "every-option-can-be-given",
            "19",
            "Every question can be asked, and every option of it chosen.",
            _options,
        ),
    ]


def _fires(proof: Proof) -> Found:
    found = Found(note=f"{len(proof.content.rules)} rules, each run in the program")
    for rule in proof.content.rules:
        model = proof.search.find(proof.form.truths[rule.id].surely)
        if model is None:
            found.faults.append(f"{rule.id} can never fire")
        else:
            proof.runs.run(model)
    return found


def _silent(proof: Proof) -> Found:
    always = proof.promises.always
    found = Found(note=f"{len(proof.content.rules)} rules, {len(always)} of them always stand")
    for rule in proof.content.rules:
        model = proof.search.find(z3.Not(proof.form.truths[rule.id].possibly))
        if model is not None:
            proof.runs.run(model)
        if model is None and rule.id not in always:
            found.faults.append(f"{rule.id} can never be silent")
        if model is not None and rule.id in always:
            found.faults.append(proof.against(f"{rule.id} does not always stand", model))
    return found


def _undecided(proof: Proof) -> Found:
    never = []
    found = Found()
    for rule in proof.content.rules:
        model = proof.search.find(proof.form.truths[rule.id].undecided)
        if model is not None:
            proof.runs.run(model)
        else:
            never.append(rule.id)
            if rule.if_unknown is not None and rule.if_unknown != rule.level:
                found.faults.append(f"{rule.id} has an if_unknown, but is never undecided")
    found.note = f"{len(proof.content.rules) - len(never)} rules; never open: {', '.join(never)}"
    return found


def _parts(proof: Proof) -> Found:
    claims = {
        f"a part of {rule.id} can never hold: {written(part)}": proof.form.reading.truth(
            part
        ).surely
        for rule in proof.content.rules
        for part in _below(rule.when)
    }
    return Found(proof.search.unreached(claims), f"{len(claims)} parts")


def _below(node: Condition | Number) -> Iterable[Condition]:
    """The conditions of a tree; those about an entry are not read apart from their list."""
    if isinstance(node, Condition):
        yield node
    if not isinstance(node, tree.Count | tree.AnyEntry):
        for part in parts(node):
            yield from _below(part)


def _options(proof: Proof) -> Found:
    """In turns, the first answer of every question at once, then the second, and so on."""
    groups = [(name, "", given) for name, given in proof.form.symbols.items()]
    for name, listed in proof.form.lists.items():
        groups += [(name, f".{field}", given) for field, given in listed.single.symbols.items()]
    turns: dict[int, dict[str, z3.BoolRef]] = {}
    for name, field, given in groups:
        there = [proof.form.asked[name]]
        there += [proof.form.lists[name].with_single] if field else []
        answers = {"any answer": z3.Not(given.silent), **given.bits}
        for turn, (token, bit) in enumerate(answers.items()):
            what = f"{token} can never be the answer to {name}{field}"
            turns.setdefault(turn, {})[what] = z3.And(*there, bit)
    faults = [what for turn in turns.values() for what in proof.search.unreached(turn, alone=False)]
    return Found(faults, f"{sum(map(len, turns.values()))} answers")


def explained(proof: Proof) -> Found:
    """Property 15: words and sources of every rule, and reasons of every patient so far."""
    found = Found(note=f"{len(proof.content.rules)} rules, {proof.runs.count} patients")
    for rule in proof.content.rules:
        if not all((rule.patient, rule.ask, rule.clinician, rule.title, rule.sources)):
            found.faults.append(f"{rule.id} lacks a word or a source")
        found.faults += [
            f"{rule.id} cites {cited.source}, which is not listed"
            for cited in rule.sources
            if cited.source not in proof.content.sources
        ]
    without = [name for name in proof.runs.unexplained if name not in proof.promises.always]
    found.faults += [f"{name} is shown without an answer that made it so" for name in without]
    return found
