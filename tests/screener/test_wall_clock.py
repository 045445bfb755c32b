"""Times as the clinic's own clock shows them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from screener import wall_clock

NOVEMBER = datetime(2026, 11, 22, 17, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UTC", "2026-11-22 17:50"),
        ("Europe/Dublin", "2026-11-22 17:50"),
        ("America/New_York", "2026-11-22 12:50"),
        ("Asia/Kolkata", "2026-11-22 23:20"),
        ("Pacific/Auckland", "2026-11-23 06:50"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_place(name: str, expected: str) -> None:
    assert expected == f"{wall_clock.local(NOVEMBER, name):%Y-%m-%d %H:%M}"


def test_summer_time_is_told() -> None:
    assert "18:50" == f"{wall_clock.local(NOVEMBER.replace(month=7), 'Europe/Dublin'):%H:%M}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UTC", "UTC"),
        ("Europe/Dublin", "Dublin time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
    ],
)
def test_a_clock_is_named_by_its_place(name: str, expected: str) -> None:
    assert expected == wall_clock.in_words(name)


@pytest.mark.parametrize("name", ["Europe/Nowhere", "Europe", "", "../passwd", "/etc/passwd", "\0"])
def test_what_names_no_zone_is_refused(name: str) -> None:
    with pytest.raises(LookupError):
        wall_clock.zone(name)


def test_a_summary_from_another_machine_can_be_read_where_its_zone_is_not_known() -> None:
    told = wall_clock.local(NOVEMBER, "Mars/Olympus_Mons")

    assert (NOVEMBER, "UTC") == (told, wall_clock.in_words(str(told.tzinfo)))


def test_a_day_begins_at_midnight_by_the_clock_and_may_have_25_hours() -> None:
    dublin = wall_clock.zone("Europe/Dublin")
    first, second = (wall_clock.start_of(date(2026, 10, day), dublin) for day in (25, 26))

    assert datetime(2026, 10, 24, 23, tzinfo=UTC).timestamp() == first
    assert timedelta(hours=25).total_seconds() == second - first
