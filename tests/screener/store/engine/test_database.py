"""What both databases must do alike."""

from contextlib import suppress

import pytest
from sqlalchemy import bindparam, insert, select, update

from screener.store import Store, StoreUnavailable
from screener.store.models import audit, draft, throttle


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "fine until \udfff"])
def test_text_that_postgresql_cannot_keep_is_refused_on_both(store: Store, text: str) -> None:
    with (
        pytest.raises(ValueError, match="a NUL or half a character"),
        store.database.writing() as connection,
    ):
        connection.execute(update(audit).values(detail=text))


def test_text_in_any_script_is_taken(store: Store) -> None:
    with store.database.reading() as connection:
        said = connection.execute(select(draft.c.id).where(draft.c.id == "né 😀 \u202e")).all()

    assert [] == said


def test_a_mistake_of_our_own_is_not_taken_for_a_database_that_is_away(store: Store) -> None:
    twice = {"who": b"me", "window": 1, "tries": 1, "ends_at": 1}

    with pytest.raises(Exception, match=r"(?i)unique") as said, store.database.writing() as one:
        one.execute(insert(throttle), [twice, twice])

    assert not isinstance(said.value, StoreUnavailable)


def test_a_mistake_of_our_own_in_a_single_statement_is_none_either(store: Store) -> None:
    store.drafts.begin()

    with pytest.raises(Exception, match=r"(?i)null") as said:
        store.database.change(update(draft).values(version=bindparam("none")), {"none": None})

    assert not isinstance(said.value, StoreUnavailable)


def test_what_is_read_in_one_block_is_of_one_moment(store: Store) -> None:
    with store.database.reading() as reader:
        before = reader.execute(select(draft.c.id)).all()
        store.drafts.begin()
        during = reader.execute(select(draft.c.id)).all()
    with store.database.reading() as reader:
        after = reader.execute(select(draft.c.id)).all()

    assert ([], [], 1) == (before, during, len(after))


def test_a_block_that_fails_leaves_nothing_behind(store: Store) -> None:
    row = {"who": b"me", "window": 1, "tries": 1, "ends_at": 1}

    with suppress(ZeroDivisionError), store.database.writing() as connection:
        connection.execute(insert(throttle).values(row))
        raise ZeroDivisionError

    with store.database.reading() as connection:
        assert [] == connection.execute(select(throttle)).all()
