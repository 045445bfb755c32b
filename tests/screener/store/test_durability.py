"""What was acknowledged is there, whatever happens to the process, the disk or the file."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from screener.settings import Settings
from screener.store import Store, StoreUnavailable
from screener.store.models import draft

WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[3]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and file limits are POSIX")


class Writer:
    """A process that saves answers and says so."""

    def __init__(self, folder: Path, around: dict[str, str], file_limit: int = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(WRITER), str(folder), str(file_limit)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **around},
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
        self.process.wait(60)
        return said


def lost(store: Store, token: str, acknowledged: list[str]) -> set[str]:
    draft = store.drafts.open(token)
    assert draft is not None
    return {f"q{number}" for number in acknowledged} - set(draft.state["answers"])


def is_whole(store: Store) -> bool:
    """Ask the database to check itself; PostgreSQL has no such word, and reads every row."""
    with store.database.reading() as connection:
        if connection.dialect.name == "sqlite":
            return "ok" == connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        return len(connection.execute(select(draft)).all()) > 0


@posix
def test_a_killed_process_loses_nothing_it_acknowledged(
    settings_of: Callable[..., Settings], around: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    after = (1, 7, 40)  # answers that were acknowledged: at the start, soon, later
    folders = [tmp_path / f"after {many}" for many in after]
    settings = [settings_of(folder) for folder in folders]
    writers = [Writer(folder, around(folder)) for folder in folders]
    tokens = [writer.next() for writer in writers]
    before = [
        [writer.next() for _ in range(many)] for writer, many in zip(writers, after, strict=True)
    ]
    for writer in writers:
        writer.process.send_signal(signal.SIGKILL)

    for writer, its, token, heard in zip(writers, settings, tokens, before, strict=True):
        acknowledged = [*heard, *writer.heard()]
        store = Store.open(its)
        assert set() == lost(store, token, acknowledged)
        assert is_whole(store)
        store.close()


@posix
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)  # else PostgreSQL itself writes
def test_a_disk_that_takes_no_more_is_said_and_loses_nothing_acknowledged(
    settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    writer = Writer(tmp_path / "full", {}, file_limit=400_000)
    token = writer.next()

    *acknowledged, last = writer.heard()

    assert last in {"unavailable full", "unavailable disk"}
    assert len(acknowledged) > 10
    store = Store.open(settings_of(tmp_path / "full"))
    assert set() == lost(store, token, acknowledged)
    store.close()


def test_a_draft_that_another_holds_too_long_is_said_and_can_be_saved_later(
    open_store: Callable[..., Store],
) -> None:
    """On SQLite one draft stands for all; on PostgreSQL the others go on meanwhile."""
    store, other = open_store(wait=0.1), open_store(wait=0.1)
    token = store.drafts.begin().token
    inside, go_on = Event(), Event()

    def hang(state: dict[str, object]) -> dict[str, object]:
        inside.set()
        go_on.wait(60)
        return state

    slow = Thread(target=store.drafts.save, args=(token, hang))
    slow.start()
    inside.wait(60)
    said = [refusal(which, token) for which in (store, other)]
    read = store.drafts.open(token)
    go_on.set()
    slow.join()

    assert ["locked", "locked"] == said
    assert read is not None
    assert 2 == store.drafts.save(token, lambda state: state).version


def refusal(store: Store, token: str) -> str:
    with pytest.raises(StoreUnavailable) as said:
        store.drafts.save(token, lambda state: state)
    return said.value.reason
