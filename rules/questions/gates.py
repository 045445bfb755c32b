"""When a question is asked: the conditions of questions, which look only back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.conditions import tree
from rules.conditions.names import Names
from rules.conditions.parse import parse
from rules.faults import Faults, refuse
from rules.fields import ids_in, scalar
from rules.questions.model import Page, Question, Step
from rules.reader import Listing, Node
from rules.reader import Mapping as MappingNode

Limited = Mapping[str, tuple[tree.Limited, str]]
_GATES = ("ask_if", "ask_only_if")


def with_gates(
    steps: Iterable[Step], nodes: Mapping[str, Node], limits: Limited
) -> tuple[Step, ...]:
    """Read the condition of every question; it may name what earlier pages ask."""
    asked: dict[str, Question] = {}
    faults = Faults()
    found = []
    for step in steps:
        pages = []
        for page in step.pages:
            names = Names(dict(asked), limits)
            pages.append(_page(page, nodes, names, faults))
            asked |= {question.id: question for question in pages[-1].questions}
        found.append(replace(step, pages=tuple(pages)))
    faults.settle()
    return tuple(found)


def _page(page: Page, nodes: Mapping[str, Node], names: Names, faults: Faults) -> Page:
    questions = list(page.questions)
    for index, question in enumerate(page.questions):
        with faults.gathered():
            questions[index] = _gated(question, nodes[question.id], names)
    return replace(page, questions=tuple(questions))


def _gated(question: Question, node: Node, names: Names) -> Question:
    gates = node.entries if isinstance(node, MappingNode) else {}
    written = [word for word in _GATES if word in gates]
    if written == list(_GATES):
        place = gates[written[1]].place
        refuse(place, "a question has ask_if or ask_only_if, not both", "keep one of them")
    fields = _fields(question, gates.get("fields"), names)
    if not written:
        return replace(question, fields=fields)
    gate = parse(scalar(gates[written[0]], "the condition of a question"), names)
    only = written == ["ask_only_if"]
    return replace(question, fields=fields, ask_if=gate, only_if_sure=only)


def _fields(question: Question, node: Node | None, names: Names) -> tuple[Question, ...]:
    """The fields of an entry; a condition there may name the fields before it."""
    if not isinstance(node, Listing):
        return question.fields
    nodes = {name: item for item in node.items for name in ids_in([item])}
    fields: dict[str, Question] = {}
    for field in question.fields:
        earlier = Names(dict(fields), names.limits)
        fields[field.id] = _gated(field, nodes[field.id], earlier)
    return tuple(fields.values())
