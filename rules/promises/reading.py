"""Read what is promised of a content, as it is written beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rules.catalogue.limits import Order, as_names, order
from rules.conditions.names import Names
from rules.conditions.parse import parse
from rules.content import SHIPPED, Content
from rules.faults import Faults, did_you_mean, refuse
from rules.fields import Fields, scalar
from rules.kinds import Kind, Level
from rules.promises.model import GROUPS, EmptyForm, Promise, Promises, Silent
from rules.reader import Node, read

FILE = "promises.yaml"
Found = TypeVar("Found")
_LEVELS = tuple(str(level) for level in Level)
_KEYS = (
    "promises",
    "always",
    "rising",
    "empty_form",
    "limits",
    "exceptions",
    "silent_when_unknown",
)


def read_promises(content: Content, folder: Path | None = None) -> Promises:
    """Read the promises beside a content; those of the shipped one when no folder is given.

    Raises:
        ContentError: one line for each thing that is wrong, with its place.
    """
    given = Fields(read((folder or SHIPPED) / FILE, FILE), "the file of promises", _KEYS)
    reading = _Reading(content)
    limits = Fields(given.get("limits"), "what limits keep", ("order", "beyond_reach"))
    excused = Fields(given.get("exceptions"), "the exceptions", GROUPS)
    promises = reading.each(given, "promises", reading.promise)
    found = Promises(
        promises=promises,
        always=frozenset(reading.each(given, "always", reading.rule)),
        rising=reading.each(given, "rising", reading.number),
        empty_form=_empty_form(given.get("empty_form")),
        orders=reading.each(limits, "order", reading.order),
        beyond_reach=reading.each(limits, "beyond_reach", _word),
        excused={group: dict(reading.each(excused, group, reading.excuse)) for group in GROUPS},
        silent=dict(reading.each(given, "silent_when_unknown", reading.silent)),
    )
    reading.faults.settle()
    return found


def _word(node: Node) -> str:
    return scalar(node, "a name").text


def _empty_form(node: Node) -> EmptyForm:
    given = Fields(node, "the empty form", ("level", "crisis", "findings"))
    crisis = given.choice("crisis", ("none", "soft", "full"))
    return EmptyForm(Level(given.choice("level", _LEVELS)), crisis, given.whole("findings"))


_OF_A_PROMISE = (
    "id",
    "property",
    "says",
    "when",
    "level",
    "crisis",
    "emergency",
    "shows",
    "level_of",
    "fires",
)


class _Reading:
    """Reads one line after the other, and keeps what is wrong for the end."""

    def __init__(self, content: Content) -> None:
        self.faults = Faults()
        self._content = content
        self._rules = {rule.id: rule for rule in content.rules}
        self._names = Names(content.questionnaire.by_id, as_names(content.limits))

    def each(self, given: Fields, key: str, line: Callable[[Node], Found]) -> tuple[Found, ...]:
        """Read every item of a list."""
        found = []
        for node in given.items(key):
            with self.faults.gathered():
                found.append(line(node))
        return tuple(found)

    def promise(self, node: Node) -> Promise:
        given = Fields(node, "a promise", _OF_A_PROMISE)
        promise = Promise(
            id=given.text("id"),
            property=given.text("property"),
            says=given.text("says"),
            when=parse(given.get("when"), self._names),
            level=_level(given, "level"),
            full=given.choice("crisis", ("full", ""), "") == "full",
            emergency=given.yes("emergency"),
            shows=self.rule(given.get("shows")) if "shows" in given else "",
            level_of=_level(given, "level_of"),
            fires=tuple(self.rule(item) for item in given.items("fires")),
        )
        if not (
            promise.level or promise.full or promise.emergency or promise.shows or promise.fires
        ):
            refuse(node.place, f"'{promise.id}' promises nothing", "say what is shown")
        return promise

    def rule(self, node: Node) -> str:
        found = scalar(node, "a rule")
        if found.text not in self._rules:
            refuse(
                found.place,
                f"there is no rule '{found.text}'",
                did_you_mean(found.text, self._rules),
            )
        return found.text

    def question(self, node: Node) -> str:
        found, known = scalar(node, "a question"), self._content.questionnaire.by_id
        if found.text not in known:
            refuse(
                found.place, f"there is no question '{found.text}'", did_you_mean(found.text, known)
            )
        return found.text

    def number(self, node: Node) -> str:
        name = self.question(node)
        if self._content.questionnaire.question(name).kind is not Kind.NUMBER:
            refuse(node.place, f"'{name}' is not a number", "name a question that takes one")
        return name

    def order(self, node: Node) -> Order:
        return order(scalar(node, "an order"), dict(self._content.limits))

    def excuse(self, node: Node) -> tuple[str, str]:
        given = Fields(node, "an exception", ("question", "because"))
        return self.question(given.get("question")), given.text("because")

    def silent(self, node: Node) -> tuple[str, Silent]:
        given = Fields(node, "a silent rule", ("rule", "covered_by", "because"))
        covered = tuple(self.rule(item) for item in given.items("covered_by"))
        because = given.maybe("because")
        if not (covered or because.strip()):
            refuse(node.place, "nobody speaks for this rule", "add covered_by: or because:")
        return self.rule(given.get("rule")), Silent(covered, because)


def _level(given: Fields, key: str) -> Level | None:
    found = given.choice(key, (*_LEVELS, ""), "")
    return Level(found) if found else None
