"""The queue: urgent first, then the oldest, each once, however many there are and who looks."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.store import Intake, Parcel
from screener.store.models import STATUSES, staff, submission
from screener.store.queue import EVERY, NOBODY, Sought, count, looked, seen_at, unopened
from screener.store.submissions import LEVELS
from tests.screener.store.arriving import arrive, fill, parcel, whole

forms = st.tuples(
    st.integers(0, 3),  # rank
    st.integers(1000, 1004),  # arrived at: many at the same moment
    st.sampled_from(STATUSES),
    st.sampled_from([None, "sam", "kim"]),
    st.sampled_from([None, 2000]),  # contacted at
)
owners = st.sampled_from(["", NOBODY, "sam", "kim"])
sought = st.builds(
    Sought,
    status=st.sampled_from(["", EVERY, *STATUSES]),
    owner=owners,
    level=st.sampled_from(["", *LEVELS]),
    since=st.sampled_from([0, 1002]),
    until=st.sampled_from([0, 1003]),
)


@pytest.fixture
def people(intake: Intake) -> None:
    with intake.database.writing() as connection:
        for name in ("sam", "kim"):
            who = {"id": name, "name": name, "email": name, "role": "reviewer", "made_at": 500}
            connection.execute(staff.insert().values(who))


def fits(row: dict[str, Any], wanted: Sought) -> bool:
    """The same, said in another way."""
    fitting = {row["status"], EVERY} | ({""} if row["status"] != "closed" else set())
    shown = wanted.status in fitting
    owned = wanted.owner in {"", row["owner_id"] or NOBODY}
    level = wanted.level in {"", LEVELS[row["rank"]]}
    late = row["arrived_at"] >= wanted.since and row["arrived_at"] < (wanted.until or 10**9)
    return shown and owned and level and late


@given(drawn=st.lists(forms, max_size=40), wanted=sought, size=st.integers(1, 9))
@settings(max_examples=60)
@pytest.mark.usefixtures("people")
def test_urgent_comes_first_then_the_oldest_and_each_once_over_all_pages(
    intake: Intake, drawn: list[Any], wanted: Sought, size: int
) -> None:
    rows = fill(intake, drawn)
    seen: list[str] = []
    with intake.database.reading() as connection:
        page = intake.queue.page(connection, wanted, None, size)
        seen += [row.id for row in page.rows]
        while page.ends:
            assert len(page.rows) == size
            page = intake.queue.page(connection, wanted, page.ends, size)
            seen += [row.id for row in page.rows]
        counted = count(connection, wanted)

    expected = sorted(
        (row for row in rows if fits(row, wanted)),
        key=lambda row: (row["turn"], row["arrived_at"], row["id"]),
    )
    assert [row["id"] for row in expected] == seen
    assert len(expected) == counted


def test_a_row_says_who_and_why(intake: Intake) -> None:
    sent = whole(si_now="yes", aneurysm="yes")
    arrive(intake, sent, reference="BCDF-GHJK")

    with intake.database.reading() as connection:
        (row,) = intake.queue.page(connection, Sought()).rows

    assert ("BCDF-GHJK", "now", "waiting") == (row.reference, row.level, row.status)
    assert row.headline is not None
    assert "Jo Example" == row.headline.name
    assert tuple(sent.headline["why"]) == row.headline.why
    assert "Jo" not in repr(row)


@pytest.mark.parametrize(
    "headline",
    [
        {},
        {"name": 5, "level": "first", "why": [], "more": 0},
        {"name": "Jo", "level": "now", "why": [], "more": 0},
        {"name": "Jo", "level": "first", "why": [1], "more": 0},
        {"name": "Jo", "level": "first", "why": None, "more": 0},
        {"name": "Jo", "level": "first", "why": [], "more": "many"},
    ],
)
def test_a_row_that_cannot_be_read_is_listed_in_its_place(intake: Intake, headline: Any) -> None:
    odd = arrive(intake, Parcel(1, "1+abc", headline, {}), at=1000)
    changed = arrive(intake, parcel(1), at=2000, sealed_key=b"\x01" + bytes(80))
    good = arrive(intake, parcel(1), at=3000)

    with intake.database.reading() as connection:
        rows = intake.queue.page(connection, Sought()).rows

    assert [odd, changed, good] == [row.id for row in rows]
    assert [True, True, False] == [row.headline is None for row in rows]


def test_a_form_that_moves_up_between_two_pages_hides_no_other(intake: Intake) -> None:
    forms = [arrive(intake, parcel(2), at=1000 + n) for n in range(6)]
    with intake.database.reading() as connection:
        first = intake.queue.page(connection, Sought(), None, 3)
    with intake.database.writing() as connection:
        moved = submission.update().where(submission.c.id == forms[4])
        connection.execute(moved.values(rank=1, turn=1))
    with intake.database.reading() as connection:
        second = intake.queue.page(connection, Sought(), first.ends, 3)

    assert forms[:3] == [row.id for row in first.rows]
    assert [forms[3], forms[5]] == [row.id for row in second.rows]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the same words on both
def test_counting_stops_where_nobody_reads_on(intake: Intake) -> None:
    fill(intake, [(n % 4, 1000, "waiting", None, None) for n in range(1300)])

    with intake.database.reading() as connection:
        assert 1001 == count(connection, Sought())
        assert 325 == count(connection, Sought(level="info"))


@pytest.mark.usefixtures("people")
def test_new_is_what_arrived_since_somebody_looked(intake: Intake) -> None:
    with intake.database.writing() as connection:
        at_first = seen_at(connection, "sam")
        looked(connection, "sam", 2000)

    with intake.database.reading() as connection:
        since = [seen_at(connection, name) for name in ("sam", "kim")]
    assert (500, [2000, 500]) == (at_first, since)


def test_forms_that_cannot_be_opened_are_counted(intake: Intake) -> None:
    for received in (0, 1, 2, 2):
        arrive(intake, parcel(), received=received)

    with intake.database.reading() as connection:
        assert 2 == unopened(connection)
