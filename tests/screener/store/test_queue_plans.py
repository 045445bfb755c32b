"""How the databases find a page: by walking an index in its order, never by reading all forms."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from screener.store import Intake
from screener.store.listing import Place
from screener.store.models import STATUSES, staff
from screener.store.queue import EVERY, NOBODY, Sought, count, places, unopened
from screener.store.search import found
from tests.screener.store.arriving import fill

OWNERS = [f"owner-{number}" for number in range(40)]
SOUGHT = [
    Sought(),
    Sought(status=EVERY),
    Sought(status="closed"),
    Sought(owner=NOBODY),
    Sought(owner=OWNERS[7]),
    Sought(owner=OWNERS[7], status="booked", level="now"),
    Sought(level="discuss"),
    Sought(since=1001, until=1300),
]
LATER = Place(1, 1002, "x")
TYPED = ("maria", "maria garcia lopez", "BCDF-GHJK")


@pytest.fixture(autouse=True)
def many(intake: Intake, kind: str) -> None:
    """So many that reading them all would show, and the database knows how many."""
    with intake.database.writing() as connection:
        people = [
            {"id": name, "name": name, "email": name, "role": "reviewer", "made_at": 1}
            for name in OWNERS
        ]
        connection.execute(staff.insert(), people)
    owned = [None, *OWNERS]
    fill(
        intake,
        [(n % 4, 1000 + n, STATUSES[n % 5], owned[n % len(owned)], None) for n in range(4000)],
    )
    if kind == "postgresql":
        with intake.database.writing() as connection:
            connection.exec_driver_sql("ANALYZE")


def asked(intake: Intake, kind: str, ask: Callable[..., Any], *how: Any) -> list[str]:
    """The steps that the database takes to answer."""
    sent: list[tuple[str, Any]] = []
    with intake.database.reading() as connection:

        def keep(*parts: Any) -> None:
            sent.append((parts[2], parts[3]))

        event.listen(connection, "before_cursor_execute", keep)
        ask(connection, *how)
        event.remove(connection, "before_cursor_execute", keep)
        if kind == "postgresql":
            # A few thousand are quicker read another way: what counts is what serves a million.
            for other in ("seqscan", "bitmapscan", "sort"):
                connection.exec_driver_sql(f"SET LOCAL enable_{other} = off")
        word = "EXPLAIN" if kind == "postgresql" else "EXPLAIN QUERY PLAN"
        return [
            str(row[-1])
            for statement, given in sent
            for row in connection.exec_driver_sql(f"{word} {statement}", given)
        ]


def read_whole(steps: list[str]) -> list[str]:
    """The steps that read every row of a table."""
    tables = ("submission", "search_term")
    return [
        step
        for step in steps
        if ("Seq Scan" in step and any(table in step for table in tables))
        or any(step == f"SCAN {table}" for table in tables)
    ]


def sorted_whole(steps: list[str]) -> bool:
    """Whether more is put in order than the beginnings of the runs."""
    before = [one for one, step in itertools.pairwise(steps) if "TEMP B-TREE" in step]
    sorts = sum("Sort Key" in step for step in steps)
    return sorts > 1 or not all(step.startswith("SCAN anon") for step in before)


@pytest.mark.parametrize("after", [None, LATER], ids=["first", "later"])
def test_each_way_to_filter_walks_an_index_in_its_order(
    intake: Intake, kind: str, after: Place | None, subtests: pytest.Subtests
) -> None:
    for wanted in SOUGHT:
        with subtests.test(str(wanted)):
            steps = asked(intake, kind, places, wanted, after, 26)

            runs = [turn for turn, _rank in wanted.turns if after is None or turn >= after.turn]
            walked = [step for step in steps if "ix_submission_" in step]
            assert len(wanted.statuses) * len(runs) == len(walked)
            assert [] == read_whole(steps)
            assert not sorted_whole(steps)


def test_counting_walks_an_index(intake: Intake, kind: str, subtests: pytest.Subtests) -> None:
    for wanted in SOUGHT:
        with subtests.test(str(wanted)):
            steps = asked(intake, kind, count, wanted)

            assert [] == read_whole(steps)
            assert any("ix_submission_" in step for step in steps)


def test_searching_walks_an_index(intake: Intake, kind: str, subtests: pytest.Subtests) -> None:
    for typed, after in itertools.product(TYPED, (None, LATER)):
        with subtests.test(f"{typed}, {after}"):
            steps = asked(intake, kind, found, intake.keys, typed, after, 26)

            assert [] == read_whole(steps)
            assert any("search_term" in step for step in steps)


def test_what_cannot_be_opened_is_counted_from_an_index(intake: Intake, kind: str) -> None:
    steps = asked(intake, kind, unopened)

    assert [] == read_whole(steps)
    assert any("ix_submission_received" in step for step in steps)
