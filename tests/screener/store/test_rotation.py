"""Turning to a new clinic key: everything can be read at every moment, and the old key goes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from screener.store import (
    Intake,
    SendingClosed,
    Store,
    StoreUnavailable,
    key_state,
    rotation,
    sending,
)
from screener.store.audit import COMMAND
from screener.store.models import clinic_key, submission
from screener.store.rotation import KeyInUse
from tests.screener.store.test_retention import send, trail
from tests.screener.store.test_submissions import PARCEL


def versions(intake: Intake) -> list[int]:
    """The key of each record, every one opened on the way."""
    with intake.database.reading() as connection:
        rows = connection.execute(select(submission).order_by(submission.c.arrived_at)).all()
    assert all(PARCEL.contents == intake.submissions.opened(row).contents for row in rows)
    return sorted(row.key_version for row in rows)


def test_every_record_turns_to_the_new_key_and_stays_what_it_is(
    store: Store, intake: Intake
) -> None:
    for _ in range(5):
        send(store)

    version = rotation.turn(intake, COMMAND)
    before = versions(intake)
    turned = rotation.reseal_all(intake)

    assert 2 == version
    assert ([1] * 5, 5, [2] * 5) == (before, turned, versions(intake))
    assert 0 == rotation.left(intake)
    assert ("command", "key_made", "2", "") in trail(intake)


def test_patients_seal_with_the_new_key_at_once(store: Store, intake: Intake) -> None:
    send(store)
    rotation.turn(intake, COMMAND)

    send(store)

    assert [1, 2] == versions(intake)


def test_what_was_sealed_with_the_old_key_meanwhile_is_read_and_turned(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A patient's process may have looked for the key just before it was retired."""
    with intake.database.reading() as connection:
        old = sending.current(connection)
    rotation.turn(intake, COMMAND)
    rotation.reseal_all(intake)
    with monkeypatch.context() as before:
        before.setattr(sending, "current", lambda _: old)
        send(store)

    late = versions(intake)
    turned = rotation.reseal_all(intake)

    assert ([1], 1, [2]) == (late, turned, versions(intake))


def five_to_turn(store: Store, intake: Intake) -> None:
    for _ in range(5):
        send(store)
    rotation.turn(intake, COMMAND)


