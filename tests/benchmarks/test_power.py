"""A moment of what `python -m benchmarks power` does for long, and the disk that it rests on."""

import importlib
import os
import random
import sys
from pathlib import Path

import pytest

from benchmarks.power.__main__ import control, cut_often
from benchmarks.power.disk import Shadow, cut, mixed
from benchmarks.power.syncs import Files, tell_of_python
from benchmarks.vfs import NOT_REACHED, can_be_reached
from screener.store import folders, key_files
from screener.store.engine.sqlite import newest_sqlite

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="files are found through /proc")
reached = pytest.mark.skipif(not can_be_reached(newest_sqlite()), reason=NOT_REACHED)
CLIENTS = 3
SECRET = bytes(range(32))


@pytest.fixture
def shadow(tmp_path: Path) -> Shadow:
    (tmp_path / "data").mkdir()
    kept = Shadow(tmp_path / "shadow", tmp_path / "data")
    kept.begin()
    return kept


@pytest.fixture
def told(shadow: Shadow, monkeypatch: pytest.MonkeyPatch) -> Shadow:
    monkeypatch.setattr(os, "fsync", os.fsync)  # so that it is put back
    tell_of_python(shadow.synced)
    return shadow


@reached
@pytest.mark.slow
def test_a_power_cut_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    told = cut_often(tmp_path, rounds=2, clients=CLIENTS, seed=4)

    assert [] == told.lost
    assert [] == told.surprises
    assert told.acknowledged >= 2 * CLIENTS
    assert 0 == told.crashed


@reached
@pytest.mark.slow
def test_a_database_that_does_not_wait_for_the_disk_is_found_out(tmp_path: Path) -> None:
    told = control(tmp_path, rounds=1, clients=CLIENTS, seed=4)

    assert told.acknowledged > 0
    assert [] != told.lost


def test_what_was_not_synced_is_gone_and_a_file_goes_without_its_name(shadow: Shadow) -> None:
    data = shadow.of
    for name in ("kept", "nameless", "never"):
        (data / name).write_text("old")
    for name in ("kept", "nameless"):
        shadow.synced(data / name)
    (data / "nameless").rename(data / "later")
    shadow.synced(data)
    (data / "later").rename(data / "latest")
    (data / "kept").write_text("new")

    cut(data, shadow)

    found = {file.name: file.read_text() for file in data.iterdir()}
    assert {"kept": "old", "later": "old", "never": ""} == found


def test_any_sector_written_since_may_be_on_the_disk_and_no_half_of_one() -> None:
    old, new = b"a" * 2048, b"b" * 4096

    found = {mixed(old, new, random.Random(seed)) for seed in range(50)}

    sectors = {one[at : at + 512] for one in found for at in range(0, len(one), 512)}
    assert {2048, 4096} == {len(one) for one in found}
    assert {b"a" * 512, b"b" * 512, b"\0" * 512} == sectors
    assert len(found) > 20


def test_the_sqlite_that_comes_along_can_be_reached() -> None:
    assert can_be_reached(importlib.import_module("pysqlite3.dbapi2"))


@reached
def test_what_sqlite_syncs_is_told_of_and_only_when_it_waits_for_the_disk(tmp_path: Path) -> None:
    module, heard = newest_sqlite(), list[str]()
    with Files(module, lambda path: heard.append(path.name)):
        connection = module.connect(tmp_path / "one.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE one (number)")
        counts = {}
        for waits in ("FULL", "NORMAL"):
            connection.execute(f"PRAGMA synchronous={waits}")
            heard.clear()
            connection.execute("INSERT INTO one VALUES (1)")
            counts[waits] = list(heard)
        connection.close()

    assert {"FULL": ["one.db-wal"], "NORMAL": []} == counts


def test_a_key_that_was_made_is_there_after_a_power_cut(told: Shadow) -> None:
    file = told.of / "all" / "keys" / "root.key"

    key_files.write(file, SECRET)
    cut(told.of, told)

    assert SECRET == key_files.read(file)


def test_a_folder_that_is_there_is_let_be(told: Shadow) -> None:
    folders.make(told.of / "a" / "b")
    (told.of / "a" / "b" / "file").touch()

    folders.make(told.of / "a" / "b")

    assert (told.of / "a" / "b" / "file").exists()
    assert 0o700 == (told.of / "a").stat().st_mode & 0o777
