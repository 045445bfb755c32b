"""Rules: what follows from the answers, each with its reasons and its words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rules.catalogue.sources import Source
from rules.catalogue.words import WORDINGS
from rules.conditions.checks import limits_in, never, read_twice
from rules.conditions.names import Definition, Names
from rules.conditions.parse import define, parse
from rules.conditions.tree import Asked, BodyMass, Condition, Ref
from rules.faults import Faults, did_you_mean, refuse
from rules.fields import TOKEN, Fields
from rules.kinds import Kind, Level
from rules.questions.model import Citation
from rules.questions.one import citations
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
    """One rule. ``if_unknown`` of None: an undecided rule is not shown."""

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


def read_definitions(file: MappingNode, names: Names) -> Names:
    """Read ``define:``; a name may use the names before it, so none can use itself."""
    faults = Faults()
    given = Fields(file, "the file of definitions", ("define", "derived"))
    derived = dict(_derived(node, names) for node in given.items("derived"))
    names = replace(names, derived=derived)
    for key, node in given.pairs("define"):
        with faults.gathered():
            if not TOKEN.fullmatch(key.text) or key.text in names.all():
                refuse(key.place, f"the name '{key.text}' cannot be used", "use a new small name")
            definition = define(node, names)
            known: Mapping[str, Definition] = {**names.definitions, key.text: definition}
            names = replace(names, definitions=known)
    faults.settle()
    return names


def _derived(node: Node, names: Names) -> tuple[str, tuple[BodyMass, str]]:
    given = Fields(node, "a derived number", ("id", "kind", "weight", "height", "unit"))
    given.choice("kind", ("body_mass_index",))
    id = given.token("id")
    if id in names.all():
        refuse(given.get("id").place, f"the name '{id}' cannot be used", "use a new small name")
    parts = []
    for key in ("weight", "height"):
        asked = names.questions.get(given.text(key))
        if asked is None or asked.kind is not Kind.NUMBER:
            numbers = [q.id for q in names.questions.values() if q.kind is Kind.NUMBER]
            hint = did_you_mean(given.text(key), numbers, "name a number question")
            refuse(given.get(key).place, f"there is no number '{given.text(key)}'", hint)
        parts.append(Asked(Ref(asked.id, asked.kind), asked.low or 0, asked.high or 0))
    return id, (BodyMass(*parts), given.text("unit"))


def read_rules(
    files: list[RuleFile], names: Names, sources: Mapping[str, Source]
) -> tuple[Rule, ...]:
    """Read every topic, in order."""
    found: dict[str, Rule] = {}
    faults = Faults()
    for file in files:
        with faults.gathered():
            _read_topic(file, names, sources, found, faults)
    faults.settle()
    return tuple(found.values())


def _read_topic(
    file: RuleFile,
    names: Names,
    sources: Mapping[str, Source],
    found: dict[str, Rule],
    faults: Faults,
) -> None:
    logic = Fields(file.logic, "a file of rules", ("topic", "rules"))
    words = Fields(file.words, "a text file of rules", ("topic", "rules"))
    topic = Topic(logic.token("topic"), words.text("topic"))
    texts = {key.text: (key.place, node) for key, node in words.pairs("rules")}
    here: list[str] = []
    for node in logic.items("rules"):
        with faults.gathered():
            _refuse_switches(node)
            given = Fields(node, "a rule", _KEYS)
            here.append(given.text("id"))
            if here[-1] in found:
                refuse(node.place, f"the rule '{here[-1]}' stands here twice", "keep one")
            found[here[-1]] = _rule(given, topic, texts, names, sources)
    faults.settle()
    places = {id: place for id, (place, _) in texts.items()}
    same_ids(texts, here, places, file.words.place.file, "rule")


def _refuse_switches(node: Node) -> None:
    for word in _SWITCHES:
        if isinstance(node, MappingNode) and word in node.keys:
            what = "a rule cannot be switched off"
            refuse(node.keys[word], what, "take this line out; change the rule with a clinician")


def _rule(given, topic, texts, names, sources) -> Rule:  # type: ignore[no-untyped-def]
    id = given.text("id")
    if id not in texts:
        refuse(given.get("id").place, f"the rule '{id}' has no text", "add it to the text file")
    said = Fields(texts[id][1], "the text of a rule", ("title", "patient", "ask", "clinician"))
    levels = [str(level) for level in Level]
    unknown = given.choice("if_unknown", (*levels, ""), "")
    rule = Rule(
        id=id,
        topic=topic,
        title=said.text("title"),
        level=Level(given.choice("level", levels)),
        if_unknown=Level(unknown) if unknown else None,
        block=given.choice("block", BLOCKS, ""),
        unknown_wording=given.choice("unknown_wording", WORDINGS, "other"),
        patient=said.text("patient"),
        ask=said.text("ask"),
        clinician=said.text("clinician"),
        sources=citations(given, frozenset(sources)),
        core=given.choice("set", ("core", "extra")) == "core",
        when=parse(given.get("when"), names),
    )
    _check(rule, given, sources)
    return rule


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


def notes(rules: tuple[Rule, ...]) -> tuple[str, ...]:
    """What a reviewer should know: rules in which an answer is read twice."""
    return tuple(
        f"{rule.id} reads {', '.join(twice)} twice: with that answer unknown, the rule may be "
        f"called undecided although it is decided"
        for rule in rules
        if (twice := read_twice(rule.when))
    )


