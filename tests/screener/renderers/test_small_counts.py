"""Small counts are not shown, and cannot be worked out from what is."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.renderers.small_counts import FEWEST, Shown, alone, parts

FEW, LEFT_OUT = Shown(None, few=True), Shown(None)
A_FEW = range(1, FEWEST)


@pytest.mark.parametrize("count", A_FEW)
def test_a_small_count_is_not_shown(count: int) -> None:
    assert "fewer than 5" == alone(count).words
    assert alone(count).count is None


@pytest.mark.parametrize("count", [0, 5, 1200])
def test_none_and_many_are_shown(count: int) -> None:
    assert Shown(count) == alone(count)
    assert str(count) == alone(count).words


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([10, 0, 20], [Shown(10), Shown(0), Shown(20)]),
        ([], []),
        ([0, 0], [Shown(0), Shown(0)]),
        # The whole would tell the one that is missing: the next smallest goes too.
        ([10, 3, 20], [LEFT_OUT, FEW, Shown(20)]),
        # Two that are small protect each other, unless both must be as small as can be.
        ([10, 3, 20, 2], [Shown(10), FEW, Shown(20), FEW]),
        ([10, 1, 20, 1], [LEFT_OUT, FEW, Shown(20), FEW]),
        ([10, 4, 20, 4], [LEFT_OUT, FEW, Shown(20), FEW]),
        # Whoever knows the rule knows that what was left out is not small.
        ([5, 1, 20], [LEFT_OUT, FEW, LEFT_OUT]),
        # Nothing can protect it.
        ([3], [LEFT_OUT]),
        ([3, 0], [LEFT_OUT, LEFT_OUT]),
        ([1, 5], [LEFT_OUT, LEFT_OUT]),
    ],
)
def test_no_small_part_can_be_worked_out_from_the_whole(
    counts: list[int], expected: list[Shown]
) -> None:
    assert expected == parts(counts)


def ways(shown: list[Shown], total: int) -> list[tuple[int, ...]]:
    """Every list of counts that would be shown like this, for all that a reader can know."""
    known = sum(one.count or 0 for one in shown)
    choices = [
        [one.count] if one.count is not None else list(A_FEW) if one.few else range(FEWEST, 25)
        for one in shown
    ]
    assert known <= total
    return [guess for guess in product(*choices) if sum(guess) == total]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_who_knows_the_whole_cannot_be_sure_of_a_small_count(counts: list[int]) -> None:
    shown = parts(counts)
    few = [place for place, one in enumerate(shown) if one.few]

    guesses = ways(shown, sum(counts)) if few else []

    assert not few or tuple(counts) in guesses
    for place in few:
        assert len({guess[place] for guess in guesses}) > 1


@given(st.lists(st.integers(0, 40), max_size=12))
def test_what_is_shown_is_true_and_never_small(counts: list[int]) -> None:
    for count, one in zip(counts, parts(counts), strict=True):
        assert one.count in {None, count}
        assert one.count is None or one.count not in A_FEW
        assert not one.few or count in A_FEW
