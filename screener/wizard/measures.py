"""A height or a weight, in the unit a person knows. The answer is kept in metric."""

# ruff: noqa: ANN401 - WTForms holds data of any type in a field

from dataclasses import dataclass
from typing import Any

from rules import Question
from screener.language import _
from screener.wizard import wording
from screener.wizard.fields import NumberField, Raw, line, within

CM_IN_FOOT, CM_IN_INCH, KG_IN_POUND = 30.48, 2.54, 0.45359237
INCHES_IN_FOOT = 12
OTHERS = {"cm": ("ft", "in"), "kg": ("lb",)}


@dataclass(frozen=True)
class Box:
    """One input of a measure."""

    name: str
    label: str
    value: str
    suffix: str

    @property
    def id(self) -> str:
        """The id of the input; the first box carries the id of the field."""
        return self.name


class MeasureField(NumberField):
    """A measure in centimetres or feet and inches, in kilograms or pounds."""

    def __init__(self, question: Question, **bound: Any) -> None:
        super().__init__(question, **bound)
        self.written: dict[str, str] = {}

    @property
    def units(self) -> tuple[str, ...]:
        """The units that the boxes stand for, metric first."""
        return (self.question.unit, *OTHERS[self.question.unit])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the boxes."""
        return tuple(self._name(unit) for unit in self.units)

    @property
    def boxes(self) -> list[Box]:
        """The inputs to draw."""
        labels = {
            "cm": _("Centimetres (cm)"),
            "ft": _("Feet"),
            "in": _("Inches"),
            "kg": _("Kilograms (kg)"),
            "lb": _("Pounds (lb)"),
        }
        return [
            Box(self._name(unit), labels[unit], self.written.get(unit, ""), unit)
            for unit in self.units
        ]

    def process(
        self,
        formdata: Any,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Read all boxes, not only the one that has the field's name."""
        if formdata is not None:
            self.written = {unit: line(formdata.getlist(self._name(unit))) for unit in self.units}
        super().process(formdata, *args, **kwargs)

    def process_data(self, value: Any) -> None:
        """Take the answer that was kept, in metric."""
        super().process_data(value)
        if value is not None and not any(self.written.values()):
            self.written = {self.question.unit: self.raw}

    def process_formdata(self, valuelist: Raw) -> None:  # noqa: ARG002 - WTForms' signature
        """Turn what stands in the boxes into one whole metric number."""
        self.data, self.typed = None, None
        metric, other = self.written[self.question.unit], self._others()
        if metric and any(other):
            raise ValueError(wording.one_of_two(self.question))
        if metric:
            value = self._round(super().number(metric, self.question.unit))
        elif any(other):
            value = self._round(self._from_others(other))
            self.typed = {"unit": self.units[1], "value": " ".join(word or "0" for word in other)}
        else:
            return
        self.data = within(self.question, value)

    def show_typed(self, typed: dict[str, str]) -> None:
        """Show the measure in the unit in which it was typed."""
        units = self.units[1:]
        if typed.get("unit") == units[0]:
            self.written = dict(zip(units, typed.get("value", "").split(), strict=False))

    def _others(self) -> list[str]:
        return [self.written[unit] for unit in self.units[1:]]

    def _from_others(self, other: list[str]) -> float:
        values = [
            self.number(text, unit) if text else 0
            for text, unit in zip(other, self.units[1:], strict=True)
        ]
        if self.question.unit == "kg":
            return values[0] * KG_IN_POUND
        if other[0] and values[1] >= INCHES_IN_FOOT:
            raise ValueError(_("Inches must be less than 12. Enter 5 feet and 11 inches, say."))
        return values[0] * CM_IN_FOOT + values[1] * CM_IN_INCH

    def _name(self, unit: str) -> str:
        return self.name if unit == self.question.unit else f"{self.name}_{unit}"

    @staticmethod
    def _round(value: float) -> int:
        return int(value + 0.5)
