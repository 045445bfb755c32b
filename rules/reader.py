"""Read YAML in which every scalar is a string that knows where it stands.

Plain YAML would turn ``no`` into False, ``12:30`` into 750 and ``014`` into 12,
keep the last of two equal keys in silence, and lose all positions. So this reads
the event stream itself and refuses what a reader of the file could misread.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import yaml

from rules.faults import Place, refuse

# The C parser is about 14 times faster; the pure one is the same language.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string of the file."""

    text: str
    place: Place
    lead: int | None = None  # quote marks before the text; None: the text was folded or escaped
    cut: bool = False  # an unquoted text followed by a comment, which may be a part cut off

    def at(self, offset: int) -> Place:
        """Say where a character of the text stands, as exactly as is known."""
        return self.place if self.lead is None else self.place.along(self.lead + offset)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the file."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping of the file, with the place of each key."""

    entries: dict[str, "Node"]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Listing | Mapping


class Mark(Protocol):
    """A place as PyYAML counts it, from 0."""

    line: int
    column: int


def _marks(event: yaml.Event) -> tuple[Mark, Mark]:
    """Where an event starts and ends; the parser always knows."""
    return event.start_mark, event.end_mark  # type: ignore[return-value]


def read(path: Path, name: str) -> Mapping:
    """Read one file whose top level is a mapping.

    Args:
        path: the file.
        name: how messages call it.

    Raises:
        ContentError: not there, not UTF-8, not YAML, or YAML that could be misread.
    """
    start = Place(name)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        refuse(start, "this file is missing")
    except (OSError, UnicodeDecodeError) as error:
        refuse(start, f"this file cannot be read ({type(error).__name__})", "save it as UTF-8 text")
    node = _Reading(text, name).document()
    if not isinstance(node, Mapping):
        refuse(start, "the file is not a mapping", "write 'key: value' lines")
    return node


class _Reading:
    """One pass over the events of one file."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._events = yaml.parse(text, Loader=LOADER)

    def document(self) -> Node:
        try:
            self._skip(yaml.StreamStartEvent)
            start = self._next()
            if isinstance(start, yaml.StreamEndEvent):
                refuse(Place(self._name), "the file is empty")
            node = self._node(self._next())
            self._skip(yaml.DocumentEndEvent)
            self._skip(yaml.StreamEndEvent)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            refuse(
                self._place(mark) if mark else Place(self._name),
                f"this is not YAML ({error.problem or error.context})",
                "put the whole text in double quotes",
            )
        except yaml.YAMLError:
            refuse(Place(self._name), "the file holds a character that YAML does not allow")
        except RecursionError:
            refuse(Place(self._name), "the lists and mappings are nested too deep")
        return node

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _skip(self, expected: type[yaml.Event]) -> None:
        event = self._next()
        if not isinstance(event, expected):
            refuse(self._place(_marks(event)[0]), "a second document starts here", "use one a file")

    def _place(self, mark: Mark) -> Place:
        return Place(self._name, mark.line + 1, mark.column + 1)

    def _node(self, event: yaml.Event) -> Node:
        place = self._place(_marks(event)[0])
        if isinstance(event, yaml.AliasEvent):
            refuse(place, "aliases (*) are not used", "write the value out")
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            refuse(place, "anchors (&) are not used", "write the value out where it is needed")
        if getattr(event, "tag", None) is not None:
            refuse(place, "tags (!) are not used", "leave the tag out: every value is a text")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(self._items(), place)
        return self._mapping(place)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> Scalar:
        start, end = _marks(event)
        quotes = 1 if event.style in {"'", '"'} else 0
        long = len(event.value) + 2 * quotes
        exact = start.line == end.line and end.column - start.column == long
        rest = self._lines[end.line][end.column :] if end.line < len(self._lines) else ""
        plain = event.style not in {"'", '"', "|", ">"}  # the two parsers write it differently
        cut = plain and rest.lstrip().startswith("#")
        return Scalar(event.value, place, quotes if exact else None, cut)

    def _items(self) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return tuple(items)

    def _mapping(self, place: Place) -> Mapping:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event)
            if not isinstance(key, Scalar):
                refuse(key.place, "a key must be a text")
            if key.text in entries:
                refuse(key.place, f"'{key.text}' stands here twice", "keep one of the two")
            keys[key.text] = key.place
            entries[key.text] = self._node(self._next())
        return Mapping(entries, keys, place)
