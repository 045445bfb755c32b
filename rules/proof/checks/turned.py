"""One answer changed and all else as it was: what that may never lead to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import z3

from rules.kinds import NONE, Kind, Value
from rules.proof.models import whole
from rules.proof.patients import Patient
from rules.proof.proof import Check, Found, Proof
from rules.proof.symbols import Change, Symbol, symbol
from rules.proof.words import shown
from rules.questions.model import Question
from rules.wording import say

UNKNOWN, CONCERN = "unknown-never-calmer", "concern-never-calmer"


def checks(_proof: Proof) -> list[Check]:
    """Properties 3, 4 and 5."""
    return [
        Check(
            UNKNOWN, "3", "Not knowing is never calmer than no, and no block is weaker.", _unknown
        ),
        Check(
            CONCERN, "4", "A concern is never calmer than none, and no block is weaker.", _concern
        ),
        Check(
            "higher-never-calmer",
            "5",
            "A higher blood pressure is never calmer, with all else as it was.",
            _rising,
        ),
    ]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of the form, or of the entry that stands for itself, and another answer to it."""

    name: str
    given: Symbol
    other: Symbol
    listed: str = ""  # the list, when it is a field of an entry

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.given.question


def calm(question: Question) -> Value:
    """The answer that says that there is nothing; None when there is no such."""
    for token in ("no", NONE):
        if token in question.tokens:
            return (token,) if question.kind is Kind.MANY else token
    return None


def _turns(proof: Proof, *, fields: bool) -> Iterator[Turn]:
    """Every question that can be answered with no, or with none of these."""
    for name, given in proof.form.symbols.items():
        if given.question.options and calm(given.question) is not None:
            yield Turn(name, given, symbol(given.question, f"{name} otherwise"))
    for listed_id, listed in proof.form.lists.items() if fields else ():
        for name, given in listed.single.symbols.items():
            if given.question.options and calm(given.question) is not None:
                other = symbol(given.question, f"{listed_id} {name} otherwise")
                yield Turn(f"{listed_id}.{name}", given, other, listed_id)


def _unknown(proof: Proof) -> Found:
    turns = list(_turns(proof, fields=True))
    return _compared(proof, UNKNOWN, [(turn, turn.other.silent) for turn in turns])


def _concern(proof: Proof) -> Found:
    turns = list(_turns(proof, fields=False))
    claims = [z3.Not(turn.other.is_value(calm(turn.question))) for turn in turns]
    return _compared(proof, CONCERN, zip(turns, claims, strict=True))


def _compared(proof: Proof, group: str, turns: Iterable[tuple[Turn, z3.BoolRef]]) -> Found:
    """Hold the calm answer against another one; exceptions must be needed, and nothing else."""
    found, excused, count = Found(), dict(proof.promises.excused[group]), 0
    for turn, claim in turns:
        count += 1
        if excused.pop(turn.name, None) is None:
            found.faults += _calmer(proof, turn, claim, nearest=True)
        elif not _calmer(proof, turn, claim, nearest=False):
            found.faults.append(f"the exception for {turn.name} is not needed; take it out")
    found.faults += [f"the exception for {name} is about no such question" for name in excused]
    found.note = f"{count} questions, {len(proof.promises.excused[group])} declared exceptions"
    return found


def _calmer(proof: Proof, turn: Turn, claim: z3.BoolRef, *, nearest: bool) -> list[str]:
    picture, no = proof.form.picture, turn.given.to_value(calm(turn.question))
    before = picture.changed(no)
    after = picture.changed(turn.given.to_symbol(turn.other))
    worse = z3.Or(after.calmer_than(before), after.weaker_than(before))
    claims = [turn.given.is_value(calm(turn.question)), *turn.other.domain, claim, worse]
    if turn.listed:
        claims.append(proof.form.lists[turn.listed].with_single)
    look = proof.search.nearest if nearest else proof.search.find
    model = look(*claims, alone=not turn.listed)
    if model is None:
        return []
    return [_told(proof, turn, model)] if nearest else [turn.name]


def _told(proof: Proof, turn: Turn, model: z3.ModelRef) -> str:
    patient, value = proof.runs.run(model), turn.other.read(model)
    other = patient.but(turn.name, value)
    if turn.listed:
        entries = patient.answers[turn.listed]
        assert isinstance(entries, tuple)  # noqa: S101 - the single entry is the last of them
        changed = {**entries[-1], turn.question.id: value}  # type: ignore[dict-item]
        other = patient.but(turn.listed, (*entries[:-1], changed))
    words = say(proof.content, turn.question, value)
    return proof.patient(
        f"{turn.name}: '{words}' is shown calmer than no",
        patient,
        f"is shown: {shown(proof.content, patient)}",
        f"and with '{words}' here: {shown(proof.content, other)}",
        about=[turn.listed or turn.name],
    )


def _rising(proof: Proof) -> Found:
    found = Found(note=", ".join(proof.promises.rising))
    for name in proof.promises.rising:
        given = proof.form.symbols[name]
        other = symbol(given.question, f"{name} higher")
        change: Change = [(given.number, other.number)]
        allowed = [z3.substitute(claim, *change) for claim in proof.form.domain]
        after = proof.form.picture.changed(change)
        worse = z3.Or(after.calmer_than(proof.form.picture), after.weaker_than(proof.form.picture))
        known = z3.Not(given.silent)
        higher = other.value > given.value
        model = proof.search.nearest(*allowed, known, higher, worse)
        if model is not None:
            found.faults.append(_fallen(proof, name, other, model))
    return found


def _fallen(proof: Proof, name: str, other: Symbol, model: z3.ModelRef) -> str:
    patient = proof.runs.run(model)
    higher = whole(model, other.number)
    turned: Patient = patient.but(name, higher)
    return proof.patient(
        f"{name}: {higher} is shown calmer than {patient.answers[name]}",
        patient,
        f"is shown: {shown(proof.content, patient)}",
        f"and with {higher} here: {shown(proof.content, turned)}",
        about=[name],
    )
