"""Read one question, or one field of an entry."""

from collections.abc import Callable
from dataclasses import dataclass

from rules.conditions.tree import Condition
from rules.faults import Place, did_you_mean, refuse
from rules.fields import Fields, scalar, whole
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS, Kind
from rules.questions.model import Citation, Option, Question, meaning
from rules.questions.words import QuestionWords, same_ids
from rules.reader import Node, Scalar

# Names that a form made from the questions already uses for itself.
TAKEN = {"data", "errors", "meta", "process", "validate", "form_errors", "hidden_tag"} | {
    "populate_obj",
    "csrf_token",
    "limit",
    "always",
    "unknown",
}
LONGEST_TEXT = 1_000

_COMMON = {"id", "kind", "ask_if", "ask_only_if", "sources"}
_KEYS = {
    Kind.ONE: {"options", "options_from", "ranges", "range_unit"},
    Kind.MANY: {"options"},
    Kind.NUMBER: {"unit", "min", "max", "odd_below", "odd_above", "above", "decimals", "may_skip"},
    Kind.TEXT: {"longest", "may_skip"},
    Kind.ENTRIES: {"most", "fields", "unit"},
}
GateReader = Callable[..., Condition]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question may lean on: labels, medicines, units and sources."""

    labels: dict[str, str]
    medicines: tuple[tuple[str, str], ...]
    units: dict[str, str]
    sources: frozenset[str]


def read_question(
    node: Node, words: dict[str, QuestionWords], around: Surroundings, gate: GateReader
) -> Question:
    """Read one question of a page."""
    given, kind = _fields(node)
    id = _id(given)
    if id not in words:
        text = "text/.../questions, the file of the same name"
        refuse(node.place, f"the question '{id}' has no text", f"add it to {text}")
    said = words[id]
    options = _options(given, kind, said, around)
    ask_if = given.get("ask_if") if "ask_if" in given else None
    only = given.get("ask_only_if") if "ask_only_if" in given else None
    if ask_if and only:
        refuse(only.place, "a question has ask_if or ask_only_if, not both", "keep one of them")
    gate_node = ask_if or only
    return Question(
        id=id,
        kind=kind,
        ask=said.ask,
        hint=said.hint,
        short=said.short,
        thing=said.thing,
        options=options,
        unit=_unit(given, around),
        may_skip=given.yes("may_skip"),
        longest=given.maybe_whole("longest") or LONGEST_TEXT if kind is Kind.TEXT else 0,
        ask_if=gate(gate_node) if gate_node else None,
        only_if_sure=only is not None,
        fields=_entry_fields(given, said, around, gate) if kind is Kind.ENTRIES else (),
        most=given.whole("most") if kind is Kind.ENTRIES else 0,
        sources=citations(given, around.sources),
        ranges=_ranges(given, options),
        **_number(given, kind),  # type: ignore[arg-type]
    )


def _fields(node: Node) -> tuple[Fields, Kind]:
    every = _COMMON.union(*_KEYS.values())
    given = Fields(node, "a question", sorted(every))
    kind = Kind(given.choice("kind", list(Kind)))
    return Fields(node, f"a question of kind '{kind}'", sorted(_COMMON | _KEYS[kind])), kind


def _id(given: Fields) -> str:
    id = given.token("id")
    if id in TAKEN or id.startswith("_"):
        refuse(given.get("id").place, f"'{id}' is a name that forms need themselves", "use another")
    return id


def _options(
    given: Fields, kind: Kind, said: QuestionWords, around: Surroundings
) -> tuple[Option, ...]:
    if kind not in {Kind.ONE, Kind.MANY}:
        return ()
    if "options_from" in given:
        given.choice("options_from", ("medicines",))
        return tuple(Option(t, label, False, meaning(kind, t)) for t, label in around.medicines)
    tokens = [_token(item) for item in given.items("options")]
    if len(tokens) < 2:
        refuse(given.node.place, "a choice needs at least two options", "add options: [a, b]")
    for index, token in enumerate(tokens):
        if token.text in {earlier.text for earlier in tokens[:index]}:
            refuse(token.place, f"the option '{token.text}' stands here twice", "keep one")
    texts = [token.text for token in tokens]
    own = set(said.options) | (set(texts) & set(around.labels))
    same_ids(own, texts, {key: said.place for key in said.options}, said.place.file, "option")
    labels = around.labels | said.options
    exclusive = {*UNKNOWN_TOKENS, *EMPTY_TOKENS} if kind is Kind.MANY else set()
    return tuple(Option(t, labels[t], t in exclusive, meaning(kind, t)) for t in texts)


def _token(node: Node) -> Scalar:
    found = scalar(node, "an option")
    if not found.text.isidentifier() or not found.text.isascii():
        refuse(found.place, f"'{found.text}' is not an option", "use letters, digits and _")
    return found


def _unit(given: Fields, around: Surroundings) -> str:
    key = "range_unit" if "range_unit" in given else "unit"
    unit = given.maybe(key)
    if unit and unit not in around.units:
        hint = did_you_mean(unit, around.units, "add it to units: in common.yaml")
        refuse(given.get(key).place, f"there is no word for the unit '{unit}'", hint)
    return unit


def _number(given: Fields, kind: Kind) -> dict[str, object]:
    if kind is not Kind.NUMBER:
        return {}
    decimals = given.maybe_whole("decimals") or 0
    low, high = _bound(given, "min", decimals), _bound(given, "max", decimals)
    if low >= high:
        refuse(given.get("max").place, f"the range {low:g} to {high:g} is empty", "swap min and max")
    return {
        "low": low,
        "high": high,
        "decimals": decimals,
        "odd_below": given.maybe_whole("odd_below"),
        "odd_above": given.maybe_whole("odd_above"),
        "above": given.maybe("above"),
    }


def _bound(given: Fields, key: str, decimals: int) -> float:
    found = given.scalar(key)
    try:
        bound = float(found.text)
    except ValueError:
        bound = -1.0
    if not (0 <= bound < 10**9 and round(bound, decimals) == bound):
        refuse(found.place, f"'{key}' is not a number", 'write digits only, as in "12"')
    return int(bound) if bound.is_integer() else bound


def _ranges(given: Fields, options: tuple[Option, ...]) -> tuple[tuple[str, tuple[int, int]], ...]:
    found: dict[str, tuple[int, int]] = {}
    known = {option.token for option in options if option.meaning == "known"}
    for key, node in given.pairs("ranges"):
        ends = [whole(end, "the end of a range") for end in getattr(node, "items", ())]
        if len(ends) != 2 or ends[0] > ends[1]:
            refuse(node.place, "a range is two whole numbers", 'write ["4", "5"]')
        if key.text not in known:
            hint = did_you_mean(key.text, known)
            refuse(key.place, f"there is no option '{key.text}' to have a range", hint)
        found[key.text] = (ends[0], ends[1])
    if found and known - set(found):
        missing = ", ".join(sorted(known - set(found)))
        refuse(given.get("ranges").place, f"there is no range for {missing}", "add it")
    return tuple(found.items())


def _entry_fields(
    given: Fields, said: QuestionWords, around: Surroundings, gate: GateReader
) -> tuple[Question, ...]:
    fields: dict[str, Question] = {}
    for node in given.items("fields"):
        earlier = dict(fields)

        def read_gate(node: Node, earlier: dict[str, Question] = earlier) -> Condition:
            return gate(node, earlier)

        field = read_question(node, said.fields, around, read_gate)
        if field.id in fields or field.kind is Kind.ENTRIES:
            refuse(node.place, f"the field '{field.id}' cannot stand here", "give each its own id")
        fields[field.id] = field
    if not fields:
        refuse(given.node.place, "a list of entries needs fields", "add fields:")
    places = dict.fromkeys(said.fields, said.place)
    same_ids(said.fields, fields, places, said.place.file, "field")
    return tuple(fields.values())


def citations(given: Fields, known: frozenset[str]) -> tuple[Citation, ...]:
    """Read a list of sources, each with the section that says it."""
    found = []
    for node in given.items("sources"):
        cited = Fields(node, "a source", ("source", "section"))
        source: Scalar = cited.scalar("source")
        if source.text not in known:
            hint = did_you_mean(source.text, known, "see sources.yaml")
            refuse(source.place, f"there is no source '{source.text}'", hint)
        found.append(Citation(source.text, cited.maybe("section")))
    return tuple(found)


