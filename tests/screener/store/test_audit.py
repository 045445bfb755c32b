"""The trail shows whoever changes it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update

from screener.store import Intake
from screener.store.audit import Audit
from screener.store.models import audit, audit_head
from screener.store.staff_keys import StaffKeys

LINES = 12


@pytest.fixture
def trail(intake: Intake) -> Intake:
    with intake.database.writing() as connection:
        for number in range(LINES):
            intake.audit.add(connection, 1000 + number, "sam", "record_seen", f"form{number}", "x")
    return intake


def first_broken(intake: Intake) -> int | None:
    with intake.database.reading() as connection:
        return intake.audit.first_broken(connection)


def test_a_trail_that_nobody_touched_is_whole(trail: Intake) -> None:
    assert first_broken(trail) is None


def test_an_empty_trail_is_whole(intake: Intake) -> None:
    assert first_broken(intake) is None


def test_a_line_is_kept_with_what_it_tells_or_neither_is(intake: Intake) -> None:
    with pytest.raises(ZeroDivisionError), intake.acting("sam", "record_seen", "form"):
        raise ZeroDivisionError

    with intake.database.reading() as connection:
        assert 0 == intake.audit.head(connection).seq


def _edit(column: str, value: object) -> Callable[[Connection, int], None]:
    def edit(connection: Connection, seq: int) -> None:
        connection.execute(update(audit).where(audit.c.seq == seq).values({column: value}))

    return edit


def _remove(connection: Connection, seq: int) -> None:
    connection.execute(delete(audit).where(audit.c.seq == seq))


def _swap(connection: Connection, seq: int) -> None:
    other = seq - 1 if seq > 1 else seq + 1
    lines = {
        number: connection.execute(select(audit).where(audit.c.seq == number)).one()._mapping
        for number in (seq, other)
    }
    for here, there in ((seq, other), (other, seq)):
        moved = {name: value for name, value in lines[there].items() if name != "seq"}
        connection.execute(update(audit).where(audit.c.seq == here).values(moved))


def _insert(connection: Connection, seq: int) -> None:
    line = dict(connection.execute(select(audit).where(audit.c.seq == seq)).one()._mapping)
    connection.execute(insert(audit).values(line | {"seq": LINES + 1}))


TAMPERING = {
    "time": _edit("at", 5),
    "actor": _edit("actor", "alex"),
    "action": _edit("action", "nothing"),
    "object": _edit("object", "other"),
    "detail": _edit("detail", "y"),
    "code": _edit("mac", b"0" * 32),
    "removed": _remove,
    "swapped": _swap,
    "inserted": _insert,
}


@pytest.mark.parametrize("how", TAMPERING)
@given(seq=st.integers(1, LINES))
@settings(max_examples=LINES)
def test_every_change_of_a_line_is_found(trail: Intake, how: str, seq: int) -> None:
    with trail.database.writing() as connection:
        untouched = connection.begin_nested()
        TAMPERING[how](connection, seq)
        found = trail.audit.first_broken(connection)
        untouched.rollback()

    assert found is not None
    assert found <= LINES + 1


def test_a_line_that_was_true_once_is_found_in_another_trail(trail: Intake) -> None:
    """Each line is signed with the one before it, so that one of another history fits nowhere."""
    with trail.database.writing() as connection:
        once, before = (
            connection.execute(select(audit).where(audit.c.seq == seq)).one()
            for seq in (LINES, LINES - 1)
        )
        _remove(connection, LINES)
        connection.execute(update(audit_head).values(seq=before.seq, mac=before.mac))
        for number in range(2):
            trail.audit.add(connection, 2000 + number, "alex", "record_seen", "form", "y")
        this = audit.c.seq == LINES
        connection.execute(update(audit).where(this).values(dict(once._mapping)))

    assert LINES + 1 == first_broken(trail)


def test_whoever_has_not_the_key_cannot_write_the_trail_anew(trail: Intake) -> None:
    forger = Audit(StaffKeys(bytes(range(32))))
    with trail.database.writing() as connection:
        connection.execute(delete(audit))
        connection.execute(update(audit_head).values(seq=0, mac=b""))
        forger.add(connection, 1000, "sam", "nothing")

    assert 1 == first_broken(trail)


def test_a_head_that_was_written_down_must_be_the_very_line(trail: Intake) -> None:
    with trail.database.reading() as connection:
        head = trail.audit.head(connection)

        assert trail.audit.holds(connection, head)
        assert not trail.audit.holds(connection, replace(head, mac="0" * len(head.mac)))
        assert not trail.audit.holds(connection, replace(head, seq=head.seq + 1))


def test_an_end_that_was_cut_off_shows_against_a_head_kept_elsewhere(trail: Intake) -> None:
    with trail.database.writing() as connection:
        kept_elsewhere = trail.audit.head(connection)
        last = connection.execute(select(audit).where(audit.c.seq == LINES - 1)).one()
        _remove(connection, LINES)
        connection.execute(update(audit_head).values(seq=last.seq, mac=last.mac))

    with trail.database.reading() as connection:
        assert trail.audit.first_broken(connection) is None
        assert trail.audit.head(connection) != kept_elsewhere
