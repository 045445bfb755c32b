"""Each form is received once: it can be found, it counts, and nothing that is broken gets lost."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, update

from screener.store import Intake, Parcel, receiving
from screener.store.models import notice, search_term, submission, tally
from screener.store.notices import Notices
from screener.store.parcels import seal_part
from screener.store.queue import unopened
from screener.store.tally import week
from tests.screener import summaries
from tests.screener.store.arriving import PEOPLE, arrive, parcel, row, whole


def counted(intake: Intake) -> dict[str, int]:
    with intake.database.reading() as connection:
        rows = connection.execute(tally.select()).all()
        return {row.name: row[2] for row in rows if row.name != "started"}


def rows_of(intake: Intake, table: Table) -> list[Any]:
    with intake.database.reading() as connection:
        return list(connection.execute(table.select()).all())


def test_what_has_arrived_counts_by_level_and_rule(intake: Intake) -> None:
    answers: dict[str, Any] = {"aneurysm": "not_sure"}
    summary = summaries.quiet(**answers)
    arrive(intake, whole(**answers))
    arrive(intake, whole(**answers))

    received = intake.receive()

    expected = {"sent": 2, f"level:{summary.level}": 2}
    for point in summary.points:
        expected[f"{'undecided' if point.undecided else 'fired'}:{point.rule}"] = 2
    assert 2 == received
    assert any(name.startswith("undecided:") for name in expected)
    assert expected == counted(intake)


def test_a_form_counts_in_the_week_in_which_it_arrived(intake: Intake) -> None:
    days = [datetime(2026, 11, day, 12, tzinfo=UTC) for day in (15, 22, 23)]
    for day in days:
        arrive(intake, whole(), at=int(day.timestamp()))

    intake.receive()

    weeks = {row.week: row[2] for row in rows_of(intake, tally) if row.name == "sent"}
    assert {week(int(day.timestamp()), UTC): 1 for day in days} == weeks


def test_receiving_again_changes_nothing(intake: Intake) -> None:
    arrive(intake, whole())
    intake.receive()
    before = counted(intake), rows_of(intake, search_term)

    assert 0 == intake.receive()
    assert before == (counted(intake), rows_of(intake, search_term))


def test_more_than_are_received_at_once_are_all_received(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "AT_ONCE", 3)
    sent = whole()
    for n in range(10):
        arrive(intake, sent, at=1000 + n // 4)

    assert 10 == intake.receive()
    assert 10 == counted(intake)["sent"]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # the same words on both
def test_a_form_without_a_name_is_received(intake: Intake) -> None:
    arrive(intake, whole(type(PEOPLE)()))

    assert 1 == intake.receive()
    assert [] == rows_of(intake, search_term)


def spoilt(contents: Any, headline: Any = None, rank: int = 1) -> Parcel:
    """A form that somebody sealed for the clinic with other things inside."""
    good = whole(aneurysm="yes")
    return Parcel(rank, "1+abc", headline or good.headline, contents)


GOOD = whole(aneurysm="yes").contents
BROKEN: dict[str, Parcel] = {
    "nothing inside": spoilt({}),
    "a summary of a later format": spoilt(GOOD | {"summary": {"format": 99}}),
    "a summary with other parts": spoilt(GOOD | {"summary": {"format": 1, "summary": {}}}),
    "no contact": spoilt({name: part for name, part in GOOD.items() if name != "contact"}),
    "a name that is no text": spoilt(GOOD | {"contact": {"name": 5}}),
    "a contact that is a list": spoilt(GOOD | {"contact": []}),
    "a level that the database contradicts": spoilt(GOOD, rank=3),
    "a headline that is none": spoilt(GOOD, headline={"level": "first"}),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_form_that_is_none_is_marked_and_stops_no_other(
    intake: Intake, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken = arrive(intake, BROKEN[what], at=1000)
    good = arrive(intake, whole(), at=2000)

    assert 1 == intake.receive()

    assert [2, 1] == [row(intake, form).received for form in (broken, good)]
    assert ["form_broken"] == [record.message for record in caplog.records]
    with intake.database.reading() as connection:
        assert 1 == unopened(connection)


def test_changed_bytes_are_noticed_and_stop_no_other(intake: Intake) -> None:
    broken = arrive(intake, whole(), at=1000, contents=b"\x01" + bytes(60))
    arrive(intake, whole(), at=2000)

    assert 1 == intake.receive()
    assert 2 == row(intake, broken).received
    assert 0 == intake.receive()


def test_a_rule_with_an_impossible_name_counts_nothing(intake: Intake) -> None:
    for rule in ("R-" + "X" * 90, "R\0", "R\ud800"):
        parts = whole(aneurysm="yes")
        parts.contents["summary"]["summary"]["points"][0]["rule"] = rule
        arrive(intake, parts)

    assert 0 == intake.receive()
    assert {} == counted(intake)


def test_a_broken_form_is_tried_again_after_a_restart(
    intake: Intake, open_intake: Callable[[], Intake]
) -> None:
    form = arrive(intake, whole())
    kept = row(intake, form)
    this = update(submission).where(submission.c.id == form)
    with intake.database.writing() as connection:
        connection.execute(this.values(contents=b"\x01" + bytes(60)))
    assert 0 == intake.receive()

    with intake.database.writing() as connection:
        connection.execute(this.values(contents=kept.contents))

    assert 0 == intake.receive()
    assert 1 == open_intake().receive()
    assert 1 == row(intake, form).received


def test_a_form_whose_key_is_away_waits_for_it(
    intake: Intake, open_intake: Callable[[], Intake], tmp_path: Path
) -> None:
    form = arrive(intake, whole())
    key = tmp_path / "data/keys/clinic-1.key"
    key.rename(tmp_path / "away")

    assert 0 == open_intake().receive()
    assert 0 == row(intake, form).received

    (tmp_path / "away").rename(key)
    assert 1 == open_intake().receive()


def test_somebody_is_told_of_an_urgent_form_once_even_if_it_cannot_be_opened(
    intake: Intake, open_intake: Callable[[], Intake]
) -> None:
    restarted = open_intake()
    for side in (intake, restarted):
        side._receiving._notices = Notices(("email",))
    urgent = arrive(intake, whole(si_now="yes"))
    broken = arrive(intake, parcel(rank=0))
    arrive(intake, whole(aneurysm="yes"))

    intake.receive()
    restarted.receive()

    assert sorted([urgent, broken]) == sorted(n.submission_id for n in rows_of(intake, notice))


def test_processes_that_receive_at_once_count_each_form_once(
    intake: Intake, open_intake: Callable[[], Intake], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = whole()
    for n in range(24):
        arrive(intake, sent, at=1000 + n)
    monkeypatch.setattr(receiving, "AT_ONCE", 5)
    sides = [open_intake() for _ in range(3)]
    received: list[int] = []
    start = threading.Barrier(3)

    def receive(side: Intake) -> None:
        start.wait()
        received.append(side.receive())

    threads = [threading.Thread(target=receive, args=(side,)) for side in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 24 == sum(received)
    assert 24 == counted(intake)["sent"]


def test_nothing_is_received_when_what_it_adds_cannot_be_kept(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = arrive(intake, whole())

    def full(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr("screener.store.tally.count", full)
    with pytest.raises(RuntimeError):
        intake.receive()

    assert 0 == row(intake, form).received
    assert [] == rows_of(intake, search_term)


def test_a_part_sealed_for_another_record_is_refused(intake: Intake) -> None:
    mine, theirs = (arrive(intake, whole(), at=at) for at in (1000, 2000))
    with intake.database.reading() as connection:
        found = intake.submissions.find(connection, mine)
    assert found is not None
    forged = seal_part(found.key, theirs, "contents", found.contents)
    with intake.database.writing() as connection:
        this = update(submission).where(submission.c.id == mine)
        connection.execute(this.values(contents=forged))

    assert 1 == intake.receive()
    assert 2 == row(intake, mine).received
