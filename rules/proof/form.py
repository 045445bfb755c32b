"""The whole form and every rule, over answers and limits that are not given yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import z3

from rules.catalogue.rules import Rule
from rules.conditions.checks import nodes
from rules.conditions.tree import AnyEntry, Condition, Count
from rules.content import Content
from rules.kinds import Kind, Level, Value
from rules.proof.body import fitting
from rules.proof.entries import Entries, entries, is_asked
from rules.proof.models import whole
from rules.proof.rails import Rails
from rules.proof.reading import Reading
from rules.proof.symbols import Change, Symbol, symbol


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown: how urgent, and with which blocks."""

    levels: tuple[z3.BoolRef, ...]  # at least as urgent as each level, the most urgent first
    full: z3.BoolRef
    crisis: z3.BoolRef  # soft or full
    emergency: z3.BoolRef

    def changed(self, change: Change) -> "Picture":
        """The same picture of a patient who answers something else."""
        levels = tuple(z3.substitute(level, *change) for level in self.levels)
        others = (self.full, self.crisis, self.emergency)
        return Picture(levels, *(z3.substitute(other, *change) for other in others))

    def calmer_than(self, other: "Picture") -> z3.BoolRef:
        """Whether this picture is less urgent than another one."""
        pairs = zip(other.levels, self.levels, strict=True)
        return z3.Or([z3.And(theirs, z3.Not(ours)) for theirs, ours in pairs])

    def weaker_than(self, other: "Picture") -> z3.BoolRef:
        """Whether this picture lacks a block that another one has, or has a weaker one."""
        pairs = [(other.full, self.full), (other.crisis, self.crisis)]
        pairs.append((other.emergency, self.emergency))
        return z3.Or([z3.And(theirs, z3.Not(ours)) for theirs, ours in pairs])


@dataclass(frozen=True)
class Form:
    """The form of one content, encoded once.

    Attributes:
        reading: how a condition is read over this form.
        truths: whether each rule holds.
        domain: what is true of all answers and of all limits that the door lets in.
    """

    content: Content
    reading: Reading
    truths: Mapping[str, Rails]
    picture: Picture
    domain: tuple[z3.BoolRef, ...]

    @property
    def symbols(self) -> Mapping[str, Symbol]:
        """Every answer but the lists."""
        return self.reading.symbols

    @property
    def lists(self) -> Mapping[str, Entries]:
        """Every list of entries."""
        return self.reading.lists

    @property
    def asked(self) -> Mapping[str, z3.BoolRef]:
        """Whether each question is asked."""
        return self.reading.asked

    def shown(self, rule: Rule, level: Level | None = None) -> z3.BoolRef:
        """Whether a rule is shown, and at least as urgent as a level."""
        rank = Level.INFO.rank if level is None else level.rank
        rails, ways = self.truths[rule.id], []
        if rule.level.rank <= rank:
            ways.append(rails.surely)
        if rule.if_unknown and rule.if_unknown.rank <= rank:
            ways.append(rails.undecided)
        return z3.Or(ways)

    def answers(self, model: z3.ModelRef, changed: Mapping[str, Symbol]) -> dict[str, Value]:
        """The answers in a model, some of them read from other symbols."""
        symbols = {**self.symbols, **changed}
        read = {name: given.read(model) for name, given in symbols.items()}
        for (weight, height), body in self.reading.bodies.items():
            if read[weight] is not None and read[height] is not None:
                index = whole(model, body.index)
                found = fitting(symbols[weight], symbols[height], index, read[height])
                read[weight], read[height] = found or (read[weight], read[height])
        return read | {name: listed.read(model) for name, listed in self.lists.items()}

    def numbers(self, model: z3.ModelRef) -> dict[str, int]:
        """The limits in a model."""
        limits = self.reading.limits.items()
        return {name: whole(model, at) for name, at in limits}


def encode(content: Content, promised: Iterable[Condition] = ()) -> Form:
    """Encode a content.

    Args:
        content: as ``load`` returned it.
        promised: other conditions that will be read over this form.
    """
    questions = content.questionnaire.by_id
    symbols = {name: symbol(q, name) for name, q in questions.items() if q.kind is not Kind.ENTRIES}
    limits = {name: z3.Int(f"limit {name}") for name in content.limits}
    reading = Reading(symbols, {}, limits, {})
    conditions = [rule.when for rule in content.rules]
    conditions += [q.ask_if for q in questions.values() if q.ask_if is not None]
    counted = _counted([*conditions, *promised])
    reading.lists = {
        name: entries(question, counted.get(name, ()), content.medicines, reading)
        for name, question in questions.items()
        if question.kind is Kind.ENTRIES
    }
    for page in content.questionnaire.pages:
        gates = {question.id: is_asked(question, reading) for question in page.questions}
        reading.asked |= gates
    truths = {rule.id: reading.truth(rule.when) for rule in content.rules}
    for condition in promised:
        reading.truth(condition)
    domain = (*_domain(content, reading), *_limits(content, limits))
    return Form(content, reading, truths, _picture(content, truths), domain)


def _counted(conditions: Iterable[Condition]) -> dict[str, tuple[Condition, ...]]:
    """The conditions that are counted over each list, each once."""
    found: dict[str, dict[Condition, None]] = {}
    for condition in conditions:
        for node in nodes(condition):
            if isinstance(node, Count | AnyEntry):
                found.setdefault(node.ref.id, {})[node.part] = None
    return {name: tuple(parts) for name, parts in found.items()}


def _domain(content: Content, reading: Reading) -> Iterable[z3.BoolRef]:
    for name, given in reading.symbols.items():
        yield from given.domain
        above = reading.symbols.get(content.questionnaire.question(name).above)
        if above is not None:
            known = z3.Not(z3.Or(given.silent, above.silent))
            yield z3.Implies(known, given.value > above.value)
    for listed in reading.lists.values():
        yield from listed.domain
    for body in reading.bodies.values():
        yield body.domain


def _limits(content: Content, limits: Mapping[str, z3.ArithRef]) -> Iterable[z3.BoolRef]:
    for name, limit in content.limits.items():
        yield z3.And(limits[name] >= limit.low, limits[name] <= limit.high)
    for order in content.limits.orders:
        small, large = limits[order.smaller], limits[order.larger]
        yield small <= large if order.may_equal else small < large


def _picture(content: Content, truths: Mapping[str, Rails]) -> Picture:
    def shown(rule: Rule, rank: int) -> list[z3.BoolRef]:
        found = [truths[rule.id].surely] if rule.level.rank <= rank else []
        unknown = rule.if_unknown is not None and rule.if_unknown.rank <= rank
        return [*found, truths[rule.id].undecided] if unknown else found

    def some(rank: int, *blocks: str) -> z3.BoolRef:
        chosen = [rule for rule in content.rules if not blocks or rule.block in blocks]
        return z3.Or([way for rule in chosen for way in shown(rule, rank)])

    least = Level.INFO.rank
    levels = tuple(some(level.rank) for level in Level if level is not Level.INFO)
    return Picture(
        levels, some(least, "full"), some(least, "full", "soft"), some(least, "emergency")
    )