def test_a_rotation_that_was_stopped_goes_on(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    five_to_turn(store, intake)
    with monkeypatch.context() as small:
        small.setattr(rotation, "AT_ONCE", 2)
        stop_after(1, intake, small)
        with pytest.raises(StoreUnavailable):
            rotation.reseal_all(intake)

    assert 3 == rotation.left(intake)
    assert 3 == rotation.reseal_all(intake)
    assert [2] * 5 == versions(intake)


def test_on_sqlite_others_find_the_writer_free_after_each_step(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    five_to_turn(store, intake)
    monkeypatch.setattr(rotation, "AT_ONCE", 2)
    paused: list[float] = []
    monkeypatch.setattr(rotation, "time", SimpleNamespace(sleep=paused.append))

    rotation.reseal_all(intake)

    steps = 3 if intake.database.WRITERS == 1 else 0
    assert [rotation.PAUSE] * steps == paused


def stop_after(writes: int, intake: Intake, patch: pytest.MonkeyPatch) -> None:
    """Let so many transactions write, and no more."""
    whole, begun = intake.database.writing, count(1)

    @contextmanager
    def writing() -> Iterator[Connection]:
        if next(begun) > writes:
            raise StoreUnavailable("full")
        with whole() as connection:
            yield connection

    patch.setattr(intake.database, "writing", writing)


def test_what_another_has_turned_or_deleted_meanwhile_is_left_as_it_is(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        send(store)
    rotation.turn(intake, COMMAND)
    keep = rotation._keep

    def late(kept: Intake, changes: list[dict[str, Any]]) -> int:
        monkeypatch.undo()
        with kept.database.writing() as connection:
            connection.execute(delete(submission).where(submission.c.id == changes[0]["of"]))
        assert 2 == rotation.reseal_all(kept)
        return keep(kept, changes)

    monkeypatch.setattr(rotation, "_keep", late)

    assert 0 == rotation.reseal_all(intake)
    assert [2, 2] == versions(intake)


def test_two_that_turn_at_once_turn_each_record_once(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(12):
        send(store)
    monkeypatch.setattr(rotation, "AT_ONCE", 3)
    rotation.turn(intake, COMMAND)

    with ThreadPoolExecutor(2) as pool:
        turned = sum(pool.map(rotation.reseal_all, [intake] * 2))

    assert (12, [2] * 12) == (turned, versions(intake))


def test_a_record_that_does_not_open_is_left_as_it_is_and_named(
    store: Store, intake: Intake
) -> None:
    send(store)
    send(store)
    with intake.database.writing() as connection:
        spoilt = connection.execute(select(submission.c.id).limit(1)).scalar_one()
        this = submission.c.id == spoilt
        connection.execute(update(submission).where(this).values(sealed_key=b"\1" + b"x" * 80))

    rotation.turn(intake, COMMAND)

    assert 1 == rotation.reseal_all(intake)
    assert 1 == rotation.left(intake)
    assert [spoilt] == key_state.broken(intake)[0]


def test_the_list_says_what_is_in_use_and_what_each_opens(store: Store, intake: Intake) -> None:
    send(store)
    rotation.turn(intake, COMMAND)

    two, one = key_state.listed(intake)

    assert (2, None, 0, "") == (two.version, two.retired_at, two.records, two.fault)
    assert (1, intake.now(), 1, "") == (one.version, one.retired_at, one.records, one.fault)


def test_a_key_that_is_not_here_or_another_one_is_said(intake: Intake) -> None:
    rotation.turn(intake, COMMAND)
    intake.clinic_keys.file(2).write_bytes(intake.clinic_keys.file(1).read_bytes())
    intake.clinic_keys.file(1).unlink()
    afresh = type(intake.clinic_keys)(intake.clinic_keys.file(1).parent)
    intake.clinic_keys = afresh

    two, one = key_state.listed(intake)

    assert "another clinic" in two.fault
    assert "is missing" in one.fault


def test_a_prepared_key_is_the_one_that_is_turned_to(intake: Intake) -> None:
    version = rotation.prepare(intake)
    prepared = intake.clinic_keys.file(version).read_bytes()
    unused = [key.version for key in key_state.listed(intake)]

    assert ([1], 2) == (unused, version)
    assert version == rotation.prepare(intake) == rotation.turn(intake, COMMAND)
    assert prepared == intake.clinic_keys.file(version).read_bytes()


def test_only_a_key_that_opens_nothing_can_be_destroyed(store: Store, intake: Intake) -> None:
    send(store)
    with pytest.raises(KeyInUse, match="is in use"):
        rotation.destroy(intake, 1, COMMAND)
    rotation.turn(intake, COMMAND)
    with pytest.raises(KeyInUse, match="opens 1 form"):
        rotation.destroy(intake, 1, COMMAND)
    with pytest.raises(KeyInUse, match="there is no key 7"):
        rotation.destroy(intake, 7, COMMAND)
    rotation.reseal_all(intake)

    rotation.destroy(intake, 1, COMMAND)

    assert [2] == [key.version for key in key_state.listed(intake)]
    assert not intake.clinic_keys.file(1).exists()
    assert [2] == versions(intake)
    assert ("command", "key_destroyed", "1", "") in trail(intake)


def test_the_bytes_of_a_destroyed_key_are_written_over(intake: Intake, tmp_path: Path) -> None:
    rotation.turn(intake, COMMAND)
    file, kept = intake.clinic_keys.file(1), tmp_path / "the same bytes"
    kept.hardlink_to(file)
    secret = file.read_bytes()

    rotation.destroy(intake, 1, COMMAND)

    assert bytes(len(secret)) == kept.read_bytes()


def test_nothing_is_sealed_with_a_key_that_was_destroyed(
    store: Store, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with intake.database.reading() as connection:
        old = sending.current(connection)
    rotation.turn(intake, COMMAND)
    rotation.destroy(intake, 1, COMMAND)

    monkeypatch.setattr(sending, "current", lambda _: old)
    with pytest.raises(SendingClosed):
        send(store)
    # On a host of the patients' side alone, which cannot tell, the database says no.
    with (
        pytest.raises(Exception, match=r"(?i)foreign key"),
        intake.database.writing() as connection,
    ):
        sending.insert_parcel(connection, "0" * 32, "K7QM-4XRT", PARCEL, 1)

    with intake.database.reading() as connection:
        assert connection.execute(select(submission)).first() is None


def test_a_copy_from_before_the_rotation_opens_no_more(store: Store, intake: Intake) -> None:
    send(store)
    with intake.database.reading() as connection:
        stolen = connection.execute(select(submission)).one()
    rotation.turn(intake, COMMAND)
    rotation.reseal_all(intake)
    rotation.destroy(intake, 1, COMMAND)

    with pytest.raises(StoreUnavailable, match="is missing"):
        intake.submissions.opened(stolen)


def test_a_clinic_without_a_key_turns_to_its_first(intake: Intake) -> None:
    with intake.database.writing() as connection:
        connection.execute(clinic_key.delete())
    with pytest.raises(StoreUnavailable, match="no key yet"):
        rotation.reseal_all(intake)

    assert 1 == rotation.turn(intake, COMMAND)
    assert 0 == rotation.reseal_all(intake)
