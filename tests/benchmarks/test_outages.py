"""What `python -m benchmarks outages` does, with fewer patients."""

import os
from pathlib import Path

import pytest

from benchmarks.outages import OUTAGES
from benchmarks.patients.outage import Plan
from benchmarks.read_only import refusing_while
from benchmarks.vfs import NOT_REACHED, can_be_reached, default_vfs
from screener.settings import Settings
from screener.store import Store, StoreUnavailable
from screener.store.engine.sqlite import newest_sqlite

CLIENTS = 3

REACHED = can_be_reached(newest_sqlite())

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL and no file limits"),
]


@pytest.mark.parametrize("name", OUTAGES)
def test_what_was_typed_stays_on_the_page_and_is_taken_later(name: str, tmp_path: Path) -> None:
    if name == "read-only disk" and not REACHED:
        pytest.skip(NOT_REACHED)

    told = OUTAGES[name](tmp_path, Plan(rounds=1, clients=CLIENTS, seed=5))

    assert [] == told.lost
    assert [] == told.surprises
    assert 0 == told.crashed
    assert told.acknowledged >= 2 * CLIENTS
    assert told.sent or name == "two processes"  # which leaves no time for it


@pytest.mark.skipif(not REACHED, reason=NOT_REACHED)
def test_a_database_on_a_disk_that_turns_read_only_is_used_again_when_it_is_not(
    tmp_path: Path,
) -> None:
    only_read = False
    with refusing_while(lambda: only_read, default_vfs(newest_sqlite())):
        store = Store.open(Settings.load(None, tmp_path, environment={}))
        token = store.drafts.begin().token
        only_read = True
        open_already = refused(store, token)
        store.close()  # all its connections: the next ones are opened on a disk that is not written
        newly_opened = refused(store, token)
        only_read = False
        store.drafts.save(token, lambda state: state | {"finished": True})
        draft = store.drafts.open(token)
        store.close()

    assert open_already
    assert newly_opened
    assert draft is not None
    assert draft.state["finished"]


def refused(store: Store, token: str) -> bool:
    try:
        store.drafts.save(token, lambda state: state)
    except StoreUnavailable:
        return True
    return False
