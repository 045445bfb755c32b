"""Read the keys of a mapping: unknown keys are refused, values become what they are."""

import re
from collections.abc import Iterable, Iterator

from rules.faults import Place, did_you_mean, refuse
from rules.reader import Listing, Mapping, Node, Scalar

TOKEN = re.compile(r"[a-z][a-z0-9_]*")


class Fields:
    """The keys of one mapping, each read once and by name."""

    def __init__(self, node: Node, what: str, known: Iterable[str]) -> None:
        """Take a mapping.

        Args:
            node: what stands in the file.
            what: how a message calls it ("a question").
            known: every key that may stand here.

        Raises:
            ContentError: not a mapping, or a key that is not known.
        """
        if not isinstance(node, Mapping):
            refuse(node.place, f"{what} is a mapping", "write 'key: value' lines")
        self.node, self.what = node, what
        known = tuple(known)
        for key, place in node.keys.items():
            if key not in known:
                expected = f"here stand {', '.join(known)}"
                refuse(place, f"{what} has no key '{key}'", did_you_mean(key, known, expected))

    def __contains__(self, key: str) -> bool:
        return key in self.node.entries

    def get(self, key: str) -> Node:
        """The node of a key that must be there."""
        if key not in self.node.entries:
            refuse(self.node.place, f"{self.what} has no '{key}'", f"add '{key}:'")
        return self.node.entries[key]

    def scalar(self, key: str) -> Scalar:
        """A text that must be there; it may be empty."""
        return scalar(self.get(key), f"'{key}'")

    def text(self, key: str) -> str:
        """A text that must be there and say something."""
        found = self.scalar(key)
        if not found.text.strip():
            refuse(found.place, f"'{key}' is empty", "write what it says")
        return found.text

    def maybe(self, key: str, otherwise: str = "") -> str:
        """A text that may be left out."""
        return self.scalar(key).text if key in self else otherwise

    def token(self, key: str) -> str:
        """A name for machines."""
        return token(self.get(key))

    def choice(self, key: str, offered: Iterable[str], otherwise: str | None = None) -> str:
        """One of a few words."""
        if key not in self and otherwise is not None:
            return otherwise
        found, offered = self.scalar(key), tuple(offered)
        if found.text not in offered:
            words = f"write one of {', '.join(word or 'nothing' for word in offered)}"
            refuse(found.place, f"'{key}' cannot be '{found.text}'", words)
        return found.text

    def yes(self, key: str) -> bool:
        """Whether ``yes`` is written; left out means no."""
        return self.choice(key, ("yes", "no"), "no") == "yes"

    def whole(self, key: str) -> int:
        """A whole number that must be there."""
        return whole(self.get(key), f"'{key}'")

    def maybe_whole(self, key: str) -> int | None:
        """A whole number that may be left out."""
        return self.whole(key) if key in self else None

    def items(self, key: str) -> tuple[Node, ...]:
        """A list, or nothing."""
        return listing(self.get(key), f"'{key}'") if key in self else ()

    def places(self, key: str) -> "Places":
        """Where each key of a mapping stands."""
        return {name.text: name.place for name, _ in self.pairs(key)}

    def pairs(self, key: str) -> Iterator[tuple[Scalar, Node]]:
        """The keys and values of a mapping, or nothing."""
        if key in self:
            yield from pairs(self.get(key), f"'{key}'")


Places = dict[str, Place]
Placed = dict[str, tuple[Place, Node]]


def placed(given: Fields, key: str) -> Placed:
    """The values of a mapping, each with the place of its key."""
    return {name.text: (name.place, node) for name, node in given.pairs(key)}


def ids_in(nodes: Iterable[Node], key: str = "id") -> Places:
    """The ids of a list, for a first look; what is wrong with them is told later."""
    found: Places = {}
    for node in nodes:
        name = node.entries.get(key) if isinstance(node, Mapping) else None
        if isinstance(name, Scalar):
            found.setdefault(name.text, name.place)
    return found


def scalar(node: Node, what: str) -> Scalar:
    """A text and nothing else."""
    if not isinstance(node, Scalar):
        refuse(node.place, f"{what} is a text", "put it in double quotes on one line")
    return node


def token(node: Node) -> str:
    """A name for machines: small letters, digits and underscores."""
    found = scalar(node, "a name")
    if not TOKEN.fullmatch(found.text):
        refuse(found.place, f"'{found.text}' is not a name", "use small letters, digits and _")
    return found.text


def whole(node: Node, what: str) -> int:
    """A whole number, not below zero."""
    found = scalar(node, what)
    if not re.fullmatch(r"[0-9]{1,9}", found.text):
        refuse(found.place, f"{what} is not a whole number", 'write digits only, as in "12"')
    return int(found.text)


def listing(node: Node, what: str) -> tuple[Node, ...]:
    """A list and nothing else."""
    if not isinstance(node, Listing):
        refuse(node.place, f"{what} is a list", "write '- ' before each item, or [a, b]")
    return node.items


def pairs(node: Node, what: str) -> Iterator[tuple[Scalar, Node]]:
    """The keys and values of a mapping; each key as a text with its place."""
    if not isinstance(node, Mapping):
        refuse(node.place, f"{what} is a mapping", "write 'key: value' lines")
    for key, value in node.entries.items():
        yield Scalar(key, node.keys[key], 0), value
