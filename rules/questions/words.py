"""The words of the questions: text files beside the logic, one folder a language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rules.faults import Faults, Place, did_you_mean, refuse
from rules.fields import Fields, pairs, scalar
from rules.reader import Node


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What a language says about one question or field."""

    ask: str
    hint: str
    short: str
    thing: str
    options: dict[str, str]
    fields: dict[str, "QuestionWords"]
    place: Place


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a language says about one page."""

    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class StepWords:
    """What a language says about one step."""

    title: str
    pages: dict[str, PageWords]
    questions: dict[str, QuestionWords]
    keys: dict[str, Place] = field(default_factory=dict)


def read_step_words(node: Node) -> StepWords:
    """Read one text file of questions."""
    given = Fields(node, "a text file of questions", ("step", "pages", "questions"))
    keys = {key.text: key.place for part in ("pages", "questions") for key, _ in given.pairs(part)}
    pages = {key.text: _page(value) for key, value in given.pairs("pages")}
    questions = {key.text: _question(value) for key, value in given.pairs("questions")}
    return StepWords(given.text("step"), pages, questions, keys)


def _page(node: Node) -> PageWords:
    given = Fields(node, "the text of a page", ("title", "lead"))
    return PageWords(given.text("title"), given.maybe("lead"))


def _question(node: Node) -> QuestionWords:
    keys = ("ask", "hint", "short", "thing", "options", "fields")
    given = Fields(node, "the text of a question", keys)
    options = {key.text: scalar(value, "a label").text for key, value in given.pairs("options")}
    fields = {key.text: _question(value) for key, value in given.pairs("fields")}
    words = (given.text("ask"), given.maybe("hint"), given.text("short"), given.text("thing"))
    return QuestionWords(*words, options, fields, node.place)


def same_ids(
    texts: Iterable[str], declared: Iterable[str], places: Mapping[str, Place], file: str, what: str
) -> None:
    """Refuse a text without a declaration, and a declaration without a text."""
    texts, declared, faults = set(texts), set(declared), Faults()
    for extra in sorted(texts - declared):
        with faults.gathered():
            hint = did_you_mean(extra, declared - texts, "take it out")
            refuse(places.get(extra, Place(file)), f"there is no {what} '{extra}'", hint)
    for missing in sorted(declared - texts):
        with faults.gathered():
            refuse(Place(file), f"the text of {what} '{missing}' is missing", f"add '{missing}:'")
    faults.settle()


def label_pairs(node: Node, what: str) -> dict[str, str]:
    """Read a mapping of names to words."""
    return {key.text: scalar(value, what).text for key, value in pairs(node, what)}
