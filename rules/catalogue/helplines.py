"""Help lines: whom to reach, in each country, with no link needed."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.faults import did_you_mean, refuse
from rules.fields import Fields, Places, scalar
from rules.questions.words import label_pairs, same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Node


@dataclass(frozen=True, slots=True)
class Line:
    """One help line. ``checked_on`` is the day it was compared with a text, or empty."""

    id: str
    name: str
    call: str
    text_to: str
    text_word: str
    chat: str
    note: str
    hours: str
    for_whom: str
    verified: bool
    checked_on: str
    youth: bool


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """One emergency number."""

    number: str
    verified: bool
    checked_on: str


@dataclass(frozen=True, slots=True)
class CountryHelp:
    """Whom to reach in one country."""

    code: str
    name: str
    numbers: tuple[EmergencyNumber, ...]
    lines: tuple[Line, ...]
    emergency_words: str
    basis: str = ""

    @property
    def emergency(self) -> tuple[str, ...]:
        """The emergency numbers; none where only the words for them are known."""
        return tuple(number.number for number in self.numbers)

    @property
    def youth_lines(self) -> tuple[Line, ...]:
        """The lines for young people."""
        return tuple(line for line in self.lines if line.youth)


@dataclass(frozen=True, slots=True)
class Helplines:
    """Whom to reach, everywhere."""

    countries: Mapping[str, CountryHelp]
    world: CountryHelp

    def country(self, code: str) -> CountryHelp:
        """The help of a country; of the world when the country is not known."""
        return self.countries.get(code, self.world)


def read_helplines(logic: MappingNode, words: MappingNode) -> Helplines:
    """Read the help lines and their words."""
    given = Fields(logic, "the file of help lines", ("countries", "world"))
    keys = ("local_emergency", "countries", "world", "lines")
    said = Fields(words, "the text of help lines", keys)
    same_ids(said.places("countries"), given.places("countries"), words.place.file, "country")
    reading = _Reading(said)
    nodes = ((key.text, node) for key, node in given.pairs("countries"))
    countries = {code: reading.country(code, node) for code, node in nodes}
    world = reading.country("", given.get("world"))
    same_ids(said.places("lines"), reading.used, words.place.file, "help line")
    return Helplines(countries, world)


class _Reading:
    """The words of every line, and which of them were used."""

    def __init__(self, said: Fields) -> None:
        self._said = said
        self._countries = label_pairs(said.get("countries"), "a country")
        self.lines = {key.text: value for key, value in said.pairs("lines")}
        self.used: Places = {}

    def country(self, code: str, node: Node) -> CountryHelp:
        given = Fields(node, "a country", ("basis", "emergency", "lines", "youth"))
        name = self._countries[code] if code else self._said.text("world")
        youth = [scalar(item, "a line") for item in given.items("youth")]
        young = {item.text for item in youth}
        lines = tuple(self._line(item, young) for item in given.items("lines"))
        for item in youth:
            if item.text not in {line.id for line in lines}:
                hint = did_you_mean(item.text, {line.id for line in lines})
                refuse(item.place, f"there is no line '{item.text}' in this country", hint)
        numbers = tuple(_number(item) for item in given.items("emergency"))
        if not any((line.call or line.text_to) for line in lines) and not (code == "" and lines):
            refuse(node.place, "this country has no line to reach a person", "add one")
        words = self._said.text("local_emergency")
        return CountryHelp(code, name, numbers, lines, words, given.maybe("basis"))

    def _line(self, node: Node, young: set[str]) -> Line:
        keys = ("id", "call", "text", "text_word", "chat", "verified", "checked_on")
        given = Fields(node, "a help line", keys)
        name = given.token("id")
        if name in self.used:
            refuse(node.place, f"the help line '{name}' stands here twice", "keep one")
        if name not in self.lines:
            refuse(node.place, f"the help line '{name}' has no text", "add it to the text file")
        self.used[name] = given.get("id").place
        texts = ("name", "hours", "note", "for_whom")
        said = Fields(self.lines[name], "the text of a help line", texts)
        return Line(
            id=name,
            name=said.text("name"),
            call=given.maybe("call"),
            text_to=given.maybe("text"),
            text_word=given.maybe("text_word"),
            chat=given.maybe("chat"),
            note=said.maybe("note"),
            hours=said.maybe("hours"),
            for_whom=said.maybe("for_whom"),
            verified=given.yes("verified"),
            checked_on=_checked_on(given),
            youth=name in young,
        )


def _number(node: Node) -> EmergencyNumber:
    given = Fields(node, "an emergency number", ("number", "verified", "checked_on"))
    return EmergencyNumber(given.text("number"), given.yes("verified"), _checked_on(given))


def _checked_on(given: Fields) -> str:
    checked = given.maybe("checked_on")
    if given.yes("verified") != bool(checked):
        instead = "write the day for verified numbers only"
        refuse(given.node.place, "verified and checked_on do not fit together", instead)
    return checked
