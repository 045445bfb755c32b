"""The boundary patients of each rule, evaluated now and told in words."""

from dataclasses import dataclass

import rules
from rules.conditions.checks import limits_in, refs_in
from rules.conditions.tree import Condition
from rules.mutants.files import Boundary, boundary_patients, calm_patient
from screener.renderers.sheet import words

MOST = 6  # of one kind, so that a rule stays on its page


@dataclass(frozen=True, slots=True)
class Beside:
    """Patients for whom a rule comes out alike."""

    state: str
    name: str
    patients: tuple[str, ...]


def beside(content: rules.Content) -> dict[str, tuple[Beside, ...]]:
    """For each rule, the patients who changed an answer or a limit that it reads."""
    calm = calm_patient(content)
    found: dict[str, dict[str, list[str]]] = {rule.id: {} for rule in content.rules}
    reads = {rule.id: _reads(content, rule.when) for rule in content.rules}
    usual = _states(content, Boundary({}, {}), calm)
    for patient in boundary_patients(content):
        states, moved = _states(content, patient, calm), told(content, patient, calm)
        for rule in content.rules:
            near = reads[rule.id] >= {*patient.moved, *patient.limits}
            if near or states[rule.id] != usual[rule.id]:
                found[rule.id].setdefault(states[rule.id], []).append(moved)
    return {rule.id: _kinds(found[rule.id]) for rule in content.rules}


def _reads(content: rules.Content, condition: Condition) -> set[str]:
    """The questions and limits that a condition reads, and those that decide what is asked."""
    found = {ref.id for ref in refs_in(condition)} | limits_in(condition)
    gates = (content.questionnaire.by_id[name].ask_if for name in found - {*content.limits})
    return found.union(*(_reads(content, gate) for gate in gates if gate))


def _kinds(found: dict[str, list[str]]) -> tuple[Beside, ...]:
    return tuple(
        Beside(state, name, _shortened(found[state]))
        for state, name in words.STATES.items()
        if state in found
    )


def _shortened(patients: list[str]) -> tuple[str, ...]:
    """The first few, which moved the least; and how many are left out."""
    left = len(patients) - MOST
    more = (words.MORE.format(count=left),) if left > 0 else ()
    return (*patients[:MOST], *more)


def _states(content: rules.Content, patient: Boundary, calm: rules.Answers) -> dict[str, str]:
    findings = patient.result(content, calm).findings
    found = {each.rule.id: "undecided" if each.undecided else "applies" for each in findings}
    return {rule.id: found.get(rule.id, "silent") for rule in content.rules}


def told(content: rules.Content, patient: Boundary, calm: rules.Answers) -> str:
    """Say in what a patient differs from the quiet one."""
    questions, moved = content.questionnaire.by_id, []
    for name, value in patient.moved.items():
        question = questions.get(name)
        said = _answer(content, question, value, calm.get(name)) if question else value
        moved.append(f"{question.short if question else name}: {said}")
    limits = [f"limit {name} set to {value}" for name, value in patient.limits.items()]
    return "; ".join([*moved, *limits]) or "the quiet patient"


def _answer(
    content: rules.Content, question: rules.Question, value: rules.Value, calm: rules.Value
) -> str:
    """An answer in words; of entries only in what each differs from the one before it."""
    if not question.fields or not isinstance(value, tuple):
        return rules.say(content, question, value)
    first = calm[0] if isinstance(calm, tuple) and calm else {}
    found: list[str] = []
    before: rules.Answers = {}
    for entry in (each for each in value if isinstance(each, dict)):
        found.append(words.FIRST if entry == first else _entry(content, question, entry, before))
        before = entry
    return ", ".join(found)


def _entry(
    content: rules.Content, question: rules.Question, entry: rules.Answers, before: rules.Answers
) -> str:
    """An entry in words: what differs from the one before it; all, where there is none."""
    differs = ", ".join(
        f"{field.short}: {rules.say(content, field, entry.get(field.id))}"
        for field in question.fields
        if entry.get(field.id) != before.get(field.id)
    )
    if not before:
        return differs
    return words.LIKE.format(differs=differs) if differs else words.SAME


def quiet(content: rules.Content) -> tuple[tuple[str, str], ...]:
    """The answers of the quiet patient, in words."""
    calm = calm_patient(content)
    asked = rules.walk(content, calm).asked
    return tuple(
        (question.short or question.ask, _answer(content, question, calm.get(name), None))
        for name, question in content.questionnaire.by_id.items()
        if name in asked
    )
