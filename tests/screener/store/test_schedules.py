"""Two acts on one draft, in each order that the database lets them have: none loses the other's.

Each test holds one act inside its transaction until the other waits for it, or has ended. Which of
the two it is, is for the database to say; what comes of it may not depend on luck.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Lock
from typing import Any

import pytest
from sqlalchemy import func, select

from screener.store import DraftGone, Intake, Parcel, Store, retention, sending
from screener.store.models import submission
from tests.postgres import Databases
from tests.screener.store.conftest import Clock

PARCEL = Parcel(rank=2, content_version="1.0", headline={"name": "Jo"}, contents={"a": "yes"})
LATER = timedelta(days=400)
LOOKS = 6000  # a minute: it waits or ends at once, however slow "at once" is here
Meanwhile = Callable[[Callable[[], object]], "Future[object]"]


class Watched:
    """The lock that SQLite's writers queue for, which tells when somebody does."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.release = self._lock.release
        self.waited_for = Event()

    def acquire(self, timeout: float) -> bool:
        if self._lock.acquire(blocking=False):
            return True
        self.waited_for.set()
        return self._lock.acquire(timeout=timeout)


@pytest.fixture
def waits(
    kind: str, store: Store, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[[], bool]:
    """Say whether somebody waits for another's transaction to end."""
    if kind == "sqlite":
        lock = Watched()
        monkeypatch.setattr(store.database, "_lock", lock)
        return lock.waited_for.is_set
    databases: Databases = request.getfixturevalue("databases")
    asked = "SELECT 1 FROM pg_stat_activity WHERE datname = 'one' AND wait_event_type = 'Lock'"
    return lambda: bool(databases.server.run(asked))


@pytest.fixture
def meanwhile(waits: Callable[[], bool]) -> Iterator[Meanwhile]:
    """Begin an act in another thread, and come back when it waits for this one or has ended."""
    with ThreadPoolExecutor(1) as threads:

        def begin(act: Callable[[], object]) -> "Future[object]":
            running = threads.submit(act)
            for _look in range(LOOKS):
                if wait([running], timeout=0.01).done or waits():
                    return running
            raise AssertionError("it neither waits nor ends")

        yield begin


@contextmanager
def purging(store: Store, clock: Clock) -> Iterator[None]:
    """A purge that has deleted what is over by then, and has not committed yet."""
    with store.database.writing() as connection:
        retention.delete_expired_drafts(connection, int(after(clock).timestamp()))
        yield


def after(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.now, UTC) + LATER


def arrived(store: Store) -> int:
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(submission)).scalar_one()


def answering(meanwhile: Meanwhile | None = None, act: Any = None) -> Any:
    """Change an answer; with ``act``, only once that has begun beside it."""

    def change(state: dict[str, Any]) -> dict[str, Any]:
        if meanwhile:
            running.append(meanwhile(act))
        return state | {"answers": {"bp_dx": "yes"}}

    running: list[Future[object]] = []
    return change, running


@pytest.mark.usefixtures("intake")
def test_a_form_that_is_sent_while_a_purge_deletes_it_is_refused_and_leaves_nothing(
    store: Store, clock: Clock, meanwhile: Meanwhile
) -> None:
    token = store.drafts.begin().token

    with purging(store, clock):
        sent = meanwhile(lambda: store.drafts.send(token, PARCEL))

    with pytest.raises(DraftGone):
        sent.result(60)
    assert 0 == arrived(store)


def test_a_form_that_is_being_sent_when_a_purge_begins_arrives(
    store: Store,
    intake: Intake,
    clock: Clock,
    meanwhile: Meanwhile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    intake.need_clinic_key()
    token, purged = store.drafts.begin().token, list[Future[object]]()
    insert = sending.insert_parcel

    def inserted(*row: Any, **named: Any) -> None:
        purged.append(meanwhile(lambda: store.purge(after(clock))))
        insert(*row, **named)

    monkeypatch.setattr(sending, "insert_parcel", inserted)
    store.drafts.send(token, PARCEL)
    purged[0].result(60)

    assert 1 == arrived(store)


@pytest.mark.usefixtures("intake")
def test_a_form_that_is_sent_while_it_is_being_sent_arrives_once(
    store: Store, meanwhile: Meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, to_hold, again = store.drafts.begin().token, ["the first"], list[Future[object]]()
    insert = sending.insert_parcel

    def send() -> object:
        return store.drafts.send(token, PARCEL).state["sent"]

    def inserted(*row: Any, **named: Any) -> None:
        if to_hold:
            to_hold.clear()
            again.append(meanwhile(send))
        insert(*row, **named)

    monkeypatch.setattr(sending, "insert_parcel", inserted)
    first = send()

    assert first == again[0].result(60)
    assert 1 == arrived(store)


def test_an_answer_that_is_saved_while_a_purge_deletes_its_draft_is_refused(
    store: Store, clock: Clock, meanwhile: Meanwhile
) -> None:
    token, (change, _running) = store.drafts.begin().token, answering()

    with purging(store, clock):
        saved = meanwhile(lambda: store.drafts.save(token, change))

    with pytest.raises(DraftGone):
        saved.result(60)
    assert store.drafts.open(token) is None


def test_an_answer_that_is_being_saved_when_its_draft_would_expire_keeps_the_draft(
    store: Store, clock: Clock, meanwhile: Meanwhile
) -> None:
    """The patient is there: what was acknowledged is still there after the purge."""
    opened = store.drafts.begin()
    over = opened.draft.expires_at
    clock.now = (over - timedelta(seconds=1)).timestamp()
    change, running = answering(meanwhile, lambda: store.purge(over))

    store.drafts.save(opened.token, change)

    assert 0 == running[0].result(60)
    kept = store.drafts.open(opened.token)
    assert kept is not None
    assert {"bp_dx": "yes"} == kept.state["answers"]


def test_an_answer_that_is_saved_while_the_draft_is_deleted_does_not_bring_it_back(
    store: Store, meanwhile: Meanwhile
) -> None:
    token = store.drafts.begin().token
    change, running = answering(meanwhile, lambda: store.drafts.delete(token))

    store.drafts.save(token, change)

    running[0].result(60)
    assert store.drafts.open(token) is None


def test_two_tabs_that_save_the_same_page_keep_the_later_one_whole(
    store: Store, meanwhile: Meanwhile
) -> None:
    token = store.drafts.begin().token
    both = {"bp_dx": "no", "bp_known": "no"}

    def later() -> object:
        return store.drafts.save(token, lambda state: state | {"answers": both})

    change, running = answering(meanwhile, later)

    store.drafts.save(token, change)

    running[0].result(60)
    kept = store.drafts.open(token)
    assert kept is not None
    assert both == kept.state["answers"]
