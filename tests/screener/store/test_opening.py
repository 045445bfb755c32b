"""The first start, the next one, and the starts that must not happen."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import column, delete, inspect, select, table, update

from screener.settings import Settings
from screener.store import Store, StoreUnavailable, upgrade
from screener.store.models import key_mark, metadata


def test_the_migrations_from_nothing_give_the_tables_of_the_models(store: Store) -> None:
    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, metadata)

    assert difference == []


def test_the_newest_version_is_the_one_alembic_takes_for_the_head(store: Store) -> None:
    scripts = ScriptDirectory(str(upgrade.VERSIONS.parent))
    with store.database.reading() as connection:
        found = upgrade.version(connection)

    assert scripts.get_current_head() == upgrade.newest() == found


def test_the_migrations_go_down_again_and_up(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.VERSIONS.parent))
    with store.database.writing() as connection:
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


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602])
def test_a_key_that_others_may_read_stops_the_start(
    open_store: Callable[..., Store], tmp_path: Path, mode: int
) -> None:
    open_store()
    (tmp_path / "data/keys/root.key").chmod(mode)

    with pytest.raises(StoreUnavailable, match="chmod 600"):
        open_store()


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "at least 64 hexadecimal digits"),
        ("0123456789abcdef" * 3, "at least 64 hexadecimal digits"),
        ("no hex" * 20, "at least 64 hexadecimal digits"),
        ("00" * 32, "can be guessed"),
        ("ab" * 32, "can be guessed"),
    ],
)
def test_a_short_or_weak_key_stops_the_start(
    open_store: Callable[..., Store], tmp_path: Path, key: str, why: str
) -> None:
    open_store()
    (tmp_path / "data/keys/root.key").write_text(key)

    with pytest.raises(StoreUnavailable) as said:
        open_store()

    assert said.value.reason == "keys"
    assert str(tmp_path / "data/keys/root.key") in str(said.value)
    assert why in str(said.value)


def test_a_lost_key_stops_the_start_when_drafts_need_it(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    open_store().drafts.begin()
    (tmp_path / "data/keys/root.key").unlink()

    with pytest.raises(StoreUnavailable, match="put it back"):
        open_store()

    assert not (tmp_path / "data/keys/root.key").exists()


def test_another_key_than_the_first_stops_the_start_though_nothing_needs_it_yet(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    """Two machines that each make a key would not find each other's drafts."""
    open_store()
    file = tmp_path / "data/keys/root.key"
    file.write_text(secrets.token_hex(32))

    with pytest.raises(StoreUnavailable, match="not the one that this database was begun with"):
        open_store()
    file.unlink()
    with pytest.raises(StoreUnavailable, match="put it back"):
        open_store()


def test_a_database_from_before_keys_were_remembered_takes_the_key_that_is_there(
    open_store: Callable[..., Store],
) -> None:
    store = open_store()
    token = store.drafts.begin().token
    with store.database.writing() as connection:
        connection.execute(delete(key_mark))

    again = open_store()

    assert again.drafts.open(token) is not None
    with again.database.reading() as connection:
        assert ["root.key"] == list(connection.scalars(select(key_mark.c.name)))


def test_a_folder_that_cannot_be_made_is_said(
    open_store: Callable[..., Store], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreUnavailable, match="cannot be used to keep answers"):
        open_store(tmp_path / "file" / "data")


def test_a_database_of_a_newer_version_stops_the_start(
    open_store: Callable[..., Store],
) -> None:
    with open_store().database.writing() as connection:
        version = table("alembic_version", column("version_num"))
        connection.execute(update(version).values(version_num="9999"))

    with pytest.raises(StoreUnavailable, match="newer version"):
        open_store()


def test_first_starts_at_once_agree_on_one_key_and_make_the_tables_once(
    settings_of: Callable[..., Settings], tmp_path: Path
) -> None:
    settings = settings_of(tmp_path / "data", bare=True)
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: Store.open(settings), range(4)))

    token = stores[0].drafts.begin().token
    assert 1 == len({store.secret_key for store in stores})
    assert all(store.drafts.open(token) for store in stores)
    for store in stores:
        store.close()


def test_a_disk_without_hard_links_gets_a_key_too(
    open_store: Callable[..., Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)

    open_store()

    assert ["root.key"] == [file.name for file in (tmp_path / "data/keys").iterdir()]
