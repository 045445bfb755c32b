"""A patient that was found, run in the shipped code, which must say the same."""

from dataclasses import dataclass, field

import z3

from rules.answers import AnswerError
from rules.answers import read as read_answers
from rules.catalogue.limits import LimitError
from rules.content import Content
from rules.engine import Result, evaluate, walk
from rules.kinds import Answers, Value
from rules.logic import NO, UNKNOWN, YES
from rules.proof.form import Form
from rules.proof.models import holds
from rules.proof.rails import Rails

_TOLD = {YES: "yes", UNKNOWN: "unknown", NO: "no"}


@dataclass(frozen=True, slots=True)
class Patient:
    """Answers and limits, as they come from outside."""

    answers: Answers
    limits: dict[str, int]

    def but(self, name: str, value: Value) -> "Patient":
        """The same patient, who answers one question in another way."""
        return Patient({**self.answers, name: value}, self.limits)

    def without(self, name: str) -> "Patient":
        """The same patient, who never came to one question."""
        return Patient({key: self.answers[key] for key in self.answers if key != name}, self.limits)

    def result(self, content: Content) -> Result:
        """What the program shows to this patient."""
        answers = read_answers(content.questionnaire, self.answers)
        return evaluate(content, answers, content.limits.with_values(self.limits))


@dataclass
class Runs:
    """Every patient that was found, run in the shipped code.

    Attributes:
        count: how many there were.
        differences: where the shipped code said something else than the encoding.
        unexplained: rules that were shown without an answer that was asked for.
    """

    form: Form
    count: int = 0
    differences: dict[str, None] = field(default_factory=dict)
    unexplained: dict[str, None] = field(default_factory=dict)

    def run(self, model: z3.ModelRef) -> Patient:
        """Run the patient in a model."""
        patient = Patient(self.form.answers(model, {}), self.form.numbers(model))
        self.count += 1
        try:
            proven, shipped = self._proven(model), self._shipped(patient)
        except (AnswerError, LimitError) as error:
            self.differences[f"the door refuses a patient that the proof allows: {error}"] = None
            return patient
        for name, said in proven.items():
            if said != shipped[name]:
                what = f"{name}: {said} in the proof, {shipped[name]} in the program"
                self.differences[what] = None
        return patient

    def _proven(self, model: z3.ModelRef) -> dict[str, str]:
        picture = self.form.picture
        levels = [*(holds(model, level) for level in picture.levels), True]
        crisis = [holds(model, picture.full), holds(model, picture.crisis), True]
        return {
            **{name: _told(model, rails) for name, rails in self.form.truths.items()},
            "the level": str(levels.index(True)),
            "the crisis block": ("full", "soft", "none")[crisis.index(True)],
            "the emergency block": str(holds(model, picture.emergency)),
        }

    def _shipped(self, patient: Patient) -> dict[str, str]:
        content = self.form.content
        answers = read_answers(content.questionnaire, patient.answers)
        limits = content.limits.with_values(patient.limits)
        path = walk(content, answers, limits)
        decided = zip(
            content.rules, content.decide(path.facts, limits.values_in_order), strict=True
        )
        result = evaluate(content, answers, limits)
        for finding in result.findings:
            named = {name.split("[")[0] for name in finding.because}
            if not named or named - path.asked:
                self.unexplained[finding.rule.id] = None
        return {
            **{rule.id: _TOLD[held] for rule, held in decided},
            "the level": str(result.level.rank),
            "the crisis block": result.crisis,
            "the emergency block": str(result.emergency),
        }


def _told(model: z3.ModelRef, rails: Rails) -> str:
    if holds(model, rails.surely):
        return "yes"
    return "unknown" if holds(model, rails.possibly) else "no"
