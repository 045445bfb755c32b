"""A draft that was opened is saved without being read again, and still nothing is overwritten."""

from typing import Any

import pytest

from screener.store import DraftGone, DraftSent, Opened, Store
from tests.screener.store.test_drafts import answer
from tests.screener.store.test_sending import PARCEL


@pytest.fixture
def opened(store: Store) -> Opened:
    return store.drafts.begin()


def test_the_latest_draft_is_saved_without_a_transaction_around_it(
    store: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.database, "writing", None)
    monkeypatch.setattr(store.database, "reading", None)

    saved = store.drafts.save(opened.token, answer(age_years=44), seen=opened.draft)
    read = store.drafts.open(opened.token)

    assert saved == read
    assert (1, {"age_years": 44}) == (saved.version, saved.state["answers"])


def test_what_another_tab_has_saved_meanwhile_stays(store: Store, opened: Opened) -> None:
    store.drafts.save(opened.token, answer(weight_kg=71))

    saved = store.drafts.save(opened.token, answer(age_years=44), seen=opened.draft)

    assert (2, {"weight_kg": 71, "age_years": 44}) == (saved.version, saved.state["answers"])


def test_what_a_page_did_to_its_own_copy_is_not_saved(store: Store, opened: Opened) -> None:
    opened.draft.state["answers"]["age_years"] = 17

    saved = store.drafts.save(opened.token, answer(weight_kg=71), seen=opened.draft)

    assert {"weight_kg": 71} == saved.state["answers"]


def test_a_code_that_was_given_meanwhile_keeps_the_draft_for_its_time(
    store: Store, opened: Opened, clock: Any
) -> None:
    store.drafts.give_code(opened.token)

    saved = store.drafts.save(opened.token, answer(), seen=opened.draft)
    clock.turn(days=29)

    assert saved.has_code
    assert store.drafts.open(opened.token) is not None


def test_a_token_that_was_replaced_meanwhile_saves_nothing(store: Store, opened: Opened) -> None:
    code = store.drafts.give_code(opened.token)
    elsewhere = store.drafts.resume(code, "192.0.2.1")
    assert elsewhere

    with pytest.raises(DraftGone):
        store.drafts.save(opened.token, answer(age_years=44), seen=opened.draft)

    assert {} == elsewhere.draft.state["answers"]


@pytest.mark.usefixtures("intake")
def test_a_draft_that_was_sent_meanwhile_is_not_changed(store: Store, opened: Opened) -> None:
    store.drafts.send(opened.token, PARCEL)

    with pytest.raises(DraftSent):
        store.drafts.save(opened.token, answer(age_years=44), seen=opened.draft)


def test_a_draft_that_expired_meanwhile_is_gone(store: Store, opened: Opened, clock: Any) -> None:
    clock.turn(days=2)

    with pytest.raises(DraftGone):
        store.drafts.save(opened.token, answer(age_years=44), seen=opened.draft)


def test_a_draft_that_is_kept_for_longer_says_so(store: Store, opened: Opened, clock: Any) -> None:
    clock.turn(hours=20)

    saved = store.drafts.save(opened.token, answer(), seen=opened.draft)
    clock.turn(hours=20)

    assert saved == store.drafts.open(opened.token)
    assert saved.expires_at > opened.draft.expires_at
