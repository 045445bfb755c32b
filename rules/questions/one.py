"""Read one question, or one field of an entry."""

import keyword
from collections.abc import Mapping

from rules.faults import refuse
from rules.fields import Fields, ids_in
from rules.kinds import Kind
from rules.questions.model import Question
from rules.questions.parts import (
    Surroundings,
    citations,
    number_parts,
    read_options,
    read_ranges,
    read_unit,
)
from rules.questions.words import QuestionWords, same_ids
from rules.reader import Node

# Names that a form, or a condition, already uses for itself.
TAKEN = frozenset(
    [
        "data",
        "errors",
        "meta",
        "process",
        "validate",
        "form_errors",
        "hidden_tag",
        "populate_obj",
        "csrf_token",
        "skip",
        "then",
        "limit",
        "always",
        "unknown",
        "any",
        "count",
        "any_of",
        "all_of",
        "none_of",
    ]
)
LONGEST_TEXT = 1_000

_COMMON = {"id", "kind", "ask_if", "ask_only_if", "sources"}
_KEYS = {
    Kind.ONE: {"options", "options_from", "ranges", "range_unit"},
    Kind.MANY: {"options"},
    Kind.NUMBER: {"unit", "min", "max", "odd_below", "odd_above", "above", "decimals", "may_skip"},
    Kind.TEXT: {"longest", "may_skip"},
    Kind.ENTRIES: {"most", "fields", "unit"},
}


def read_question(node: Node, words: Mapping[str, QuestionWords], around: Surroundings) -> Question:
    """Read one question, all but the condition under which it is asked."""
    given, kind = _fields(node)
    name = _id(given)
    said = words[name]
    options = read_options(given, kind, said, around)
    return Question(
        id=name,
        kind=kind,
        ask=said.ask,
        hint=said.hint,
        short=said.short,
        thing=said.thing,
        options=options,
        unit=read_unit(given, around),
        may_skip=given.yes("may_skip"),
        longest=given.maybe_whole("longest") or LONGEST_TEXT if kind is Kind.TEXT else 0,
        fields=_entry_fields(given, said, around) if kind is Kind.ENTRIES else (),
        most=given.whole("most") if kind is Kind.ENTRIES else 0,
        sources=citations(given, around.sources),
        ranges=read_ranges(given, options),
        **number_parts(given, kind),  # type: ignore[arg-type]
    )


def _fields(node: Node) -> tuple[Fields, Kind]:
    every = _COMMON.union(*_KEYS.values())
    given = Fields(node, "a question", sorted(every))
    kind = Kind(given.choice("kind", list(Kind)))
    return Fields(node, f"a question of kind '{kind}'", sorted(_COMMON | _KEYS[kind])), kind


def _id(given: Fields) -> str:
    name = given.token("id")
    if name in TAKEN or keyword.iskeyword(name):
        what = f"'{name}' is a name that forms or conditions need themselves"
        refuse(given.get("id").place, what, "use another")
    return name


def _entry_fields(given: Fields, said: QuestionWords, around: Surroundings) -> tuple[Question, ...]:
    nodes = given.items("fields")
    if not nodes:
        refuse(given.node.place, "a list of entries needs fields", "add fields:")
    same_ids(said.places, ids_in(nodes), said.file, "field")
    fields: dict[str, Question] = {}
    for node in nodes:
        field = read_question(node, said.fields, around)
        if field.id in fields or field.kind is Kind.ENTRIES:
            refuse(node.place, f"the field '{field.id}' cannot stand here", "give each its own id")
        fields[field.id] = field
    return tuple(fields.values())
