"""Counts made fit to be shown: a small one may tell of a person who is known to have come."""

from collections.abc import Sequence
from dataclasses import dataclass

from screener.language import _

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it is shown.

    Attributes:
        count: the number, or None when it is not shown.
        few: whether it is not shown because it is small itself, rather than to protect another.
    """

    count: int | None
    few: bool = False

    @property
    def words(self) -> str:
        """The count in words."""
        if self.few:
            return _("fewer than {fewest}").format(fewest=FEWEST)
        return _("not shown") if self.count is None else str(self.count)


def alone(count: int) -> Shown:
    """Show a count that nobody can work out from others. None at all tells of nobody."""
    return Shown(None, few=True) if 0 < count < FEWEST else Shown(count)


def parts(counts: Sequence[int]) -> list[Shown]:
    """Show the parts of a whole that is itself shown: none that is small can be worked out.

    Where the others would give a small one away, the next smallest is left out too.
    """
    few = {place for place, count in enumerate(counts) if 0 < count < FEWEST}
    large = [place for place, count in enumerate(counts) if count >= FEWEST]
    large.sort(key=counts.__getitem__, reverse=True)
    left_out: set[int] = set()
    while given_away([counts[place] for place in few | left_out], len(few)):
        if not large:
            return [Shown(None)] * len(counts)
        left_out.add(large.pop())
    return [
        Shown(None, few=place in few) if place in few | left_out else Shown(count)
        for place, count in enumerate(counts)
    ]


def given_away(hidden: Sequence[int], few: int) -> bool:
    """Say whether the sum of the hidden counts leaves only one way for the small ones to be.

    Args:
        hidden: the counts that are not shown. Their sum is known: it is what the shown ones leave.
        few: how many of them are known to be small; the others are known not to be.
    """
    if not few:
        return False
    # What one small count may be, when the others are as large, or as small, as they can be.
    others, largest = few - 1, FEWEST - 1
    at_least_elsewhere = others + FEWEST * (len(hidden) - few)
    most = min(largest, sum(hidden) - at_least_elsewhere)
    least = 1 if len(hidden) > few else max(1, sum(hidden) - largest * others)
    return least >= most
