"""The figures, and that they cost little."""

from datetime import UTC, date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from screener.store import Intake, Parcel, Store
from screener.store.figures import Figures, FirstContact, figures
from screener.store.models import submission
from screener.store.tally import count, week
from tests.screener.store.conftest import Clock

MONDAY = date(2026, 11, 16)  # the clock of these tests stands on the Sunday after
HOUR = 3600


def drawn(intake: Intake) -> Figures:
    with intake.database.reading() as connection:
        return figures(connection, intake.now(), UTC)


def tallied(intake: Intake, weeks_ago: int, **counts: int) -> None:
    with intake.database.writing() as connection:
        for name, by in counts.items():
            told = name.replace("__", ":").replace("_", "-")
            count(connection, week(intake.now(), UTC) - 7 * weeks_ago, told, by)


@pytest.fixture
def forms(store: Store, intake: Intake) -> Any:
    """Send a form, and say what became of it."""

    def send(rank: int = 2, **became: Any) -> str:
        draft = store.drafts.send(store.drafts.begin().token, Parcel(rank, "1+abc", {}, {}))
        changed = submission.update().where(submission.c.reference == draft.reference)
        if became:
            with intake.database.writing() as connection:
                connection.execute(changed.values(**became))
        return draft.reference

    return send


def test_a_clinic_that_has_just_begun_has_empty_figures(intake: Intake) -> None:
    found = drawn(intake)

    assert 12 == len(found.weeks)
    assert (0, 0) == (found.sent, found.started)
    assert {"now": 0, "first": 0, "discuss": 0, "info": 0} == found.levels
    assert {} == found.fired == found.undecided
    assert [None] * 4 == [one.median for one in found.first_contact]
    assert () == found.waiting


def test_weeks_begin_on_monday_and_the_oldest_comes_first(intake: Intake) -> None:
    tallied(intake, 0, sent=3)
    tallied(intake, 11, sent=2)

    found = drawn(intake)

    assert (MONDAY - timedelta(weeks=11), 2) == found.weeks[0]
    assert (MONDAY, 3) == found.weeks[-1]
    assert 5 == found.sent


def test_what_is_older_than_twelve_weeks_does_not_count(intake: Intake) -> None:
    tallied(intake, 12, sent=7, started=7, level__now=7, fired__R_BP_HIGH=7)

    found = drawn(intake)

    assert (0, 0) == (found.sent, found.started)
    assert 0 == found.levels["now"]
    assert {} == found.fired


def test_weeks_add_up_by_level_and_by_rule(intake: Intake) -> None:
    for weeks_ago in (0, 3):
        tallied(intake, weeks_ago, started=9, sent=4, level__now=1, level__info=3)
        tallied(intake, weeks_ago, fired__R_BP_HIGH=2, undecided__R_BP_HIGH=1)

    found = drawn(intake)

    assert (18, 8) == (found.started, found.sent)
    assert {"now": 2, "first": 0, "discuss": 0, "info": 6} == found.levels
    assert {"R-BP-HIGH": 4} == found.fired
    assert {"R-BP-HIGH": 2} == found.undecided


def test_half_of_the_people_were_contacted_within_the_median(intake: Intake, forms: Any) -> None:
    now = intake.now()
    for hours in (1, 2, 50):
        forms(0, contacted_at=now + hours * HOUR)
    forms(0)
    forms(3, contacted_at=now + 4 * HOUR)

    found = drawn(intake).first_contact

    assert FirstContact("now", 3, timedelta(hours=2)) == found[0]
    assert FirstContact("first", 0, None) == found[1]
    assert FirstContact("info", 1, timedelta(hours=4)) == found[3]


def test_contacts_of_long_ago_are_left_out(intake: Intake, forms: Any, clock: Clock) -> None:
    forms(0, contacted_at=intake.now() + HOUR)
    clock.turn(days=90)
    assert 1 == drawn(intake).first_contact[0].contacted

    clock.turn(seconds=1)

    assert 0 == drawn(intake).first_contact[0].contacted


def test_who_waits_longest_comes_first_whatever_the_level(
    intake: Intake, forms: Any, clock: Clock
) -> None:
    expected = []
    for rank, status in (
        (3, "waiting"),
        (0, "called"),
        (1, "spoke"),
        (0, "waiting"),
        (2, "closed"),
    ):
        reference = forms(rank, status=status, turn=rank)
        expected += [reference] if status in {"waiting", "called"} else []
        clock.turn(hours=1)

    found = drawn(intake).waiting

    assert expected == [one.reference for one in found]
    assert ("info", "waiting") == (found[0].level, found[0].status)
    assert "2026-11-22T10:30:10+00:00" == found[0].arrived_at.isoformat()


def test_only_the_ten_who_wait_longest_are_named(intake: Intake, forms: Any, clock: Clock) -> None:
    expected = []
    for rank in (1, 2) * 6:
        expected.append(forms(rank))
        clock.turn(hours=1)

    assert expected[:10] == [one.reference for one in drawn(intake).waiting]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # PostgreSQL plans by what it counted
def test_the_index_alone_answers_how_soon_people_were_contacted(intake: Intake) -> None:
    """A million forms are a gigabyte of sealed answers: a figure must not read past them."""
    asked = "SELECT rank, arrived_at, contacted_at FROM submission WHERE arrived_at > 5 "
    asked += "ORDER BY arrived_at DESC LIMIT 5"
    with intake.database.reading() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()

    assert ["SEARCH submission USING COVERING INDEX ix_submission_arrived_at (arrived_at>?)"] == [
        row.detail for row in plan
    ]
