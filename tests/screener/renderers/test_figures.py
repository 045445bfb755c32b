from screener.renderers.figures import bars
from screener.renderers.small_counts import Shown

WEEKS = [("2 Nov", Shown(10)), ("9 Nov", Shown(None, few=True)), ("16 Nov", Shown(40))]


def test_a_bar_is_as_long_as_its_number_is_large() -> None:
    small, hidden, large = bars("Forms a week", WEEKS).bars

    assert large.length == 4 * small.length
    assert 0 == hidden.length
    assert ["10", "fewer than 5", "40"] == [bar.value for bar in (small, hidden, large)]


def test_no_bar_reaches_the_edge_where_its_number_stands() -> None:
    for names_above in (False, True):
        for bar in bars("Forms a week", WEEKS, names_above=names_above).bars:
            assert 0 <= bar.start <= bar.end <= 0.84


def test_bars_and_words_stand_below_each_other_inside_the_drawing() -> None:
    for names_above in (False, True):
        chart = bars("Forms a week", WEEKS, names_above=names_above)
        tops = [bar.top for bar in chart.bars]

        assert sorted(tops) == tops
        assert all(0 < bar.name_at <= bar.value_at < chart.height for bar in chart.bars)
        if names_above:
            assert all(bar.name_at < bar.top for bar in chart.bars)
        assert tops[-1] + 1.2 < chart.height


def test_the_whole_chart_is_told_in_words() -> None:
    chart = bars("Forms a week", WEEKS)

    assert "Forms a week" == chart.title
    assert "2 Nov: 10; 9 Nov: fewer than 5; 16 Nov: 40" == chart.told


def test_nothing_but_zeros_draws_no_bar() -> None:
    chart = bars("Forms a week", [("2 Nov", Shown(0)), ("9 Nov", Shown(0))])

    assert [0, 0] == [bar.length for bar in chart.bars]
    assert 0 == bars("Forms a week", []).height
