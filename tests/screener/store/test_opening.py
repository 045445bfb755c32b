"""The first start, the next one, and the starts that must not happen."""

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from screener.store import Store, StoreUnavailable, upgrade
from screener.store.engine.sqlite import journal, newest_sqlite
from screener.store.models import metadata


def test_the_first_start_makes_what_is_missing_for_the_owner_only(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    open_store(tmp_path / "not" / "there" / "yet").drafts.begin()

    found = sorted(file for file in (tmp_path / "not").rglob("*") if file.is_file())
    modes = {file.name: stat.filemode(file.stat().st_mode) for file in found}
    assert {"-rw-------"} == set(modes.values())
    assert {"root.key", "screener.db", "screener.db-shm", "screener.db-wal"} == set(modes)


def test_the_migrations_from_nothing_give_the_tables_of_the_models(store: Store) -> None:
    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, metadata)

    assert difference == []


def test_the_newest_version_is_the_one_alembic_takes_for_the_head(store: Store) -> None:
    scripts = ScriptDirectory(str(upgrade.VERSIONS.parent))
    with store._database.reading() as connection:
        found = upgrade.version(connection)

    assert scripts.get_current_head() == upgrade.newest() == found


def test_the_migrations_go_down_again_and_up(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.VERSIONS.parent))
    with store._database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        left = set(inspect(connection).get_table_names())
        command.upgrade(config, "head")
        back = set(inspect(connection).get_table_names())

    assert {"alembic_version"} == left
    assert {"alembic_version", *metadata.tables} == back


def test_each_start_keeps_the_same_session_key_and_the_root_is_never_it(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    first, second, other = open_store(), open_store(), open_store(tmp_path / "other")

    root = bytes.fromhex((tmp_path / "data/keys/root.key").read_text())
    assert first.secret_key == second.secret_key
    assert first.secret_key not in {root, other.secret_key}
    assert len(first.secret_key) == 32


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_may_read_stops_the_start(
    open_store: Callable[..., Store], tmp_path: Path, mode: int
) -> None:
    open_store()
    (tmp_path / "data/keys/root.key").chmod(mode)

    with pytest.raises(StoreUnavailable, match="chmod 600"):
        open_store()


@pytest.mark.parametrize("key", ["", "00" * 16, "no hex" * 20, "00" * 32, "ab" * 32])
def test_a_short_or_weak_key_stops_the_start(
    open_store: Callable[..., Store], tmp_path: Path, key: str
) -> None:
    open_store()
    (tmp_path / "data/keys/root.key").write_text(key)

    with pytest.raises(StoreUnavailable) as said:
        open_store()

    assert said.value.reason == "keys"
    assert str(tmp_path / "data/keys/root.key") in str(said.value)


def test_a_lost_key_stops_the_start_when_drafts_need_it(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    open_store().drafts.begin()
    (tmp_path / "data/keys/root.key").unlink()

    with pytest.raises(StoreUnavailable, match="put it back"):
        open_store()

    assert not (tmp_path / "data/keys/root.key").exists()


def test_a_folder_that_cannot_be_made_is_said(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreUnavailable, match="cannot be used to keep answers"):
        open_store(tmp_path / "file" / "data")


def test_a_database_of_a_newer_version_stops_the_start(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    open_store().close()
    connection = newest_sqlite().connect(tmp_path / "data/screener.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(StoreUnavailable, match="newer version"):
        open_store()


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
    with store._database.reading() as connection:
        kept_in = connection.exec_driver_sql("PRAGMA journal_mode").scalar()

    assert (1, None) == (version, store.drafts.open(token))
    assert journal(sqlite3).lower() == kept_in


def test_two_first_starts_at_once_agree_on_one_key(
    open_store: Callable[..., Store],
) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(), range(4)))

    assert 1 == len({store.secret_key for store in stores})


def test_a_disk_without_hard_links_gets_a_key_too(
    open_store: Callable[..., Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)

    open_store()

    assert ["root.key"] == [file.name for file in (tmp_path / "data/keys").iterdir()]
