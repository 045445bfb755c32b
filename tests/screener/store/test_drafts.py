from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import Any

import pytest

from screener.store import DraftGone, Store, new_state
from screener.store.drafts import Drafts

State = dict[str, Any]


def answer(**answers: object) -> Callable[[State], State]:
    return lambda state: {**state, "answers": {**state["answers"], **answers}}


def test_a_new_draft_is_empty_and_opens_with_its_token(store: Store) -> None:
    opened = store.drafts.begin()

    draft = store.drafts.open(opened.token)

    assert opened.draft == draft
    assert draft is not None
    assert new_state() == draft.state
    assert (0, False) == (draft.version, draft.has_code)


def test_what_is_saved_is_there_after_a_restart(open_store: Callable[..., Store]) -> None:
    first = open_store()
    token = first.drafts.begin().token
    first.drafts.save(token, answer(age_years=44, wants="sleep\0\ud800é"))
    first.close()

    draft = open_store().drafts.open(token)

    assert draft is not None
    assert {"age_years": 44, "wants": "sleep\0\ud800é"} == draft.state["answers"]


def test_a_reference_stays_the_same_and_fits_on_paper(store: Store) -> None:
    opened = store.drafts.begin()

    saved = store.drafts.save(opened.token, answer(age_years=44))

    assert opened.draft.reference == saved.reference
    assert [4, 4] == [len(group) for group in saved.reference.split("-")]


@pytest.mark.parametrize("token", ["", "x", "\ud800", "é" * 5000])
def test_a_token_that_is_none_opens_nothing(store: Store, token: str) -> None:
    store.drafts.begin()

    with pytest.raises(DraftGone):
        store.drafts.save(token, answer())
    assert store.drafts.open(token) is None


@pytest.mark.parametrize("servers", [1, 2])
def test_two_tabs_that_save_different_pages_at_once_lose_nothing(
    open_store: Callable[..., Store], servers: int
) -> None:
    """With two servers on one file, only the database itself can keep the two apart."""
    stores = [open_store() for _ in range(servers)]
    store = stores[0]
    token = store.drafts.begin().token
    rounds, start = 100, Barrier(2, timeout=60)

    def save_all(page: str, drafts: Drafts) -> None:
        for number in range(rounds):
            start.wait()
            drafts.save(token, answer(**{f"{page}_{number}": number}))

    pages = zip(("left", "right"), (stores[0], stores[-1]), strict=True)
    tabs = [Thread(target=save_all, args=(page, store.drafts)) for page, store in pages]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    draft = store.drafts.open(token)
    assert draft is not None
    lost = {f"{page}_{n}" for page in ("left", "right") for n in range(rounds)} - set(
        draft.state["answers"]
    )
    assert set() == lost
    assert 2 * rounds == draft.version


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    token = store.drafts.begin().token
    store.drafts.save(token, answer(age_years=44))

    def fail(_: State) -> State:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.drafts.save(token, fail)

    draft = store.drafts.open(token)
    assert draft is not None
    assert (1, {"age_years": 44}) == (draft.version, draft.state["answers"])


def test_a_draft_expires_a_day_after_it_was_last_saved(store: Store, clock: Any) -> None:
    token = store.drafts.begin().token
    clock.turn(hours=20)
    expires = store.drafts.save(token, answer()).expires_at

    clock.turn(hours=23.9)
    kept = store.drafts.open(token)
    clock.turn(hours=1.1)

    assert datetime(2026, 11, 24, 7, tzinfo=UTC) == expires
    assert kept is not None
    assert store.drafts.open(token) is None
    with pytest.raises(DraftGone):
        store.drafts.save(token, answer())


def test_a_draft_with_a_code_is_kept_for_thirty_days(store: Store, clock: Any) -> None:
    token = store.drafts.begin().token
    store.drafts.give_code(token)

    clock.turn(days=10)
    store.drafts.save(token, answer())
    clock.turn(days=29)
    kept = store.drafts.open(token)
    clock.turn(days=1.1)

    assert kept is not None
    assert kept.has_code
    assert store.drafts.open(token) is None


def test_a_deleted_draft_is_gone(store: Store) -> None:
    token = store.drafts.begin().token
    code = store.drafts.give_code(token)

    store.drafts.delete(token)

    assert store.drafts.open(token) is None
    assert store.drafts.resume(code, "192.0.2.1") is None
    store.drafts.delete(token)  # a second press of the button is no error


def test_purging_deletes_what_expired_and_keeps_the_rest(store: Store, clock: Any) -> None:
    old = [store.drafts.begin().token for _ in range(3)]
    clock.turn(hours=20)
    new = store.drafts.begin().token
    clock.turn(hours=6)

    purged = store.purge(datetime.fromtimestamp(clock.now, UTC))

    assert len(old) == purged
    assert store.drafts.open(new) is not None
    assert store.purge(datetime.fromtimestamp(clock.now, UTC)) == 0


def test_neither_answers_nor_token_show_when_a_draft_is_printed(store: Store) -> None:
    opened = store.drafts.begin()
    saved = store.drafts.save(opened.token, answer(secret="unspoken"))

    assert "unspoken" not in repr(saved)
    assert opened.token not in repr(opened)


def test_a_draft_is_kept_after_the_year_2038_too(store: Store, clock: Any) -> None:
    clock.turn(days=365.25 * 14)

    draft = store.drafts.begin().draft

    assert 2040 == draft.expires_at.year
