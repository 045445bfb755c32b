"""Parts of a question: its options, its range, its unit, its sources."""

import re
from dataclasses import dataclass

from rules.faults import did_you_mean, refuse
from rules.fields import Fields, listing, scalar, whole
from rules.kinds import EMPTY_TOKENS, UNKNOWN_TOKENS, Kind
from rules.questions.model import Citation, Option, meaning
from rules.questions.words import QuestionWords, same_ids
from rules.reader import Node, Scalar


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a question may lean on: labels, medicines, units and sources."""

    labels: dict[str, str]
    medicines: tuple[tuple[str, str], ...]
    units: dict[str, str]
    sources: frozenset[str]


def read_options(
    given: Fields, kind: Kind, said: QuestionWords, around: Surroundings
) -> tuple[Option, ...]:
    """Read the options and their labels; common labels need not be written again."""
    if kind not in {Kind.ONE, Kind.MANY}:
        return ()
    if "options_from" in given:
        given.choice("options_from", ("medicines",))
        return tuple(
            Option(token, label, meaning=meaning(kind, token)) for token, label in around.medicines
        )
    tokens = [_token(item) for item in given.items("options")]
    if not tokens[1:]:
        refuse(given.node.place, "a choice needs at least two options", "add options: [a, b]")
    for index, token in enumerate(tokens):
        if token.text in {earlier.text for earlier in tokens[:index]}:
            refuse(token.place, f"the option '{token.text}' stands here twice", "keep one")
    texts = {token.text: token.place for token in tokens}
    common = {text: place for text, place in texts.items() if text in around.labels}
    same_ids(common | said.places, texts, said.file, "option")
    labels = around.labels | said.options
    exclusive = {*UNKNOWN_TOKENS, *EMPTY_TOKENS} if kind is Kind.MANY else set()
    return tuple(Option(t, labels[t], t in exclusive, meaning(kind, t)) for t in texts)


def _token(node: Node) -> Scalar:
    found = scalar(node, "an option")
    if not found.text.isidentifier() or not found.text.isascii():
        refuse(found.place, f"'{found.text}' is not an option", "use letters, digits and _")
    return found


def read_unit(given: Fields, around: Surroundings) -> str:
    """Read a unit that has a word."""
    key = "range_unit" if "range_unit" in given else "unit"
    unit = given.maybe(key)
    if unit and unit not in around.units:
        hint = did_you_mean(unit, around.units, "add it to units: in common.yaml")
        refuse(given.get(key).place, f"there is no word for the unit '{unit}'", hint)
    return unit


def number_parts(given: Fields, kind: Kind) -> dict[str, object]:
    """Read the range of a number; nothing for other kinds."""
    if kind is not Kind.NUMBER:
        return {}
    decimals = given.maybe_whole("decimals") or 0
    low, high = _bound(given, "min", decimals), _bound(given, "max", decimals)
    if low >= high:
        what = f"the range {low:g} to {high:g} is empty"
        refuse(given.get("max").place, what, "swap min and max")
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
    places = rf"(\.[0-9]{{1,{decimals}}})?" if decimals else ""
    if not re.fullmatch(f"[0-9]{{1,9}}{places}", found.text):
        refuse(found.place, f"'{key}' is not a number", 'write digits only, as in "12"')
    bound = float(found.text)
    return int(bound) if bound.is_integer() else bound


def read_ranges(
    given: Fields, options: tuple[Option, ...]
) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Read the whole numbers that each option stands for, where it does."""
    found: dict[str, tuple[int, int]] = {}
    known = {option.token for option in options if option.meaning == "known"}
    for key, node in given.pairs("ranges"):
        low, high = _range(node)
        if key.text not in known:
            hint = did_you_mean(key.text, known)
            refuse(key.place, f"there is no option '{key.text}' to have a range", hint)
        found[key.text] = (low, high)
    if found and known - set(found):
        missing = ", ".join(sorted(known - set(found)))
        refuse(given.get("ranges").place, f"there is no range for {missing}", "add it")
    return tuple(found.items())


def _range(node: Node) -> tuple[int, int]:
    match [whole(end, "the end of a range") for end in listing(node, "a range")]:
        case [low, high] if low <= high:
            return low, high
        case _:
            return refuse(node.place, "a range is two whole numbers", 'write ["4", "5"]')


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
