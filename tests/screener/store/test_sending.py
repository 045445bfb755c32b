"""A draft is sent once, whatever happens at the same moment, and as the patient saw it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete, func, insert, select

from screener.store import (
    DraftChanged,
    DraftGone,
    DraftSent,
    Intake,
    Parcel,
    SendingClosed,
    Store,
)
from screener.store.models import clinic_key, submission
from tests.screener.store.conftest import SettingsOf

PARCEL = Parcel(rank=2, content_version="1.0", headline={"name": "Jo"}, contents={"a": "yes"})
AT_ONCE = 8

State = dict[str, Any]


def arrived(store: Store) -> int:
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(submission)).scalar_one()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Let all begin in the same moment; return what each returned or raised."""
    ready = Barrier(len(acts))

    def act(one: Callable[[], object]) -> object:
        ready.wait()
        try:
            return one()
        except (DraftChanged, DraftSent) as refused:
            return type(refused)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


@pytest.mark.usefixtures("intake")
def test_a_draft_that_is_sent_many_times_at_once_arrives_once(store: Store) -> None:
    token = store.drafts.begin().token

    def send() -> object:
        return store.drafts.send(token, PARCEL).state["sent"]

    sent = at_once(*[send] * AT_ONCE)

    assert 1 == arrived(store)
    assert 1 == len(set(sent))


@pytest.mark.usefixtures("intake")
def test_two_processes_that_send_the_same_draft_make_one_submission(
    store: Store, open_store: Callable[..., Store]
) -> None:
    token, other = store.drafts.begin().token, open_store()

    at_once(
        lambda: store.drafts.send(token, PARCEL),
        lambda: other.drafts.send(token, PARCEL),
    )

    assert 1 == arrived(store)


@pytest.mark.usefixtures("intake")
def test_an_answer_changed_at_the_same_moment_is_in_what_was_sent_or_refused(store: Store) -> None:
    opened = store.drafts.begin()

    def change(state: State) -> State:
        return state | {"answers": {"bp_dx": "yes"}}

    sent, changed = at_once(
        lambda: store.drafts.send(opened.token, PARCEL, made_from=opened.draft.version),
        lambda: store.drafts.save(opened.token, change),
    )

    # One of the two came first, and the other was told.
    assert (sent is DraftChanged) is not (changed is DraftSent)
    assert arrived(store) == (0 if sent is DraftChanged else 1)


@pytest.mark.usefixtures("intake")
def test_what_was_made_from_an_older_draft_is_not_sent(store: Store) -> None:
    opened = store.drafts.begin()
    store.drafts.save(opened.token, lambda state: state | {"answers": {"bp_dx": "yes"}})

    with pytest.raises(DraftChanged):
        store.drafts.send(opened.token, PARCEL, made_from=opened.draft.version)

    assert 0 == arrived(store)
    kept = store.drafts.open(opened.token)
    assert kept is not None
    assert "sent" not in kept.state


@pytest.mark.usefixtures("intake")
def test_sending_again_after_a_lost_reply_is_not_refused_as_a_change(store: Store) -> None:
    opened = store.drafts.begin()
    store.drafts.send(opened.token, PARCEL, made_from=opened.draft.version)

    again = store.drafts.send(opened.token, PARCEL, made_from=opened.draft.version)

    assert again.state["sent"]
    assert 1 == arrived(store)


@pytest.mark.usefixtures("intake")
def test_the_draft_keeps_what_was_sent_for_the_patient_alone(store: Store) -> None:
    opened = store.drafts.begin()

    store.drafts.send(opened.token, PARCEL, keep={"summary": {"format": 1}})
    store.drafts.send(opened.token, PARCEL, keep={"summary": {"format": 2}})

    kept = store.drafts.open(opened.token)
    assert kept is not None
    assert {"format": 1} == kept.state["summary"]


def test_deleting_a_sent_draft_leaves_the_clinic_its_copy(store: Store, intake: Intake) -> None:
    token = store.drafts.begin().token
    store.drafts.send(token, PARCEL)

    store.drafts.delete(token)

    assert store.drafts.open(token) is None
    with intake.database.reading() as connection:
        (row,) = connection.execute(select(submission)).all()
        assert PARCEL.contents == intake.submissions.opened(row).contents


@pytest.mark.usefixtures("intake")
def test_a_draft_that_is_gone_is_not_sent(store: Store) -> None:
    token = store.drafts.begin().token
    store.drafts.delete(token)

    with pytest.raises(DraftGone):
        store.drafts.send(token, PARCEL)

    assert 0 == arrived(store)


def test_forms_are_taken_as_soon_as_somebody_could_read_them(
    store: Store, request: pytest.FixtureRequest
) -> None:
    before = store.takes_forms()

    request.getfixturevalue("intake")

    assert (False, True) == (before, store.takes_forms())


def theirs() -> bytes:
    """The public half of somebody else's key."""
    return X25519PrivateKey.generate().public_key().public_bytes_raw()


@pytest.mark.parametrize("version", [1, 2])
def test_a_key_that_somebody_put_into_the_database_gets_nothing(
    store: Store, intake: Intake, version: int, caplog: pytest.LogCaptureFixture
) -> None:
    token = store.drafts.begin().token
    row = {"version": version, "public": theirs(), "made_at": 1}
    with intake.database.writing() as connection:
        connection.execute(delete(clinic_key).where(clinic_key.c.version == version))
        connection.execute(insert(clinic_key).values(row))

    with pytest.raises(SendingClosed):
        store.drafts.send(token, PARCEL)

    assert 0 == arrived(store)
    assert not store.takes_forms()
    assert {"clinic_key_foreign"} == {record.message for record in caplog.records}


@pytest.mark.usefixtures("intake")
def test_where_no_private_half_is_the_database_is_believed(
    store: Store, settings_of: SettingsOf, tmp_path: Path
) -> None:
    settings_of(tmp_path / "data").keys.joinpath("clinic-1.key").unlink()

    store.drafts.send(store.drafts.begin().token, PARCEL)

    assert 1 == arrived(store)
