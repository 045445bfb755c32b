"""Definitions: conditions and numbers that have a name."""

import keyword
from collections.abc import Mapping
from dataclasses import replace

from rules.conditions.names import Definition, Names
from rules.conditions.parse import define
from rules.conditions.tree import Asked, BodyMass, Ref
from rules.faults import Faults, did_you_mean, refuse
from rules.fields import TOKEN, Fields
from rules.kinds import Kind
from rules.questions.one import TAKEN
from rules.reader import Mapping as MappingNode
from rules.reader import Node


def read_definitions(file: MappingNode, names: Names) -> Names:
    """Read ``define:``; a name may use the names before it, so none can use itself."""
    faults = Faults()
    given = Fields(file, "the file of definitions", ("define", "derived"))
    derived = dict(_derived(node, names) for node in given.items("derived"))
    names = replace(names, derived=derived)
    for key, node in given.pairs("define"):
        with faults.gathered():
            if not _new(key.text, names):
                refuse(key.place, f"the name '{key.text}' cannot be used", "use a new small name")
            definition = define(node, names)
            known: Mapping[str, Definition] = {**names.definitions, key.text: definition}
            names = replace(names, definitions=known)
    faults.settle()
    return names


def _new(name: str, names: Names) -> bool:
    usable = TOKEN.fullmatch(name) and not keyword.iskeyword(name) and name not in TAKEN
    return bool(usable) and name not in names.all()


def _derived(node: Node, names: Names) -> tuple[str, tuple[BodyMass, str]]:
    given = Fields(node, "a derived number", ("id", "kind", "weight", "height", "unit"))
    given.choice("kind", ("body_mass_index",))
    name = given.token("id")
    if not _new(name, names):
        refuse(given.get("id").place, f"the name '{name}' cannot be used", "use a new small name")
    parts = []
    for key in ("weight", "height"):
        asked = names.questions.get(given.text(key))
        if asked is None or asked.kind is not Kind.NUMBER:
            numbers = [q.id for q in names.questions.values() if q.kind is Kind.NUMBER]
            hint = did_you_mean(given.text(key), numbers, "name a number question")
            refuse(given.get(key).place, f"there is no number '{given.text(key)}'", hint)
        parts.append(Asked(Ref(asked.id, asked.kind), asked.low or 0, asked.high or 0))
    return name, (BodyMass(*parts), given.text("unit"))
