"""Limits: thresholds that a clinic may move inside bounds."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from rules.conditions.tree import Limited
from rules.faults import Faults, did_you_mean, refuse
from rules.fields import Fields, Placed, ids_in, placed, scalar
from rules.questions.model import Citation
from rules.questions.parts import citations
from rules.questions.words import same_ids
from rules.reader import Mapping as MappingNode
from rules.reader import Scalar


class LimitError(ValueError):
    """A value that a limit cannot take; the message says what it can be."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One threshold."""

    id: str
    name: str
    value: int
    default: int
    low: int
    high: int
    unit: str
    basis: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """Two limits that must stand in order."""

    smaller: str
    larger: str
    may_equal: bool

    def kept(self, values: Mapping[str, int]) -> bool:
        """Whether values stand in this order."""
        small, large = values[self.smaller], values[self.larger]
        return small <= large if self.may_equal else small < large


class Limits(Mapping[str, Limit]):
    """Every limit, each with the value in force."""

    def __init__(self, limits: tuple[Limit, ...], orders: tuple[Order, ...] = ()) -> None:
        self._limits = {limit.id: limit for limit in limits}
        self._orders = orders
        self.values_in_order = tuple(limit.value for limit in limits)
        self.numbers = MappingProxyType({limit.id: limit.value for limit in limits})

    def __getitem__(self, key: str) -> Limit:
        return self._limits[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._limits)

    def __len__(self) -> int:
        return len(self._limits)

    @property
    def orders(self) -> tuple[Order, ...]:
        """The limits that must stand in order."""
        return self._orders

    def with_values(self, values: Mapping[str, int]) -> "Limits":
        """The same limits with some values of a clinic.

        Raises:
            LimitError: an unknown name, a value outside its bounds, or limits out of order.
        """
        for key, value in values.items():
            self._check(key, value)
        numbers = self.numbers | dict(values)
        if broken := [order for order in self._orders if not order.kept(numbers)]:
            raise LimitError(_told(broken[0], numbers))
        limits = (replace(limit, value=numbers[key]) for key, limit in self._limits.items())
        return Limits(tuple(limits), self._orders)

    def _check(self, key: str, value: object) -> None:
        if key not in self._limits:
            hint = did_you_mean(key, self._limits, f"there are {', '.join(self._limits)}")
            raise LimitError(f"there is no limit '{key}'; {hint}")
        limit = self._limits[key]
        bounds = f"write a whole number from {limit.low} to {limit.high} ({limit.unit})"
        if not isinstance(value, int) or isinstance(value, bool):
            raise LimitError(f"{key} is not a whole number; {bounds}")
        if not limit.low <= value <= limit.high:
            raise LimitError(f"{key} cannot be {value}; {bounds}")


def _told(order: Order, numbers: Mapping[str, int]) -> str:
    word = "at most" if order.may_equal else "below"
    return (
        f"{order.smaller} ({numbers[order.smaller]}) must be {word} "
        f"{order.larger} ({numbers[order.larger]}); change one of the two"
    )


def read_limits(
    logic: MappingNode, words: MappingNode, units: Mapping[str, str], sources: frozenset[str]
) -> Limits:
    """Read the limits and their names."""
    given = Fields(logic, "the file of limits", ("limits", "order"))
    texts = placed(Fields(words, "the text of limits", ("limits",)), "limits")
    found: dict[str, Limit] = {}
    faults = Faults()
    places = {name: place for name, (place, _) in texts.items()}
    same_ids(places, ids_in(given.items("limits")), words.place.file, "limit")
    for node in given.items("limits"):
        with faults.gathered():
            limit = _limit(Fields(node, "a limit", _KEYS), texts, units, sources)
            if limit.id in found:
                refuse(node.place, f"the limit '{limit.id}' stands here twice", "keep one")
            found[limit.id] = limit
    faults.settle()
    orders = tuple(order(scalar(node, "an order"), found) for node in given.items("order"))
    return Limits(tuple(found.values()), orders)


_KEYS = ("id", "default", "low", "high", "unit", "sources")


def _limit(
    given: Fields, texts: Placed, units: Mapping[str, str], sources: frozenset[str]
) -> Limit:
    key = given.token("id")
    default, low, high = given.whole("default"), given.whole("low"), given.whole("high")
    if not low <= default <= high:
        what = f"the default {default} of '{key}' is not between {low} and {high}"
        refuse(given.get("default").place, what, "move it, or its bounds")
    unit = given.text("unit")
    if unit not in units:
        hint = did_you_mean(unit, units, "add it to units: in common.yaml")
        refuse(given.get("unit").place, f"there is no word for the unit '{unit}'", hint)
    words = Fields(texts[key][1], "the text of a limit", ("name", "basis"))
    name, basis = words.text("name"), words.maybe("basis")
    return Limit(key, name, default, default, low, high, unit, basis, citations(given, sources))


def order(given: Scalar, limits: Mapping[str, Limit]) -> Order:
    """Read ``a < b`` or ``a <= b`` of two limits."""
    parts = re.fullmatch(r"([a-z0-9_]+) (<=?) ([a-z0-9_]+)", given.text)
    if not parts:
        refuse(given.place, f"'{given.text}' is not an order of two limits", 'write "a < b"')
    small, sign, large = parts.groups()
    for name in (small, large):
        if name not in limits:
            refuse(given.place, f"there is no limit '{name}'", did_you_mean(name, limits))
    order = Order(small, large, sign == "<=")
    if not order.kept({key: limit.default for key, limit in limits.items()}):
        refuse(given.place, f"the defaults break '{given.text}'", "change one of the two")
    return order


def as_names(limits: Limits) -> dict[str, tuple[Limited, str]]:
    """How conditions name the limits."""
    return {key: (Limited(key, limit.low, limit.high), limit.unit) for key, limit in limits.items()}
