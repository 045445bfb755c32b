"""Reading the trail."""

from datetime import UTC, date, datetime
from typing import Any, Literal

import pytest
from sqlalchemy import delete, insert, update

from screener.store import Intake, Parcel, Store
from screener.store.models import audit, staff
from screener.store.trail import Sought, ids_of, lines, people, references
from tests.screener.store.conftest import Clock

DAY = date(2026, 11, 22)


@pytest.fixture
def trail(intake: Intake, clock: Clock) -> Intake:
    """Three days of work."""
    for _day in range(3):
        for actor, action, about in (
            ("sam", "record_seen", "one"),
            ("alex", "record_seen", "two"),
            ("sam", "record_exported", "one"),
        ):
            with intake.acting(actor, action, about):
                clock.turn(hours=1)
        clock.turn(days=1, hours=-3)
    return intake


def seen(intake: Intake, before: int | None = None, most: int = 50, **sought: Any) -> list[int]:
    with intake.database.reading() as connection:
        return [line.seq for line in lines(connection, Sought(**sought), before, most)]


def test_the_newest_line_comes_first(trail: Intake) -> None:
    assert [9, 8, 7, 6, 5, 4, 3, 2, 1] == seen(trail)


def test_a_page_ends_where_the_next_one_begins(trail: Intake) -> None:
    assert [9, 8, 7, 6] == seen(trail, most=4)
    assert [5, 4, 3, 2] == seen(trail, before=6, most=4)
    assert [1] == seen(trail, before=2, most=4)


def test_lines_are_found_by_person_and_by_action(trail: Intake) -> None:
    assert [8, 5, 2] == seen(trail, actor="alex")
    assert [9, 6, 3] == seen(trail, actor="sam", action="record_exported")
    assert [] == seen(trail, actor="nobody")


def test_lines_are_found_by_day_and_both_ends_count(trail: Intake) -> None:
    first, second = DAY, DAY.replace(day=23)

    assert [3, 2, 1] == seen(trail, last=first)
    assert [6, 5, 4] == seen(trail, first=second, last=second)
    assert [9, 8, 7, 6, 5, 4] == seen(trail, first=second)


def test_a_line_says_who_did_what_to_what_and_when(trail: Intake) -> None:
    with trail.database.reading() as connection:
        line = lines(connection, Sought(), before=2)[0]

    assert ("sam", "record_seen", "one", "") == (line.actor, line.action, line.about, line.detail)
    assert "2026-11-22T11:30:10+00:00" == line.at.isoformat()


@pytest.fixture
def sent(store: Store, intake: Intake) -> tuple[str, str]:
    """A form that was sent and looked at: its id and its reference."""
    draft = store.drafts.send(store.drafts.begin().token, Parcel(2, "1+abc", {}, {}))
    (form,) = ids(intake, draft.reference)
    with intake.acting("sam", "record_seen", form):
        pass
    return form, draft.reference


def ids(intake: Intake, reference: str) -> frozenset[str]:
    with intake.database.reading() as connection:
        return ids_of(connection, intake.keys, reference)


def named(intake: Intake, *forms: str) -> dict[str, str]:
    with intake.database.reading() as connection:
        return references(connection, forms)


def test_lines_are_found_by_the_reference_of_a_form(trail: Intake, sent: tuple[str, str]) -> None:
    assert [10] == seen(trail, about=ids(trail, sent[1]))
    assert [] == seen(trail, about=ids(trail, "BCDF-GHJK"))


@pytest.mark.parametrize("reason", ["asked", "mistake"])
def test_what_was_done_to_a_form_is_still_found_when_it_is_deleted(
    trail: Intake, sent: tuple[str, str], reason: Literal["asked", "mistake"]
) -> None:
    form, reference = sent

    trail.delete(form, "sam", reason)

    assert [11, 10] == seen(trail, about=ids(trail, reference))
    assert {} == named(trail, form, "one")


def test_what_the_clinic_keeps_no_longer_is_found_by_its_reference_too(
    trail: Intake, sent: tuple[str, str], clock: Clock
) -> None:
    clock.turn(days=200)

    trail.purge(datetime.fromtimestamp(clock(), UTC))

    assert {sent[0]} == ids(trail, sent[1])


def test_nobody_can_read_a_deleted_reference_out_of_the_trail(
    trail: Intake, sent: tuple[str, str]
) -> None:
    form, reference = sent

    trail.delete(form, "sam", "asked")

    with trail.database.reading() as connection:
        told = "".join(str(line) for line in lines(connection, Sought()))
    assert reference not in told


def test_forms_are_named_by_their_references(trail: Intake, sent: tuple[str, str]) -> None:
    form, reference = sent

    assert {form: reference} == named(trail, form, "one")


def test_everybody_who_works_here_has_a_name(intake: Intake) -> None:
    rows = [
        {"id": short, "name": name, "email": f"{short}@x.example", "role": "lead", "made_at": 1}
        for short, name in (("b", "Sam Lee"), ("a", "Alex Roe"), ("c", "Zoe Poe"))
    ]
    with intake.database.writing() as connection:
        connection.execute(insert(staff), rows)

    with intake.database.reading() as connection:
        named = people(connection)

    assert [("a", "Alex Roe"), ("b", "Sam Lee"), ("c", "Zoe Poe")] == list(named.items())


def test_the_end_of_the_trail_is_checked_alone(trail: Intake) -> None:
    with trail.database.writing() as connection:
        connection.execute(update(audit).where(audit.c.seq == 4).values(actor="alex"))
        assert None is trail.audit.first_broken(connection, last=3)
        assert 4 == trail.audit.first_broken(connection, last=6)
        assert 4 == trail.audit.first_broken(connection, last=50)
        assert 4 == trail.audit.first_broken(connection)


def test_the_line_before_the_end_that_is_checked_must_be_there(trail: Intake) -> None:
    with trail.database.writing() as connection:
        connection.execute(delete(audit).where(audit.c.seq == 6))
        assert 7 == trail.audit.first_broken(connection, last=3)


def test_many_lines_at_once_are_the_same_chain(trail: Intake) -> None:
    with trail.database.writing() as connection:
        trail.audit.add_for_each(connection, 5, "sam", "record_exported", ["a", "b", "c"], "csv")
        trail.audit.add_for_each(connection, 5, "sam", "record_exported", [], "csv")
        trail.audit.add(connection, 6, "sam", "record_seen", "a")
        assert None is trail.audit.first_broken(connection)
        assert 13 == trail.audit.head(connection).seq
