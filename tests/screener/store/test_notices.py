"""The outbox: no notice is lost, none is sent by two at once, and what was given up is shown."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from screener.store import Intake, Store
from screener.store.models import notice, submission
from screener.store.notices import LEASE, TRIES, WAITS, Notice, Notices
from tests.screener.store.conftest import Clock
from tests.screener.store.test_submissions import PARCEL

outbox = Notices(("email", "webhook"))


@pytest.fixture
def record(store: Store, intake: Intake) -> str:
    store.drafts.send(store.drafts.begin().token, PARCEL)
    with intake.database.reading() as connection:
        return str(connection.execute(select(submission.c.id)).scalar_one())


def add(intake: Intake, record: str, ways: Notices = outbox) -> None:
    with intake.database.writing() as connection:
        ways.add(connection, record, intake.now())


def take(intake: Intake, ways: Notices = outbox) -> Notice | None:
    with intake.database.writing() as connection:
        return ways.take(connection, intake.now())


def fail(intake: Intake, taken: Notice | None) -> bool:
    assert taken is not None
    with intake.database.writing() as connection:
        return outbox.failed(connection, taken, "refused", intake.now())


def test_a_form_makes_one_notice_for_each_way(intake: Intake, record: str) -> None:
    add(intake, record)

    taken = [take(intake), take(intake), take(intake)]

    assert taken[2] is None
    assert {("email", record, 1), ("webhook", record, 1)} == {
        (one.way, one.submission_id, one.tries) for one in taken[:2] if one
    }


def test_a_clinic_that_wants_no_notice_gets_none(intake: Intake, record: str) -> None:
    add(intake, record, Notices(()))

    assert take(intake) is None


def test_a_way_that_was_switched_off_is_not_tried(intake: Intake, record: str) -> None:
    add(intake, record)

    taken = [take(intake, Notices(("email",))), take(intake, Notices(("email",)))]

    assert ["email", None] == [one and one.way for one in taken]


def test_what_was_sent_is_not_sent_again(intake: Intake, record: str, clock: Clock) -> None:
    add(intake, record, Notices(("email",)))
    taken = take(intake)
    assert taken is not None
    with intake.database.writing() as connection:
        outbox.sent(connection, taken)

    clock.turn(days=1)

    assert take(intake) is None


def test_a_process_that_dies_while_it_sends_loses_nothing(
    intake: Intake, record: str, clock: Clock
) -> None:
    add(intake, record, Notices(("email",)))
    first = take(intake)
    clock.turn(seconds=LEASE - 1)
    early = take(intake)
    clock.turn(seconds=1)

    again = take(intake)

    assert early is None
    assert first is not None
    assert again is not None
    assert (first.id, 2) == (again.id, again.tries)


def test_two_processes_never_take_the_same_notice(intake: Intake, store: Store) -> None:
    with intake.database.reading() as connection:
        assert connection.execute(select(submission.c.id)).first() is None
    for _ in range(6):
        store.drafts.send(store.drafts.begin().token, PARCEL)
    with intake.database.writing() as connection:
        for record in connection.execute(select(submission.c.id)).scalars().all():
            Notices(("email",)).add(connection, record, intake.now())

    with ThreadPoolExecutor(4) as pool:
        taken = [one for one in pool.map(lambda _: take(intake), range(12)) if one]

    assert 6 == len(taken) == len({one.id for one in taken})


def test_each_try_waits_longer_and_the_last_gives_up(
    intake: Intake, record: str, clock: Clock
) -> None:
    add(intake, record, Notices(("email",)))
    given_up = []
    for wait in (*WAITS, 0):
        given_up.append(fail(intake, take(intake)))
        clock.turn(seconds=wait - 1)
        assert take(intake) is None
        clock.turn(seconds=1)

    assert [False] * (TRIES - 1) + [True] == given_up
    assert list(WAITS) == sorted(WAITS)
    assert [("email", TRIES, "refused")] == [(n.way, n.tries, n.fault) for n in given_up_by(intake)]


def given_up_by(intake: Intake) -> list[Notice]:
    with intake.database.reading() as connection:
        return outbox.undelivered(connection)


def test_a_notice_that_was_given_up_may_be_tried_again(
    intake: Intake, record: str, clock: Clock
) -> None:
    add(intake, record, Notices(("email",)))
    for wait in (*WAITS, 0):
        fail(intake, take(intake))
        clock.turn(seconds=wait)
    (failed,) = given_up_by(intake)

    with intake.database.writing() as connection:
        done = outbox.again(connection, failed.id, intake.now())
        twice = outbox.again(connection, failed.id, intake.now())

    assert (True, False) == (done, twice)
    assert [] == given_up_by(intake)
    again = take(intake)
    assert again is not None
    assert (failed.id, 1) == (again.id, again.tries)


def test_the_notices_of_a_deleted_record_go_with_it(intake: Intake, record: str) -> None:
    add(intake, record)
    taken = take(intake)

    intake.delete(record, "command", "asked")
    fail(intake, taken)

    assert take(intake) is None
    with intake.database.reading() as connection:
        assert connection.execute(select(notice)).first() is None
