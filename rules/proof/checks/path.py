"""Branching hides nothing: what is asked, and what an answer left behind may do."""

from collections.abc import Iterator

import z3

from rules.conditions.checks import refs_in
from rules.kinds import Kind, Value
from rules.proof.patients import Patient
from rules.proof.proof import Check, Found, Proof
from rules.proof.symbols import symbol
from rules.questions.model import Question

UNSURE = "unsure-still-asks"


def checks(_proof: Proof) -> list[Check]:
    """Property 18, from both sides."""
    return [
        Check(
            "stale-answers-do-not-count",
            "18",
            "An answer to a question that is not asked any more changes nothing.",
            _stale,
        ),
        Check(
            UNSURE,
            "18",
            "A question that hangs on another one is also asked when that one is unknown.",
            _unsure,
        ),
    ]


def _gated(proof: Proof) -> Iterator[Question]:
    questions = proof.content.questionnaire.by_id.values()
    return (question for question in questions if question.ask_if is not None)


def _stale(proof: Proof) -> Found:
    found, count = Found(), 0
    for question in _gated(proof):
        if question.id in proof.form.symbols:
            found.faults += _counts(proof, question)
        model = proof.search.find(z3.Not(proof.form.asked[question.id]))
        if model is None:
            found.faults.append(f"{question.id} has a condition, but is always asked")
            continue
        patient = proof.runs.run(model)
        for value in _alarming(question):
            count += 1
            found.faults += _left_behind(proof, patient, question, value)
    found.note = f"{count} answers left behind, each run in the program"
    return found


def _counts(proof: Proof, question: Question) -> list[str]:
    """Whether the encoding itself lets an answer count that nobody asked for."""
    given, other = proof.form.symbols[question.id], symbol(question, f"{question.id} otherwise")
    change = given.to_symbol(other)
    rails = [rail for told in proof.form.truths.values() for rail in (told.surely, told.possibly)]
    told = [*rails, *proof.form.asked.values()]
    differs = [z3.substitute(claim, *change) != claim for claim in told]
    model = proof.search.find(z3.Not(proof.form.asked[question.id]), *other.domain, z3.Or(differs))
    what = f"{question.id} counts although it is not asked"
    return [] if model is None else [proof.against(what, model)]


def _alarming(question: Question) -> Iterator[Value]:
    match question.kind:
        case Kind.ONE:
            yield from question.tokens
        case Kind.MANY:
            yield from ((token,) for token in question.tokens)
        case Kind.NUMBER:
            yield question.high
        case Kind.TEXT:
            yield "some words"
        case Kind.ENTRIES:
            yield ({},) * question.most


def _left_behind(proof: Proof, patient: Patient, question: Question, value: Value) -> list[str]:
    # A number that must be above or below another one is left behind without that other one.
    alone = patient
    for other in proof.content.questionnaire.by_id.values():
        if question.id == other.above or other.id == question.above:
            alone = alone.without(other.id)
    stale, without = alone.but(question.id, value), alone.without(question.id)
    if stale.result(proof.content) == without.result(proof.content):
        return []
    what = f"{question.id} = {value} counts although it is not asked"
    return [proof.patient(what, stale)]


def _unsure(proof: Proof) -> Found:
    found, excused, count = Found(), dict(proof.promises.excused[UNSURE]), 0
    for question in _gated(proof):
        count += 1
        claims = _closed(proof, question)
        shut = proof.search.find(*claims) is not None
        if excused.pop(question.id, None) is not None:
            if not shut:
                found.faults.append(f"the exception for {question.id} is not needed; take it out")
        elif shut and (model := proof.search.nearest(*claims)) is not None:
            what = f"{question.id} is not asked, although what it hangs on is unknown"
            found.faults.append(proof.against(what, model))
    found.faults += [f"the exception for {name} is about no such question" for name in excused]
    found.note = f"{count} questions, {len(proof.promises.excused[UNSURE])} declared exceptions"
    return found


def _closed(proof: Proof, question: Question) -> list[z3.BoolRef]:
    """Of a patient who is not asked, though every question of the gate is asked and unknown."""
    assert question.ask_if is not None  # noqa: S101 - only questions with a gate come here
    claims = [z3.Not(proof.form.asked[question.id])]
    for ref in refs_in(question.ask_if):
        claims.append(proof.form.asked[ref.id])
        if ref.id in proof.form.lists:
            claims.append(proof.form.lists[ref.id].empty)
        else:
            claims.append(proof.form.symbols[ref.id].silent)
    return claims
