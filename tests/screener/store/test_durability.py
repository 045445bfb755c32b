"""What was acknowledged is there, whatever happens to the process, the disk or the file."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from screener.settings import Settings
from screener.store import Store, StoreUnavailable
from screener.store.engine.sqlite import newest_sqlite

WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and file limits are POSIX")


class Writer:
    """A process that saves answers and says so."""

    def __init__(self, folder: Path, file_limit: int = 0) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, str(WRITER), str(folder), str(file_limit)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdout is not None
        self.out = self.process.stdout

    def next(self) -> str:
        """Wait for what it says next; the first is the token of its draft."""
        return self.out.readline().strip()

    def heard(self) -> list[str]:
        """Give what else it said until it ended; a line that was cut off was not heard."""
        said = self.out.read().split("\n")[:-1]
        self.out.close()
        self.process.wait(20)
        return said


def lost(store: Store, token: str, acknowledged: list[str]) -> set[str]:
    draft = store.drafts.open(token)
    assert draft is not None
    return {f"q{number}" for number in acknowledged} - set(draft.state["answers"])


def integrity(folder: Path) -> str:
    connection = newest_sqlite().connect(folder / "screener.db")
    (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return str(said)


@posix
def test_a_killed_process_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    writers = [Writer(tmp_path / f"round {number}") for number in range(3)]
    tokens = [writer.next() for writer in writers]
    first = [writer.next() for writer in writers]
    for writer in writers:
        time.sleep(random.uniform(0.05, 0.3))
        writer.process.send_signal(signal.SIGKILL)

    for writer, token, one in zip(writers, tokens, first, strict=True):
        acknowledged = [one, *writer.heard()]
        assert set() == lost(real_time(writer.folder), token, acknowledged)
        assert integrity(writer.folder) == "ok"


@posix
def test_a_disk_that_takes_no_more_is_said_and_loses_nothing_acknowledged(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "full", file_limit=400_000)
    token = writer.next()

    *acknowledged, last = writer.heard()

    assert last in {"unavailable full", "unavailable disk"}
    assert len(acknowledged) > 10
    assert set() == lost(real_time(writer.folder), token, acknowledged)


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
    with store._database.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")


def real_time(folder: Path) -> Store:
    return Store.open(Settings.load(None, folder, environment={}))


def test_a_locked_database_is_said_and_recovers_alone(
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


def test_a_writer_that_hangs_does_not_hang_the_others(open_store: Callable[..., Store]) -> None:
    store = open_store(wait=0.1)
    token = store.drafts.begin().token
    inside, go_on = Event(), Event()

    def hang(state: dict[str, object]) -> dict[str, object]:
        inside.set()
        go_on.wait(10)
        return state

    slow = Thread(target=store.drafts.save, args=(token, hang))
    slow.start()
    inside.wait(10)
    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)
    read = store.drafts.open(token)
    go_on.set()
    slow.join()

    assert said.value.reason == "locked"
    assert read is not None


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


def test_a_database_that_may_only_be_read_is_said(
    store: Store,
) -> None:
    token = store.drafts.begin().token
    with store._database.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)

    assert said.value.reason == "read-only"
    assert store.drafts.open(token) is not None


def test_writes_wait_for_the_disk(store: Store) -> None:
    with store._database.reading() as connection:
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
