import pytest

from screener.renderers.charts import gauge, week_bars
from tests.screener.renderers.sample import UNSURE, pressure, quiet, treatment


def test_the_needle_stands_among_the_limits_as_the_number_does() -> None:
    chart = gauge(quiet(pressure=pressure(140, 85)))
    assert chart is not None
    top, bottom = chart.bars

    assert top.at == top.ticks[1].at
    assert bottom.ticks[0].at < bottom.at < bottom.ticks[1].at


@pytest.mark.parametrize("systolic", [60, 80, 122, 220, 280])
def test_no_number_falls_off_the_gauge(systolic: int) -> None:
    chart = gauge(quiet(pressure=pressure(systolic, 30)))
    assert chart is not None

    for bar in chart.bars:
        assert 0 < bar.at < 1
        assert bar.parts[0].start == 0
        assert bar.parts[-1].end == 1
        assert all(part.start < part.end for part in bar.parts)


def test_one_number_draws_one_bar_and_none_draws_nothing() -> None:
    half = gauge(quiet(pressure=pressure(None, 85)))
    assert half is not None

    assert ["85"] == [bar.value for bar in half.bars]
    assert "not given over 85" in half.alt
    assert gauge(quiet(pressure=None)) is None


def test_a_bar_is_solid_as_far_as_it_is_sure() -> None:
    bars = week_bars(
        quiet(treatments=(treatment(weeks_low=6, weeks_high=8), treatment(), UNSURE))
    ).rows

    assert (bars[0].sure, bars[0].to, bars[0].open) == (round(6 / 14, 4), round(8 / 14, 4), False)
    assert (bars[1].sure, bars[1].to, bars[1].open) == (round(9 / 14, 4), 1.0, True)
    assert (bars[2].sure, bars[2].to, bars[2].open) == (0.0, 1.0, True)


def test_the_line_stands_at_the_clinics_number_of_weeks() -> None:
    assert week_bars(quiet(trial_weeks=4)).full_at == round(4 / 14, 4)
    assert "4 weeks" in week_bars(quiet(trial_weeks=4)).key
