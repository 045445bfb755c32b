"""Rules: what follows from the answers, each with its reasons and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.catalogue.sources import Source
from rules.catalogue.words import WORDINGS
from rules.conditions.checks import limits_in, never, refs_in
from rules.conditions.names import Names
from rules.conditions.parse import parse
from rules.conditions.tree import Condition
from rules.faults import Faults, refuse
from rules.fields import Fields, Placed, ids_in, placed
from rules.kinds import Level
from rules.questions.model import Citation
from rules.questions.parts import citations
from rules.questions.words import same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Node

BLOCKS = ("full", "soft", "emergency", "")
# No setting of a clinic may reach into these rules.
SAFETY = ("R-SUI-", "R-SAF-")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a group of rules is about."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``if_unknown`` of None: an undecided rule is not shown.

    ``reads`` are the questions that its condition looks at.
    """

    id: str
    topic: Topic
    title: str
    level: Level
    if_unknown: Level | None
    block: str
    unknown_wording: str
    patient: str
    ask: str
    clinician: str
    sources: tuple[Citation, ...]
    core: bool
    when: Condition
    reads: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        reads = frozenset(ref.id for ref in refs_in(self.when))
        object.__setattr__(self, "reads", reads)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One topic as it stands in its two files."""

    logic: MappingNode
    words: MappingNode


_SWITCHES = ("enabled", "disabled", "off", "on", "active", "skip")
_KEYS = (
    "id",
    "set",
    "when",
    "level",
    "if_unknown",
    "block",
    "unknown_wording",
    "sources",
)


def read_rules(
    files: list[RuleFile], names: Names, sources: Mapping[str, Source]
) -> tuple[Rule, ...]:
    """Read every topic, in order."""
    reading = _Reading(names, sources)
    for file in files:
        with reading.faults.gathered():
            reading.topic(file)
    reading.faults.settle()
    return tuple(reading.found.values())


class _Reading:
    """The rules read so far."""

    def __init__(self, names: Names, sources: Mapping[str, Source]) -> None:
        self.faults = Faults()
        self.found: dict[str, Rule] = {}
        self._names, self._sources = names, sources

    def topic(self, file: RuleFile) -> None:
        logic = Fields(file.logic, "a file of rules", ("topic", "rules"))
        words = Fields(file.words, "a text file of rules", ("topic", "rules"))
        topic, texts = Topic(logic.token("topic"), words.text("topic")), placed(words, "rules")
        places = {name: place for name, (place, _) in texts.items()}
        nodes = logic.items("rules")
        same_ids(places, ids_in(nodes), file.words.place.file, "rule")
        for node in nodes:
            with self.faults.gathered():
                _refuse_switches(node)
                self._add(Fields(node, "a rule", _KEYS), topic, texts)

    def _add(self, given: Fields, topic: Topic, texts: Placed) -> None:
        name, place = given.text("id"), given.get("id").place
        if name in self.found:
            refuse(place, f"the rule '{name}' stands here twice", "keep one")
        said = Fields(
            texts[name][1], "the text of a rule", ("title", "patient", "ask", "clinician")
        )
        levels = [str(level) for level in Level]
        unknown = given.choice("if_unknown", (*levels, ""), "")
        self.found[name] = Rule(
            id=name,
            topic=topic,
            title=said.text("title"),
            level=Level(given.choice("level", levels)),
            if_unknown=Level(unknown) if unknown else None,
            block=given.choice("block", BLOCKS, ""),
            unknown_wording=given.choice("unknown_wording", WORDINGS, "other"),
            patient=said.text("patient"),
            ask=said.text("ask"),
            clinician=said.text("clinician"),
            sources=citations(given, frozenset(self._sources)),
            core=given.choice("set", ("core", "extra")) == "core",
            when=parse(given.get("when"), self._names),
        )
        _check(self.found[name], given, self._sources)


def _refuse_switches(node: Node) -> None:
    for word in _SWITCHES:
        if isinstance(node, MappingNode) and word in node.keys:
            what = "a rule cannot be switched off"
            refuse(node.keys[word], what, "take this line out; change the rule with a clinician")


def _check(rule: Rule, given: Fields, sources: Mapping[str, Source]) -> None:
    place, when = given.get("id").place, given.get("when").place
    if not rule.sources:
        refuse(place, f"the rule '{rule.id}' has no source", "add sources: [{source: ...}]")
    for cited in rule.sources:
        if sources[cited.source].background:
            what = f"'{cited.source}' is background and cannot carry a rule"
            refuse(given.get("sources").place, what, "cite a source that stands for itself")
    if never(rule.when):
        refuse(when, f"the rule '{rule.id}' can never fire", "look for parts that contradict")
    if rule.id.startswith(SAFETY) and (limits := sorted(limits_in(rule.when))):
        what = f"a limit ({limits[0]}) could switch off the safety rule '{rule.id}'"
        refuse(when, what, "write the number itself")
