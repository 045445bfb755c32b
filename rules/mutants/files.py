"""The calm patient and the boundary patients, as they stand in their files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.answers import read as read_answers
from rules.content import Content
from rules.engine import Result, evaluate
from rules.fields import Fields, listing, pairs, scalar, whole
from rules.kinds import Kind, Value
from rules.questions.model import Question
from rules.reader import Node, read

HERE = Path(__file__).parent
CALM, PATIENTS = "calm.yaml", "patients.yaml"
Given = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Boundary:
    """A patient who is calm everywhere but for a few answers, and what this one is shown.

    Attributes:
        moved: the answers that are not the calm patient's.
        limits: the limits that are not the shipped ones.
        finds: each finding in a few words, as in ``R-AGE-65? discuss``.
    """

    moved: Mapping[str, Value]
    limits: Mapping[str, int]
    finds: tuple[str, ...] = ()

    @property
    def moves(self) -> int:
        """How many things differ from the calm patient."""
        return len(self.moved) + len(self.limits)

    def result(self, content: Content, calm: Given) -> Result:
        """What the program shows to this patient."""
        answers = read_answers(content.questionnaire, {**calm, **self.moved})
        return evaluate(content, answers, content.limits.with_values(self.limits))


def told(result: Result) -> tuple[str, ...]:
    """Each finding of a result in a few words: the rule, ``?`` for undecided, level and block."""
    return tuple(
        f"{found.rule.id}{'?' * found.undecided} {found.level} {found.rule.block}".rstrip()
        for found in result.findings
    )


def calm_patient(content: Content, folder: Path = HERE) -> dict[str, Value]:
    """Read the calm patient.

    Raises:
        ContentError: the file cannot be read.
        AnswerError: an answer in it is not one of this content.
    """
    given = Fields(read(folder / CALM, CALM), "the calm patient", ("calm",))
    return read_answers(content.questionnaire, _answers(content, given.get("calm")))


def boundary_patients(content: Content, folder: Path = HERE) -> tuple[Boundary, ...]:
    """Read the boundary patients, in the order of their file."""
    given = Fields(read(folder / PATIENTS, PATIENTS), "the boundary patients", ("patients",))
    return tuple(_patient(content, node) for node in given.items("patients"))


def _patient(content: Content, node: Node) -> Boundary:
    given = Fields(node, "a boundary patient", ("moved", "limits", "finds"))
    limits = {name.text: whole(value, "a limit") for name, value in given.pairs("limits")}
    finds = tuple(scalar(found, "a finding").text for found in given.items("finds"))
    return Boundary(_answers(content, given.get("moved")), limits, finds)


def _answers(content: Content, node: Node) -> dict[str, Value]:
    questions = content.questionnaire.by_id
    found = {name.text: value for name, value in pairs(node, "the answers")}
    return {name: _value(questions.get(name), value) for name, value in found.items()}


def _value(question: Question | None, node: Node) -> Value:
    if question and question.kind is Kind.ENTRIES:
        fields = {field.id: field for field in question.fields}
        return tuple(
            {name.text: _value(fields.get(name.text), value) for name, value in pairs(entry, "one")}
            for entry in listing(node, "a list of entries")
        )
    if question and question.kind is Kind.MANY:
        return tuple(scalar(tick, "an option").text for tick in listing(node, "a list of options"))
    text = scalar(node, "an answer").text
    if question and question.kind is Kind.NUMBER and text:
        return float(text) if "." in text else int(text)
    return text or None


HEAD = """\
# Boundary patients: each is the calm patient of calm.yaml but for the fewest answers ("moved") or
# limits. Together they tell each rule from its mutants, so they are the regression suite.
# Made by `screener check --boundary FILE`, fewest moves first, in the order of the form; not edited
# by hand. A finding is a rule (with ? where it could not be decided), its level, and its block.
"""


def as_yaml(patients: Iterable[Boundary]) -> str:
    """The text of a file of boundary patients."""
    blocks = [_block(patient) for patient in patients]
    return HEAD + "patients:\n" + "".join(blocks)


def _block(patient: Boundary) -> str:
    lines = [f"moved: {_flow(patient.moved)}"]
    if patient.limits:
        lines.append(f"limits: {_flow(patient.limits)}")
    lines.append(f"finds: {_flow(patient.finds)}")
    return "  - " + "\n    ".join(lines) + "\n"


def _flow(value: object) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case tuple():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case None:
            return '""'
        case str() if value not in {"yes", "no"}:
            return value
        case _:
            return f'"{value}"'
