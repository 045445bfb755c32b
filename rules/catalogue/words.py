"""The words that belong to no single question or rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.faults import refuse
from rules.fields import Fields, scalar
from rules.kinds import Level
from rules.questions.words import label_pairs, same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Node


@dataclass(frozen=True, slots=True)
class UnknownWords:
    """What is said of a rule that could not be decided."""

    patient: str
    clinician: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The first words of a summary."""

    heading: str
    heading_one: str
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything in ``common.yaml``."""

    options: Mapping[str, str]
    levels: Mapping[Level, str]
    unknown: Mapping[str, UnknownWords]
    frame_first: str
    frame_last: str
    not_reviewed: str
    change_nothing: str
    outcomes: Mapping[str, Outcome]
    bring: tuple[str, ...]
    shown_unanswered: Mapping[str, str]
    units: Mapping[str, str]


WORDINGS = ("safety", "symptoms", "other")
_UNANSWERED = ("not_sure", "prefer_not", "not_answered", "not_asked")
_OUTCOMES = ("now", "first", "points")


def read_words(file: MappingNode) -> Words:
    """Read the common words; a missing one is refused."""
    given = Fields(file, "the file of common words", Words.__dataclass_fields__)
    levels = _complete(given, "levels", tuple(Level))
    unknown = {key.text: _unknown(value) for key, value in given.pairs("unknown")}
    outcomes = {key.text: _outcome(value) for key, value in given.pairs("outcomes")}
    _same(given, "unknown", unknown, WORDINGS)
    _same(given, "outcomes", outcomes, _OUTCOMES)
    return Words(
        options=label_pairs(given.get("options"), "a label"),
        levels={Level(token): label for token, label in levels.items()},
        unknown=unknown,
        frame_first=given.text("frame_first"),
        frame_last=given.text("frame_last"),
        not_reviewed=given.text("not_reviewed"),
        change_nothing=given.text("change_nothing"),
        outcomes=outcomes,
        bring=tuple(scalar(item, "a thing to bring").text for item in given.items("bring")),
        shown_unanswered=_complete(given, "shown_unanswered", _UNANSWERED),
        units=label_pairs(given.get("units"), "a unit"),
    )


def _unknown(node: Node) -> UnknownWords:
    given = Fields(node, "a wording", ("patient", "clinician"))
    text = given.text("patient")
    if "{" in text.replace("{topic}", ""):
        refuse(given.get("patient").place, "only {topic} can be filled in", "write {topic}")
    return UnknownWords(text, given.text("clinician"))


def _outcome(node: Node) -> Outcome:
    given = Fields(node, "an outcome", ("heading", "heading_one", "text"))
    return Outcome(given.text("heading"), given.text("heading_one"), given.text("text"))


def _complete(given: Fields, key: str, needed: tuple[str, ...]) -> dict[str, str]:
    found = label_pairs(given.get(key), f"a word of '{key}'")
    _same(given, key, found, needed)
    return found


def _same(given: Fields, key: str, found: Mapping[str, object], needed: tuple[str, ...]) -> None:
    there = {word: place for word, place in given.places(key).items() if word in found}
    here = given.get(key).place
    same_ids(there, dict.fromkeys(map(str, needed), here), here.file, f"word of '{key}'")
