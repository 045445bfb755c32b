"""One thing that a deployment promises, and what was found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One thing that was looked at.

    Attributes:
        what: what is promised.
        found: what is there, in a few words.
        holds: whether that is what is promised.
    """

    what: str
    found: str
    holds: bool


def row(what: str, faults: Iterable[object], found: str = "as promised") -> Row:
    """Make a row of what was found wrong; nothing wrong is good."""
    wrong = [str(fault) for fault in faults]
    return Row(what, "; ".join(wrong[:3]) or found, not wrong)


def differs(**pairs: tuple[object, object]) -> Iterator[str]:
    """Name what is not as it must be, of pairs of what must be and what is."""
    for name, (wanted, found) in pairs.items():
        if wanted != found:
            yield f"{name.replace('_', ' ')}: {found!r}, not {wanted!r}"
