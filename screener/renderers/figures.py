"""Bars, as plain numbers: how long each is, and where its words stand.

A page draws them as SVG. Widths are shares of a line (0 to 1) and heights are in lines of text, so
that a drawing grows with the letters and with the screen. Nothing is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from screener.renderers.small_counts import Shown

BESIDE, ABOVE = 1.9, 3.1  # lines that a bar takes, with its name beside it or above
THICK = 1.2
NAME = 0.24  # of the width: where a bar begins that has its name beside it
ROOM = 0.16  # of the width: kept free behind the longest bar, for its number


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its number in words, and where both stand.

    Attributes:
        name_at: the base line of the name, in lines from the top.
        value_at: the base line of the number.
        top: of the bar.
        start: of the bar, as a share of the width.
        length: of the bar, as a share of the width; 0 when the number is not shown.
    """

    name: str
    value: str
    name_at: float
    value_at: float
    top: float
    start: float
    length: float

    @property
    def end(self) -> float:
        """Where the bar ends, as a share of the width."""
        return round(self.start + self.length, 4)


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars, its title and its words for whoever does not see it."""

    title: str
    told: str
    height: float
    bars: tuple[Bar, ...]


def bars(title: str, rows: Sequence[tuple[str, Shown]], *, names_above: bool = False) -> Bars:
    """Draw counts as bars, each as long as it is large.

    Args:
        title: what is counted.
        rows: a name and a count for each bar, in order.
        names_above: names are long, and stand above their bars.
    """
    most = max((shown.count or 0 for _, shown in rows), default=0)
    line, start = (ABOVE, 0.0) if names_above else (BESIDE, NAME)
    drawn = []
    for number, (name, shown) in enumerate(rows):
        top = line * number + (line - THICK - 0.3)
        base = top + 0.9
        length = (1 - ROOM - start) * (shown.count or 0) / most if most else 0.0
        name_at = top - 0.35 if names_above else base
        places = (round(at, 4) for at in (name_at, base, top, start, length))
        drawn.append(Bar(name, shown.words, *places))
    told = "; ".join(f"{bar.name}: {bar.value}" for bar in drawn)
    return Bars(title, told, round(line * len(rows), 4), tuple(drawn))
