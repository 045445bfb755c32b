"""What a patient sends reaches the clinic whole, once, and nobody else."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, select, update

from screener.store import DraftSent, Intake, Parcel, SendingClosed, Store
from screener.store.models import submission
from screener.store.parcels import sealed
from screener.store.sealing import Broken
from screener.store.sending import current
from screener.store.submissions import Submission

PARCEL = Parcel(
    rank=0,
    content_version="1.0",
    headline={"name": "Jo Example", "why": ["A point"]},
    contents={"answers": {"a": "yes"}, "contact": {"phone": "555 0134"}},
)


def sent(intake: Intake) -> list[Submission]:
    with intake.database.reading() as connection:
        rows = connection.execute(select(submission)).all()
        return [intake.submissions.opened(row) for row in rows]


def test_what_was_sent_is_what_the_clinic_reads(store: Store, intake: Intake) -> None:
    opened = store.drafts.begin()

    store.drafts.send(opened.token, PARCEL)

    (found,) = sent(intake)
    assert (PARCEL.headline, PARCEL.contents) == (found.headline, found.contents)
    assert opened.draft.reference == found.reference
    assert ("now", "waiting", None) == (found.level, found.status, found.contacted_at)


def test_sending_twice_makes_one_submission(store: Store, intake: Intake) -> None:
    token = store.drafts.begin().token

    first = store.drafts.send(token, PARCEL)
    again = store.drafts.send(token, PARCEL)

    assert 1 == len(sent(intake))
    assert first.state["sent"] == again.state["sent"]


def test_a_sent_draft_is_only_read_since(store: Store, intake: Intake) -> None:
    token = store.drafts.begin().token
    store.drafts.send(token, PARCEL)

    with pytest.raises(DraftSent):
        store.drafts.save(token, lambda state: state)

    assert 1 == len(sent(intake))


def test_nothing_is_sent_before_somebody_can_read_it(open_store: Callable[..., Store]) -> None:
    store = open_store()
    token = store.drafts.begin().token

    with pytest.raises(SendingClosed):
        store.drafts.send(token, PARCEL)

    draft = store.drafts.open(token)
    assert draft is not None
    assert "sent" not in draft.state


def test_a_record_that_was_moved_to_another_row_is_refused(store: Store, intake: Intake) -> None:
    for _ in range(2):
        store.drafts.send(store.drafts.begin().token, PARCEL)
    with intake.database.writing() as connection:
        one, other = connection.execute(select(submission)).all()
        moved = {"sealed_key": one.sealed_key, "contents": one.contents, "headline": one.headline}
        connection.execute(update(submission).where(submission.c.id == other.id).values(moved))

    with intake.database.reading() as connection:
        assert intake.submissions.find(connection, one.id)
        with pytest.raises(Broken):
            intake.submissions.find(connection, other.id)


def test_a_record_whose_parts_changed_places_is_refused(store: Store, intake: Intake) -> None:
    store.drafts.send(store.drafts.begin().token, PARCEL)
    with intake.database.writing() as connection:
        row = connection.execute(select(submission)).one()
        swapped = {"contents": row.headline, "headline": row.contents}
        connection.execute(update(submission).values(swapped))

    with intake.database.reading() as connection, pytest.raises(Broken):
        intake.submissions.find(connection, row.id)


@pytest.mark.parametrize(
    "changed",
    [
        {"reference": "BCDF-GHJK"},
        {"rank": 3, "turn": 3},
        {"arrived_at": 1},
        {"content_version": "0.9"},
    ],
)
def test_what_stands_beside_a_record_cannot_be_changed_unnoticed(
    store: Store, intake: Intake, changed: dict[str, object]
) -> None:
    store.drafts.send(store.drafts.begin().token, PARCEL)
    with intake.database.writing() as connection:
        connection.execute(update(submission).values(changed))

    with pytest.raises(Broken):
        sent(intake)


def test_two_records_whose_references_were_swapped_are_refused(
    store: Store, intake: Intake
) -> None:
    for _ in range(2):
        store.drafts.send(store.drafts.begin().token, PARCEL)
    with intake.database.writing() as connection:
        one, other = connection.execute(select(submission)).all()
        for row, reference in ((one, other.reference), (other, one.reference)):
            this = update(submission).where(submission.c.id == row.id)
            connection.execute(this.values(reference=reference))

    with intake.database.reading() as connection:
        for row in (one, other):
            with pytest.raises(Broken):
                intake.submissions.find(connection, row.id)


def test_a_record_of_an_earlier_version_opens_without_what_stands_beside_it(
    intake: Intake,
) -> None:
    with intake.database.writing() as connection:
        version, public = current(connection) or (0, b"")
        row = {"draft_id": "0" * 32, "reference": "K7QM-4XRT", "arrived_at": 1}
        columns = sealed(PARCEL, public)
        connection.execute(insert(submission).values({**row, **columns, "key_version": version}))

    assert [PARCEL.headline] == [form.headline for form in sent(intake)]


def test_an_opened_submission_says_nothing_of_its_answers_by_accident(
    store: Store, intake: Intake
) -> None:
    store.drafts.send(store.drafts.begin().token, PARCEL)

    (found,) = sent(intake)

    assert "Jo" not in repr(found)
    assert "555 0134" not in repr(found)
    assert found.key.hex() not in repr(found)


def test_a_record_that_is_not_there_is_none(intake: Intake) -> None:
    with intake.database.reading() as connection:
        assert intake.submissions.find(connection, "nothing") is None
