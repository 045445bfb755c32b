"""A condition as English sentences, made from the typed tree and nothing else.

What a clinician reads and signs is what the program runs: there is no second text to keep in step.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rules.conditions import tree
from rules.conditions.checks import nodes
from rules.conditions.tree import Condition, Number, Ref
from rules.content import Content
from rules.phrases import COMPARED, SIGNS, Sentence, listed, spaced
from rules.questions.model import DOSE_ADEQUATE, Question


class English:
    """Puts conditions of one content into words."""

    def __init__(self, content: Content, limits: Mapping[str, int] | None = None) -> None:
        self.content = content
        self._limits = limits or content.limits.numbers
        self._listed: Question | None = None
        self._bare = False  # in the gate of a field, a name alone is a field

    def sentence(self, condition: Condition) -> Sentence:
        """Say when a rule applies."""
        match condition:
            case tree.Always():
                return Sentence("Applies to everyone.")
            case tree.Or(found) | tree.And(found):
                how = "at least one" if isinstance(condition, tree.Or) else "every one"
                return Sentence(
                    f"Applies when {how} of these holds:", tuple(map(self.clause, found))
                )
            case _:
                return Sentence(f"Applies when {self.clause(condition)}.")

    def terms(self, conditions: Iterable[Condition]) -> dict[str, Sentence]:
        """Say what each name means that conditions use, in the order in which they use them."""
        found: dict[str, Sentence] = {}
        for condition in conditions:
            for node in nodes(condition):
                if isinstance(node, tree.Named):
                    found[spaced(node.name)] = self._meaning(node.part)
                if isinstance(node, tree.NamedNumber):
                    found[spaced(node.name)] = Sentence(f"{self.number(node.part)}.")
        return found

    def _meaning(self, part: Condition) -> Sentence:
        said = self.sentence(part)
        return Sentence(said.head.replace("Applies when ", "Holds when ", 1), said.points)

    def clause(self, node: Condition) -> str:
        """Say a condition as part of a sentence."""
        return _CLAUSE[type(node)](self, node)

    def gate(self, node: Condition, listed: Question | None = None) -> str:
        """Say when a question, or a field of a list, is asked."""
        self._listed, self._bare = listed, listed is not None
        try:
            return self.clause(node)
        finally:
            self._listed, self._bare = None, False

    def asked(self, question: Question, listed: Question | None = None) -> str:
        """Say when a question is asked."""
        if question.ask_if is None:
            return "always"
        when = self.gate(question.ask_if, listed)
        gap = "not" if question.only_if_sure else "also"
        return f"when {when}; {gap} when that is not known"

    def number(self, node: Number) -> str:
        """Name a number."""
        return _NUMBER[type(node)](self, node)

    def question(self, ref: Ref) -> Question:
        """The question, or the field of the list at hand."""
        if self._listed and (ref.in_entry or self._bare):
            return self._listed.readable_fields()[ref.id]
        return self.content.questionnaire.question(ref.id)

    def name(self, ref: Ref) -> str:
        """A question by its short name."""
        question = self.question(ref)
        if question is DOSE_ADEQUATE:
            return "the dose was high enough (looked up in the table of medicines)"
        return f"“{question.short or question.ask or spaced(question.id)}”"

    def labels(self, ref: Ref, tokens: Iterable[str], word: str = "or") -> str:
        """Options by their labels."""
        question = self.question(ref)
        found = [option.label for token in tokens if (option := question.option(token))]
        return listed([f"“{label}”" for label in found], word)

    def limit(self, name: str) -> str:
        """The value of a limit in force, and its name."""
        limit = self.content.limits[name]
        unit = self.content.words.units[limit.unit]
        return f"{self._limits[name]} {unit} [limit {name}]"

    def each(self, ref: Ref, part: Condition) -> str:
        """Say what must hold for an entry of a list."""
        self._listed = self.question(ref)
        try:
            return self.clause(part)
        finally:
            self._listed = None


def _joined(say: English, node: tree.And | tree.Or) -> str:
    word = "and" if isinstance(node, tree.And) else "or"
    said = [_within(say, part) for part in node.parts]
    return f", {word} ".join(said) if len(said) > 1 else said[0]


def _within(say: English, part: Condition) -> str:
    text = say.clause(part)
    return f"({text})" if isinstance(part, tree.And | tree.Or) else text


def _chosen(say: English, node: tree.Chosen) -> str:
    if say.question(node.ref) is DOSE_ADEQUATE:
        sure = (node.tokens == ("yes",)) != node.negated
        return say.name(node.ref) if sure else f"it is not so that {say.name(node.ref)}"
    labels = say.labels(node.ref, node.tokens)
    how = "is answered, but not with" if node.negated else "is answered"
    return f"{say.name(node.ref)} {how} {labels}"


def _ticked(say: English, node: tree.Ticked) -> str:
    word = "and" if node.how == "all" else "or"
    labels = say.labels(node.ref, node.tokens, word)
    how = "is answered, without" if node.how == "none" else "includes"
    return f"{say.name(node.ref)} {how} {labels}"


def _compared(say: English, node: tree.Compare) -> str:
    right, unit = say.number(node.right), _unit(say, node.left)
    if isinstance(node.right, tree.Whole) and unit:
        right = f"{right} {unit}"
    return f"{say.number(node.left)} {COMPARED[node.operator].format(right)}"


def _unit(say: English, node: Number) -> str:
    match node:
        case tree.Asked(ref=ref) | tree.Band(ref=ref) | tree.Count(ref=ref):
            unit = say.question(ref).unit
            return say.content.words.units.get(unit, unit)
        case tree.NamedNumber(part=part):
            return _unit(say, part)
        case _:
            return ""


def _unknown(say: English, node: tree.Unknown) -> str:
    if isinstance(node.part, Ref):
        return (
            f"{say.name(node.part)} was asked and is not known (not sure, not said, or left empty)"
        )
    return f"it cannot be decided whether {say.clause(node.part)}"


def _count(say: English, node: tree.Count) -> str:
    name = say.name(node.ref)
    if isinstance(node.part, tree.Always):
        return f"the number of entries under {name}"
    return f"the number of entries under {name} for which {say.each(node.ref, node.part)}"


_CLAUSE: Mapping[type[Condition], Callable[[English, Any], str]] = {
    tree.Always: lambda _say, _node: "nothing else is needed",
    tree.Named: lambda _say, node: f"‹{spaced(node.name)}› holds",
    tree.Not: lambda say, node: f"it is not so that {_within(say, node.part)}",
    tree.And: _joined,
    tree.Or: _joined,
    tree.Unknown: _unknown,
    tree.Chosen: _chosen,
    tree.Ticked: _ticked,
    tree.AnyEntry: lambda say, node: (
        f"{say.name(node.ref)} has an entry for which {say.each(node.ref, node.part)}"
    ),
    tree.Compare: _compared,
}
_NUMBER: Mapping[type[Number], Callable[[English, Any], str]] = {
    tree.Whole: lambda _say, node: str(node.value),
    tree.NamedNumber: lambda _say, node: f"the number ‹{spaced(node.name)}›",
    tree.Limited: lambda say, node: say.limit(node.id),
    tree.Asked: lambda say, node: say.name(node.ref),
    tree.Band: lambda say, node: say.name(node.ref),
    tree.BodyMass: lambda say, node: (
        f"the body mass index (from {say.number(node.weight)} and {say.number(node.height)})"
    ),
    tree.Sum: lambda say, node: (
        f"{say.number(node.left)} {SIGNS[node.sign]} {say.number(node.right)}"
    ),
    tree.Count: _count,
    tree.CountTicks: lambda say, node: f"the number of ticks under {say.name(node.ref)}",
}
