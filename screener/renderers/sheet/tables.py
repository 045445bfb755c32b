"""The tables that rules look things up in, and the lines that help is made of."""

from collections.abc import Iterator
from dataclasses import dataclass

import rules
from screener.renderers.sheet import words


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """One medicine and its dose bands."""

    name: str
    low: str
    meets: str
    basis: str
    mark: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One help line."""

    name: str
    reach: str
    about: str
    mark: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Whom to reach in one country."""

    name: str
    emergency: str
    lines: tuple[LineRow, ...]
    basis: str


def medicines(content: rules.Content) -> Iterator[MedicineRow]:
    """Each medicine: below which dose a trial surely does not count, and from which it does."""
    for medicine in content.medicines:
        if medicine.meets is None or medicine.clearly_low is None:
            low = meets = words.NEVER_JUDGED
        else:
            low, meets = f"{medicine.clearly_low} mg", f"{medicine.meets} mg"
        told = words.mark(verified=medicine.verified)
        yield MedicineRow(medicine.name, low, meets, medicine.basis, told)


def places(content: rules.Content) -> Iterator[PlaceRow]:
    """The help of each country, and of everywhere else."""
    for place in (*content.helplines.countries.values(), content.helplines.world):
        numbers = (
            f"{number.number} ({words.mark(verified=number.verified, day=number.checked_on)})"
            for number in place.numbers
        )
        emergency = ", ".join(numbers) or place.emergency_words
        lines = tuple(_line(line) for line in place.lines)
        yield PlaceRow(place.name[:1].upper() + place.name[1:], emergency, lines, place.basis)


def _line(line: rules.Line) -> LineRow:
    ways = {"call": line.call, "text": line.text_to, "chat": line.chat}
    reach = [words.WAYS[way].format(line.text_word, to) for way, to in ways.items() if to]
    about = [part for part in (line.for_whom, line.hours, line.note) if part]
    about += [words.YOUTH] * line.youth
    told = words.mark(verified=line.verified, day=line.checked_on)
    reached = "; ".join(" ".join(way.split()) for way in reach)
    return LineRow(line.name, reached, ". ".join(part.rstrip(".") for part in about), told)
