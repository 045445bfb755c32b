"""What is deleted is gone: the rows, the key, every byte of it; and the trail says so."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Table, func, insert, select

from screener.store import Intake, Store
from screener.store.audit import COMMAND
from screener.store.models import audit, draft, invitation, notice, review, search_term, submission
from screener.store.notices import Notices
from screener.store.print_jobs import LASTS, Made
from screener.store.retention import NOTICE_DAYS, found
from tests.screener.store.conftest import Clock
from tests.screener.store.test_submissions import PARCEL

Counts = dict[str, int]
BELONGING = (submission, review, search_term, notice, draft)


def send(store: Store) -> None:
    store.drafts.send(store.drafts.begin().token, PARCEL)


def all_of(intake: Intake) -> list[str]:
    with intake.database.reading() as connection:
        return list(connection.execute(select(submission.c.id).order_by("arrived_at")).scalars())


def work_on(intake: Intake, submission_id: str) -> None:
    """Leave behind all that staff and the timer write about a record."""
    written = {"submission_id": submission_id, "at": 1, "kind": "note", "sealed": b"s" * 90}
    with intake.database.writing() as connection:
        connection.execute(insert(review).values(written))
        term = {"term": b"t" * 32, "submission_id": submission_id, "arrived_at": 1}
        connection.execute(insert(search_term).values(term))
        Notices(("email", "webhook")).add(connection, submission_id, intake.now())


def rows(intake: Intake) -> Counts:
    def counted(table: Table) -> int:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    with intake.database.reading() as connection:
        return {table.name: counted(table) for table in BELONGING}


def trail(intake: Intake) -> list[tuple[str, str, str, str]]:
    with intake.database.reading() as connection:
        lines = connection.execute(select(audit).order_by(audit.c.seq)).all()
        return [
            (line.actor, line.action, line.object, line.detail.partition(" ")[0]) for line in lines
        ]


def now(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock(), UTC)


def test_a_deleted_record_leaves_no_row_behind(store: Store, intake: Intake) -> None:
    send(store)
    (record,) = all_of(intake)
    work_on(intake, record)

    assert intake.delete(record, COMMAND, "asked")

    assert dict.fromkeys((table.name for table in BELONGING), 0) == rows(intake)
    assert [("command", "record_deleted", record, "asked")] == trail(intake)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # PostgreSQL: docs/deploying.md
def test_no_byte_of_a_deleted_record_is_left_in_the_files(
    store: Store, intake: Intake, tmp_path: Path
) -> None:
    for _ in range(20):
        send(store)
    with intake.database.reading() as connection:
        kept = connection.execute(select(submission)).all()
        drafts = connection.execute(select(draft.c.state, draft.c.key_by_token)).all()
    sealed = [part for row in kept for part in (row.sealed_key, row.headline, row.contents)]
    sealed += [part for row in drafts for part in row]

    before = bytes_of(tmp_path / "data")
    for row in kept:
        intake.delete(row.id, COMMAND, "asked")
    after = bytes_of(tmp_path / "data")

    assert all(part in before for row in kept for part in (row.sealed_key,))
    assert [] == [part for part in sealed if part[1:33] in after or part[-32:] in after]


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("screener.db*"))


def member(intake: Intake) -> str:
    token = intake.staff.accounts.add("Sam Lee", "sam@example.org", "lead", COMMAND)
    assert token
    (account,) = intake.staff.accounts.listed()
    return account.id


def test_a_list_that_was_printed_goes_with_a_deleted_record(store: Store, intake: Intake) -> None:
    send(store)
    (record,) = all_of(intake)
    sam = member(intake)
    job = intake.print_jobs.begin(sam, [record], "patient", "a4", "pdf")
    intake.print_jobs.finish(job, Made(b"what the record says", 1, ()))

    intake.delete(record, COMMAND, "asked")

    assert intake.print_jobs.find(job.id, sam) is None


def test_a_list_that_was_printed_is_forgotten_in_time(intake: Intake, clock: Clock) -> None:
    sam = member(intake)
    job = intake.print_jobs.begin(sam, ["a form"], "patient", "a4", "pdf")

    clock.turn(seconds=LASTS - 1)
    early = intake.print_jobs.forget()
    clock.turn(seconds=1)

    assert (0, 1) == (early, intake.print_jobs.forget())
    assert intake.print_jobs.find(job.id, sam) is None


def test_a_record_that_is_not_there_leaves_no_line_in_the_trail(intake: Intake) -> None:
    assert not intake.delete("nothing", COMMAND, "asked")

    assert [] == trail(intake)


def test_another_record_stays_whole(store: Store, intake: Intake) -> None:
    send(store)
    send(store)
    one, other = all_of(intake)

    intake.delete(one, COMMAND, "mistake")

    with intake.database.reading() as connection:
        left = intake.submissions.find(connection, other)
    assert left is not None
    assert PARCEL.contents == left.contents


def test_the_purge_deletes_what_is_older_than_the_clinic_keeps_it(
    store: Store, intake: Intake, clock: Clock
) -> None:
    send(store)
    clock.turn(days=100)
    send(store)
    old, young = all_of(intake)
    clock.turn(days=80)

    early = intake.purge(now(clock))
    clock.turn(seconds=1)
    late = intake.purge(now(clock))

    assert (0, 1) == (early, late)
    assert [young] == all_of(intake)
    assert [("system", "record_deleted", old, "retention")] == trail(intake)


def test_the_purge_goes_on_until_nothing_old_is_left(
    store: Store, intake: Intake, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        send(store)
    clock.turn(days=181)
    monkeypatch.setattr("screener.store.intake.AT_ONCE", 3)

    gone = intake.purge(now(clock))

    assert (7, []) == (gone, all_of(intake))
    assert 7 == len(trail(intake))
    with intake.database.reading() as connection:
        assert intake.audit.first_broken(connection) is None


def test_two_purges_at_once_delete_each_record_once(
    store: Store, intake: Intake, clock: Clock
) -> None:
    for _ in range(5):
        send(store)
    clock.turn(days=181)

    with ThreadPoolExecutor(2) as pool:
        gone = sum(pool.map(intake.purge, [now(clock)] * 2))

    assert 5 == gone == len(trail(intake))


def test_a_notice_that_was_delivered_goes_after_a_month(intake: Intake, clock: Clock) -> None:
    row = {"kind": "email", "due_at": 0, "made_at": intake.now()}
    with intake.database.writing() as connection:
        connection.execute(insert(notice).values(row | {"id": "delivered", "state": "sent"}))
        connection.execute(insert(notice).values(row | {"id": "given up", "state": "failed"}))

    clock.turn(days=NOTICE_DAYS)
    intake.purge(now(clock))
    kept = rows(intake)["notice"]
    clock.turn(seconds=1)
    intake.purge(now(clock))

    assert (2, 1) == (kept, rows(intake)["notice"])


def test_an_invitation_that_nobody_took_up_goes_when_its_time_is_over(
    intake: Intake, clock: Clock
) -> None:
    intake.staff.accounts.add("Sam Lee", "sam@example.org", "lead", COMMAND)

    clock.turn(hours=23)
    intake.purge(now(clock))
    young = invitations(intake)
    clock.turn(hours=2)
    intake.purge(now(clock))

    assert (1, 0) == (young, invitations(intake))


def invitations(intake: Intake) -> int:
    with intake.database.reading() as connection:
        return len(connection.execute(select(invitation.c.ends_at)).all())


def test_a_record_is_found_by_its_reference(store: Store, intake: Intake) -> None:
    opened = store.drafts.begin()
    store.drafts.send(opened.token, PARCEL)
    send(store)
    mine = opened.draft.reference
    with intake.database.reading() as connection:
        statement = select(submission.c.id).where(submission.c.draft_id == opened.draft.id)
        record = connection.execute(statement).scalar_one()

    with intake.database.reading() as connection:
        assert [(record, intake.now())] == found(connection, mine)
        assert [] == found(connection, "XXXX-XXXX")
