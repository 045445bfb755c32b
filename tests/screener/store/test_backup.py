"""A backup holds everything of one moment, and comes back whole on either database."""

from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, insert, select

from screener.store import Intake, Store, restore
from screener.store.audit import COMMAND
from screener.store.models import (
    invitation,
    print_job,
    review,
    staff,
    staff_session,
    submission,
    throttle,
)
from tests.screener.store.backups import KEY, Target, bring_back, everything, filled, taken
from tests.screener.store.test_submissions import PARCEL


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_everything_comes_back_in_a_fresh_instance_of_either_kind(
    store: Store, intake: Intake, tmp_path: Path, target: Target, to: str
) -> None:
    token = filled(store, intake)
    before = everything(intake)
    settings = target(to)

    bring_back(taken(intake, tmp_path / "data" / "keys"), settings)

    afresh = Store.open(settings, clock=store.drafts._clock)
    again = Intake.open(settings, database=afresh.database, clock=store.drafts._clock)
    draft = afresh.drafts.open(token)
    assert before == everything(again)
    assert draft is not None
    assert "Zoë \x00 \ud800" == draft.state["answers"]["wants"]
    with again.database.reading() as connection:
        record = connection.execute(select(submission)).one()
        assert PARCEL.contents == again.submissions.opened(record).contents
        assert again.audit.first_broken(connection) is None
    afresh.close()


def test_new_rows_are_numbered_after_those_that_came_back(
    store: Store, intake: Intake, tmp_path: Path, target: Target, kind: str
) -> None:
    filled(store, intake)
    settings = target(kind)
    bring_back(taken(intake, tmp_path / "data" / "keys"), settings)
    again = Intake.open(settings)

    with again.database.writing() as connection:
        record = connection.execute(select(submission.c.id)).scalar_one()
        note = {"submission_id": record, "at": 1, "kind": "note", "sealed": b"s"}
        connection.execute(insert(review).values(note))
        numbers = connection.execute(select(review.c.id).order_by(review.c.id)).scalars().all()
    again.close()

    assert 3 == len(set(numbers))
    assert max(numbers) == numbers[-1] == numbers[-2] + 1


def test_who_was_invited_or_held_back_does_not_come_to_life_again(
    store: Store, intake: Intake, tmp_path: Path, target: Target
) -> None:
    filled(store, intake)
    settings = target("sqlite")

    bring_back(taken(intake, tmp_path / "data" / "keys"), settings)

    again = Intake.open(settings)
    with again.database.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (staff, staff_session, invitation, print_job, throttle)
        ]
    again.close()
    assert [1, 0, 0, 0, 0] == counts


def test_it_is_of_one_moment_though_others_write(
    intake: Intake, target: Target, tmp_path: Path
) -> None:
    """Each new account comes with a line of the trail, in one transaction or not at all."""
    over, begun = Event(), Event()

    def go_on_sending() -> None:
        while not over.is_set():
            with intake.acting(COMMAND, "form_sent") as connection:
                row = {"name": "Sam", "role": "lead", "made_at": 1}
                number = connection.execute(select(func.count()).select_from(staff)).scalar_one()
                named = row | {"id": f"{number:032}", "email": f"{number}@example.org"}
                connection.execute(insert(staff).values(named))
            begun.set()

    writer = Thread(target=go_on_sending)
    writer.start()
    begun.wait(60)
    try:
        backups = [taken(intake, tmp_path / "data" / "keys") for _ in range(3)]
    finally:
        over.set()
    writer.join()

    for stream in backups:
        counts = restore.look(stream, KEY).counts
        assert counts["audit"] == counts["staff"] > 0
    settings = target("sqlite")
    backups[-1].seek(0)
    bring_back(backups[-1], settings)
    again = Intake.open(settings)
    with again.database.reading() as connection:
        assert again.audit.first_broken(connection) is None
    again.close()


def test_it_says_where_the_trail_ends(store: Store, intake: Intake) -> None:
    filled(store, intake)
    with intake.database.reading() as connection:
        head = str(intake.audit.head(connection))

    assert head == restore.look(taken(intake), KEY).trail


def test_the_keys_are_in_it_only_when_asked_for(intake: Intake, tmp_path: Path) -> None:
    keys = tmp_path / "data" / "keys"

    assert {} == restore.look(taken(intake), KEY).keys
    assert {"root.key", "staff.key", "clinic-1.key"} == set(
        restore.look(taken(intake, keys), KEY).keys
    )
