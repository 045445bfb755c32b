"""Counts by week: exact, and of nobody in particular."""

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from screener.store import Store
from screener.store.models import tally as counts
from screener.store.tally import count, week
from tests.screener.store.conftest import Clock

EPOCH = date(1970, 1, 1)


def counted(store: Store) -> dict[tuple[date, str], int]:
    with store.database.reading() as connection:
        rows = connection.execute(select(counts.c.week, counts.c.name, counts.c.count)).all()
    return {(EPOCH + timedelta(days=week), name): count for week, name, count in rows}


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        ("1970-01-01T00:00:00", "1969-12-29"),
        ("2026-11-22T23:59:59", "2026-11-16"),
        ("2026-11-23T00:00:00", "2026-11-23"),
        ("2026-11-29T12:00:00", "2026-11-23"),
    ],
)
def test_a_week_begins_on_its_monday(moment: str, monday: str) -> None:
    at = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())

    assert date.fromisoformat(monday) == EPOCH + timedelta(days=week(at, UTC))


@pytest.mark.parametrize(
    ("zone", "moment", "monday"),
    [
        ("America/New_York", "2026-11-23T04:59:59", "2026-11-16"),
        ("America/New_York", "2026-11-23T05:00:00", "2026-11-23"),
        ("Pacific/Auckland", "2026-11-22T10:59:59", "2026-11-16"),
        ("Pacific/Auckland", "2026-11-22T11:00:00", "2026-11-23"),
        ("Europe/Dublin", "2026-10-18T22:59:59", "2026-10-12"),  # an hour before UTC in summer
        ("Europe/Dublin", "2026-10-18T23:00:00", "2026-10-19"),
        ("Europe/Dublin", "2026-10-25T23:59:59", "2026-10-19"),  # the day on which that ends
        ("Europe/Dublin", "2026-10-26T00:00:00", "2026-10-26"),
    ],
)
def test_a_week_begins_at_midnight_by_the_clinics_clock(
    zone: str, moment: str, monday: str
) -> None:
    at = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())

    assert date.fromisoformat(monday) == EPOCH + timedelta(days=week(at, ZoneInfo(zone)))


def test_each_form_that_is_begun_counts_once_in_its_week(store: Store, clock: Clock) -> None:
    for _ in range(3):
        store.drafts.begin()
    clock.turn(days=1)
    store.drafts.begin()

    assert {
        (date(2026, 11, 16), "started"): 3,
        (date(2026, 11, 23), "started"): 1,
    } == counted(store)


def test_counts_of_different_names_are_kept_apart(store: Store, clock: Clock) -> None:
    with store.database.writing() as connection:
        count(connection, week(int(clock()), UTC), "sent", by=2)
        count(connection, week(int(clock()), UTC), "sent", by=3)
        count(connection, week(int(clock()), UTC), "level:now")

    assert {"sent": 5, "level:now": 1} == {name: n for (_, name), n in counted(store).items()}


def test_nothing_is_counted_when_what_was_counted_is_not_kept(store: Store, clock: Clock) -> None:
    def fails_after_it_was_counted() -> None:
        with store.database.writing() as connection:
            count(connection, week(int(clock()), UTC), "sent")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_after_it_was_counted()

    assert {} == counted(store)


def test_forms_that_are_begun_at_once_are_all_counted(store: Store) -> None:
    threads = [threading.Thread(target=store.drafts.begin) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [16] == list(counted(store).values())
