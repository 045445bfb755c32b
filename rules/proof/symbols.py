"""One answer that is not given yet, as z3 sees it, and back again."""

import itertools
from dataclasses import dataclass
from fractions import Fraction

import z3

from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS, Kind, Value
from rules.proof.models import holds, whole
from rules.questions.model import Question

Change = list[tuple[z3.ExprRef, z3.ExprRef]]


@dataclass(frozen=True, slots=True)
class Symbol:
    """One answer, whatever it may be.

    Attributes:
        question: what is answered.
        bits: for each option, whether it is chosen or ticked.
        number: the number, in steps of the last decimal place that is kept.
        blank: whether nothing was answered (a number, a text).
        domain: what holds of every answer that the door lets in.
    """

    question: Question
    bits: dict[str, z3.BoolRef]
    number: z3.ArithRef | None
    blank: z3.BoolRef | None
    domain: tuple[z3.BoolRef, ...]

    @property
    def silent(self) -> z3.BoolRef:
        """Whether the answer does not say: blank, not sure, or rather not."""
        if self.blank is not None:
            return self.blank
        told = [bit for token, bit in self.bits.items() if token not in UNKNOWN_TOKENS]
        unsure = [bit for token, bit in self.bits.items() if token in UNKNOWN_TOKENS]
        if self.question.kind is Kind.ONE:
            return z3.Not(z3.Or(told))
        return z3.Or(z3.Not(z3.Or(told)), *unsure)

    @property
    def parts(self) -> list[z3.ExprRef]:
        """All that makes up the answer."""
        parts = (*self.bits.values(), self.number, self.blank)
        return [part for part in parts if part is not None]

    @property
    def step(self) -> int:
        """How many steps make one."""
        return int(10**self.question.decimals)

    @property
    def value(self) -> z3.ArithRef:
        """The number itself."""
        return self.number if self.step == 1 else z3.ToReal(self.number) / self.step

    def chosen(self, token: str) -> z3.BoolRef:
        """Whether an option is chosen or ticked."""
        return self.bits.get(token, z3.BoolVal(False))  # noqa: FBT003 - a value

    def is_value(self, value: Value) -> z3.BoolRef:
        """Whether the answer is just this one."""
        return z3.And([given == wanted for given, wanted in self.to_value(value)])

    def to_value(self, value: Value) -> Change:
        """What to put in the place of this answer's parts to make it this one."""
        if self.number is not None:
            number = 0 if value is None else round(Fraction(str(value)) * self.step)
            held = [(self.number, z3.IntVal(number))] if value is not None else []
            return [*held, (self.blank, z3.BoolVal(value is None))]
        if self.blank is not None:
            return [(self.blank, z3.BoolVal(value in {None, ""}))]
        ticked = value if isinstance(value, tuple) else (value,)
        return [(bit, z3.BoolVal(token in ticked)) for token, bit in self.bits.items()]

    def to_symbol(self, other: "Symbol") -> Change:
        """What to put in the place of this answer's parts to make it another answer."""
        change = [(bit, other.bits[token]) for token, bit in self.bits.items()]
        if self.number is not None:
            change.append((self.number, other.number))
        return change if self.blank is None else [*change, (self.blank, other.blank)]

    def read(self, model: z3.ModelRef) -> Value:
        """The answer in a model, as a patient would give it."""
        if self.blank is not None and holds(model, self.blank):
            return None
        if self.number is not None:
            steps = whole(model, self.number)
            return steps if self.step == 1 else _plain(Fraction(steps, self.step))
        if self.question.kind is Kind.TEXT:
            return "some words"[: self.question.longest]
        ticked = tuple(token for token, bit in self.bits.items() if holds(model, bit))
        if self.question.kind is Kind.MANY:
            return ticked or None
        return ticked[0] if ticked else None


def _plain(number: Fraction) -> int | float:
    return int(number) if number.denominator == 1 else float(number)


def symbol(question: Question, name: str) -> Symbol:
    """Make an answer that is not given yet."""
    match question.kind:
        case Kind.NUMBER:
            return _number(question, name)
        case Kind.TEXT:
            return Symbol(question, {}, None, z3.Bool(f"{name} blank"), ())
        case _:
            bits = {token: z3.Bool(f"{name} {token}") for token in question.tokens}
            alone = _at_most_one if question.kind is Kind.ONE else _empty_stands_alone
            return Symbol(question, bits, None, None, alone(bits))


def _number(question: Question, name: str) -> Symbol:
    number, step = z3.Int(name), 10**question.decimals
    low, high = (round(Fraction(str(end or 0)) * step) for end in (question.low, question.high))
    return Symbol(question, {}, number, z3.Bool(f"{name} blank"), (number >= low, number <= high))


def _at_most_one(bits: dict[str, z3.BoolRef]) -> tuple[z3.BoolRef, ...]:
    return tuple(z3.Not(z3.And(pair)) for pair in itertools.combinations(bits.values(), 2))


def _empty_stands_alone(bits: dict[str, z3.BoolRef]) -> tuple[z3.BoolRef, ...]:
    return tuple(
        z3.Not(z3.And(bits[alone], bit))
        for alone in EMPTY_TOKENS
        for token, bit in bits.items()
        if alone in bits and token != alone
    )
