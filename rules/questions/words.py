"""The words of the questions: text files beside the logic, one folder a language."""

from dataclasses import dataclass

from rules.faults import Faults, did_you_mean, refuse
from rules.fields import Fields, Places, pairs, scalar
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
    places: Places  # of the options or the fields
    file: str


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
    page_places: Places
    question_places: Places
    file: str


def read_step_words(node: Node) -> StepWords:
    """Read one text file of questions."""
    given = Fields(node, "a text file of questions", ("step", "pages", "questions"))
    pages = {key.text: _page(value) for key, value in given.pairs("pages")}
    questions = {key.text: _question(value) for key, value in given.pairs("questions")}
    places = (given.places("pages"), given.places("questions"))
    return StepWords(given.text("step"), pages, questions, *places, node.place.file)


def _page(node: Node) -> PageWords:
    given = Fields(node, "the text of a page", ("title", "lead"))
    return PageWords(given.text("title"), given.maybe("lead"))


def _question(node: Node) -> QuestionWords:
    keys = ("ask", "hint", "short", "thing", "options", "fields")
    given = Fields(node, "the text of a question", keys)
    options = {key.text: scalar(value, "a label").text for key, value in given.pairs("options")}
    fields = {key.text: _question(value) for key, value in given.pairs("fields")}
    words = (given.text("ask"), given.maybe("hint"), given.text("short"), given.text("thing"))
    places = given.places("options") | given.places("fields")
    return QuestionWords(*words, options, fields, places, node.place.file)


def same_ids(texts: Places, declared: Places, file: str, what: str) -> None:
    """Refuse a text without a declaration, and a declaration without a text.

    Args:
        texts: what has a text, and where it stands.
        declared: what needs one, and where it is declared.
        file: where the texts stand.
        what: how messages call it.
    """
    faults = Faults()
    for extra in sorted(texts.keys() - declared.keys()):
        with faults.gathered():
            hint = did_you_mean(extra, declared.keys() - texts.keys(), "take it out")
            refuse(texts[extra], f"there is no {what} '{extra}'", hint)
    for missing in sorted(declared.keys() - texts.keys()):
        with faults.gathered():
            told = f"the {what} '{missing}' has no text"
            refuse(declared[missing], told, f"add '{missing}:' to {file}")
    faults.settle()


def label_pairs(node: Node, what: str) -> dict[str, str]:
    """Read a mapping of names to words."""
    return {key.text: scalar(value, what).text for key, value in pairs(node, what)}
