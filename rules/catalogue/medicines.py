"""Medicines: the usual antidepressants, and from which dose a trial counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.faults import Faults, refuse
from rules.fields import Fields, Places, ids_in, pairs
from rules.kinds import Value
from rules.questions.words import label_pairs, same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Node


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine; without dose bands its dose is never judged."""

    token: str
    name: str
    group: str
    clearly_low: int | None
    meets: int | None
    verified: bool
    basis: str = ""

    def adequate(self, dose: float | None) -> str | None:
        """Whether a daily dose in mg is enough: yes, no, or None where that is unclear."""
        if dose is None or self.meets is None or self.clearly_low is None:
            return None
        if dose >= self.meets:
            return "yes"
        return "no" if dose < self.clearly_low else None


def read_medicines(logic: MappingNode, words: MappingNode) -> tuple[Medicine, ...]:
    """Read the medicines and their names, in order."""
    said = Fields(words, "the text of medicines", ("medicines",)).get("medicines")
    names, found, faults = label_pairs(said, "a name"), dict[str, Medicine](), Faults()
    nodes = Fields(logic, "the file of medicines", ("medicines",)).items("medicines")
    same_ids(_places(said), ids_in(nodes, "token"), words.place.file, "medicine")
    for node in nodes:
        with faults.gathered():
            medicine = _medicine(Fields(node, "a medicine", _KEYS), names)
            if medicine.token in found:
                refuse(node.place, f"'{medicine.token}' stands here twice", "keep one")
            found[medicine.token] = medicine
    faults.settle()
    return tuple(found.values())


def _places(said: Node) -> Places:
    return {name.text: name.place for name, _ in pairs(said, "'medicines'")}


_KEYS = ("token", "group", "clearly_low", "meets", "verified", "basis")


def _medicine(given: Fields, names: Mapping[str, str]) -> Medicine:
    low, meets = given.maybe_whole("clearly_low"), given.maybe_whole("meets")
    token = given.token("token")
    if (low is None) != (meets is None) or (low or 0) > (meets or 0):
        what = f"the dose bands of '{token}' do not fit together"
        refuse(given.node.place, what, "write both, clearly_low not above meets")
    name, group = names[token], given.text("group")
    verified, basis = given.yes("verified"), given.maybe("basis")
    return Medicine(token, name, group, low, meets, verified, basis)


def judge(medicines: Iterable[Medicine], entry: Mapping[str, Value]) -> str | None:
    """Look up whether the dose of one trial was adequate."""
    dose = entry.get("dose_mg")
    for medicine in medicines:
        if medicine.token == entry.get("med"):
            return medicine.adequate(dose if isinstance(dose, int | float) else None)
    return None
