"""A draft is sent once, whatever happens at the same moment, and as the patient saw it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from screener.store import DraftChanged, DraftGone, DraftSent, Intake, Parcel, Store
from screener.store.models import submission

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
