"""What only a file can do: fill up, go missing, be replaced, be damaged, keep what was deleted."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.read_only import refusing_while
from benchmarks.vfs import NOT_REACHED, can_be_reached, default_vfs
from screener.settings import Settings
from screener.store import Opened, Store, StoreUnavailable
from screener.store.engine.sqlite import journal, newest_sqlite


@pytest.fixture
def kind() -> str:
    return "sqlite"


def test_the_first_start_makes_what_is_missing_for_the_owner_only(tmp_path: Path) -> None:
    # Not `open_store`, which makes the folder and the file in the program's place.
    store = Store.open(Settings.load(None, tmp_path / "not" / "there" / "yet", environment={}))
    store.drafts.begin()

    found = [tmp_path / "not", *(tmp_path / "not").rglob("*")]
    modes = {file.name: stat.filemode(file.stat().st_mode) for file in found}
    store.close()
    files = {"root.key", "screener.db", "screener.db-shm", "screener.db-wal"}
    folders = {"not", "there", "yet", "keys"}
    assert dict.fromkeys(files, "-rw-------") | dict.fromkeys(folders, "drwx------") == modes


def test_writes_wait_for_the_disk(store: Store) -> None:
    with store.database.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }

    full = 2
    assert {
        "journal_mode": "wal",
        "synchronous": full,
        "secure_delete": 1,
        "foreign_keys": 1,
    } == settings


def test_a_full_database_is_said_and_recovers_alone(store: Store) -> None:
    token = store.drafts.begin().token
    pages(store, 1)  # SQLite never takes less than what it has

    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: {**state, "answers": {"wants": "x" * 50_000}})
    kept = store.drafts.open(token)
    pages(store, 1_000_000)

    assert said.value.reason == "full"
    assert kept is not None
    assert store.drafts.save(token, lambda state: state).version == 1


def pages(store: Store, most: int) -> None:
    """Let the file take so many pages, on the one connection that the store has open."""
    with store.database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")


def test_a_database_locked_by_another_program_is_said_and_recovers_alone(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    store = open_store(wait=0.1)
    token = store.drafts.begin().token
    other = newest_sqlite().connect(tmp_path / "data/screener.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)
    other.execute("ROLLBACK")
    other.close()

    assert said.value.reason == "locked"
    assert store.drafts.save(token, lambda state: state).version == 1


def test_whoever_starts_waits_longer_for_another_that_moves_much(
    open_store: Callable[..., Store],
) -> None:
    database = open_store(wait=0.1).database
    with database.alone() as starting:
        patience = [starting.exec_driver_sql("PRAGMA busy_timeout").scalar()]
    with database.writing() as later:
        patience += [later.exec_driver_sql("PRAGMA busy_timeout").scalar()]

    assert [60_000, 100] == patience


def test_a_database_that_may_only_be_read_is_said(store: Store) -> None:
    token = store.drafts.begin().token
    with store.database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)

    assert said.value.reason == "read-only"
    assert store.drafts.open(token) is not None


@pytest.mark.skipif(not can_be_reached(newest_sqlite()), reason=NOT_REACHED)
@pytest.mark.parametrize("before", [1, 2, 3])
def test_a_disk_that_could_only_be_read_is_written_to_again_though_somebody_came_meanwhile(
    store: Store, tmp_path: Path, before: int
) -> None:
    opened, switch = store.drafts.begin(), tmp_path / "read-only"
    with ExitStack() as at_once:
        for _ in range(before):
            at_once.enter_context(store.database.reading())

    with refusing_while(switch.exists, default_vfs(newest_sqlite())), ExitStack() as at_once:
        switch.touch()
        said = {refusal(store, opened) for _turn in range(3)}
        for _ in range(4):  # more than there were before: the others are opened to read only
            visitor = at_once.enter_context(store.database.reading())
            visitor.exec_driver_sql("SELECT 1 FROM draft")
        said.add(refusal(store, opened))
        switch.unlink()
        saved = store.drafts.save(opened.token, lambda state: state, seen=opened.draft)
        store.drafts.give_code(opened.token)

    assert said <= {"disk", "read-only"}
    assert saved.version == 1


@pytest.mark.skipif(not can_be_reached(newest_sqlite()), reason=NOT_REACHED)
def test_whoever_came_while_a_disk_could_only_be_read_is_not_asked_to_write_later(
    store: Store, tmp_path: Path
) -> None:
    opened, switch = store.drafts.begin(), tmp_path / "read-only"

    with refusing_while(switch.exists, default_vfs(newest_sqlite())):
        switch.touch()
        with ExitStack() as at_once:
            for _ in range(4):
                at_once.enter_context(store.database.reading())
        switch.unlink()
        with ExitStack() as at_once:
            for _ in range(4):
                connection = at_once.enter_context(store.database.reading())
                for said in (
                    "ROLLBACK",
                    "BEGIN IMMEDIATE",
                    "DELETE FROM draft",
                    "ROLLBACK",
                    "BEGIN",
                ):
                    connection.exec_driver_sql(said)

    assert store.drafts.save(opened.token, lambda state: state).version == 1


def refusal(store: Store, opened: Opened) -> str:
    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(opened.token, lambda state: state, seen=opened.draft)
    return said.value.reason


def test_a_file_that_went_missing_is_said_and_no_answer_goes_into_the_void(
    store: Store, tmp_path: Path
) -> None:
    token = store.drafts.begin().token
    file, away = tmp_path / "data/screener.db", tmp_path / "away.db"
    store.drafts.save(token, lambda state: state)
    file.rename(away)

    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)
    with pytest.raises(StoreUnavailable):
        store.drafts.open(token)
    missing = not file.exists()
    away.rename(file)

    assert said.value.reason == "missing"
    assert missing
    assert store.drafts.save(token, lambda state: state).version == 2


def test_a_replaced_file_is_not_mistaken_for_the_old_one(store: Store, tmp_path: Path) -> None:
    token = store.drafts.begin().token
    file = tmp_path / "data/screener.db"
    for part in (file, *file.parent.glob("screener.db-*")):
        part.unlink()
    file.touch()

    with pytest.raises(StoreUnavailable):
        store.drafts.save(token, lambda state: state)


def test_a_file_that_is_no_database_is_said(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    open_store().close()
    (tmp_path / "data/screener.db").write_bytes(b"not a database, and long enough" * 100)

    with pytest.raises(StoreUnavailable) as said:
        open_store()

    assert said.value.reason == "damaged"


def test_an_sqlite_that_can_damage_its_log_gets_the_older_journal() -> None:
    old, new = (
        SimpleNamespace(sqlite_version_info=info, sqlite_version=".".join(map(str, info)))
        for info in ((3, 40, 1), (3, 51, 3))
    )

    assert ("TRUNCATE", "WAL") == (journal(old), journal(new))  # type: ignore[arg-type]


def test_an_sqlite_that_is_sound_is_found() -> None:
    assert journal(newest_sqlite()) == "WAL"


def test_pythons_own_sqlite_keeps_drafts_too(
    open_store: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screener.store.engine.sqlite.newest_sqlite", lambda: sqlite3)
    store = open_store()
    token = store.drafts.begin().token

    version = store.drafts.save(token, lambda state: state).version
    store.drafts.delete(token)
    with store.database.reading() as connection:
        kept_in = connection.exec_driver_sql("PRAGMA journal_mode").scalar()

    assert (1, None) == (version, store.drafts.open(token))
    assert journal(sqlite3).lower() == kept_in


def test_deleting_a_draft_destroys_its_keys_in_every_file(store: Store, tmp_path: Path) -> None:
    """PostgreSQL cannot promise this: its pages and its log are written over in their own time."""
    tokens = [store.drafts.begin().token for _ in range(50)]
    for token in tokens[::10]:
        store.drafts.give_code(token)
    with store.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT key_by_token, key_by_code FROM draft").all()
    wrapped = [key for row in found for key in row if key]
    before = all_bytes(tmp_path / "data")

    for token in tokens:
        store.drafts.delete(token)
    after = all_bytes(tmp_path / "data")

    assert [key in before for key in wrapped] == [True] * 55
    assert [key in after for key in wrapped] == [False] * 55


def all_bytes(folder: Path) -> bytes:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert {"screener.db", "screener.db-wal"} <= {file.name for file in files}
    return b"".join(file.read_bytes() for file in files)
