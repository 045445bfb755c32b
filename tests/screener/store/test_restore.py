"""A backup comes back whole, where nothing is, or nothing is written at all."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select

from screener.settings import Settings
from screener.store import Intake, Store, StoreUnavailable, backup, restore, upgrade
from screener.store.models import metadata
from screener.store.sealed_file import Unreadable, Writer
from tests.screener.store.backups import KEY, Target, bring_back, everything, filled, taken
from tests.screener.store.conftest import SettingsOf


def test_nothing_is_written_where_something_is(
    store: Store, intake: Intake, settings_of: SettingsOf, tmp_path: Path
) -> None:
    filled(store, intake)
    before = everything(intake)

    with pytest.raises(StoreUnavailable, match="only where nothing is"):
        bring_back(taken(intake), settings_of(tmp_path / "data"))

    assert before == everything(intake)


def test_an_instance_with_empty_tables_is_filled(
    store: Store, intake: Intake, target: Target, kind: str, tmp_path: Path
) -> None:
    filled(store, intake)
    settings = target(kind)
    Intake.open(settings).close()
    for file in settings.keys.iterdir():
        file.unlink()

    bring_back(taken(intake, tmp_path / "data" / "keys"), settings)

    again = Intake.open(settings)
    assert everything(intake) == everything(again)
    again.close()


def test_a_key_of_another_instance_is_not_written_over(
    intake: Intake, target: Target, tmp_path: Path
) -> None:
    settings = target("sqlite")
    Store.open(settings).close()
    own = (settings.keys / "root.key").read_text()

    with pytest.raises(StoreUnavailable, match=r"root\.key is the key of another instance"):
        bring_back(taken(intake, tmp_path / "data" / "keys"), settings)

    assert own == (settings.keys / "root.key").read_text()


def test_a_damaged_file_writes_nothing(intake: Intake, target: Target) -> None:
    settings = target("sqlite")
    spoilt = bytearray(taken(intake).getvalue())
    spoilt[-1] ^= 1

    with pytest.raises(Unreadable):
        bring_back(io.BytesIO(bytes(spoilt)), settings)

    assert not settings.data.exists()


def test_a_fault_in_the_middle_writes_nothing(
    store: Store, intake: Intake, target: Target, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store, intake)
    stream, settings = taken(intake), target(kind)
    contents = restore.look(stream, KEY)
    stream.seek(0)

    def fail(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(restore, "_count_on", fail)
    with pytest.raises(RuntimeError):
        restore.bring_back(stream, KEY, contents, settings)
    afresh = Intake.open(settings)

    assert {"audit_head", "key_mark"} == {name for name, rows in everything(afresh).items() if rows}
    afresh.close()


def test_a_backup_of_a_newer_version_is_refused(
    intake: Intake, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = taken(intake)
    contents = restore.look(stream, KEY)
    stream.seek(0)
    monkeypatch.setattr(upgrade, "newest", lambda: "0001")

    with pytest.raises(StoreUnavailable, match="newer version"):
        restore.bring_back(stream, KEY, contents, target("sqlite"))


def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """As the first version of the tables wrote it, which knew drafts alone."""
    stream = io.BytesIO()
    out = Writer(stream, KEY)
    first = {"screener": 1, "made_at": "2026-11-22", "migration": "0001", "trail": "0:"}
    row: list[object] = ["d" * 32, {"bytes": 1}, {"bytes": 1}, None, None, 0, {"bytes": 1}]
    row += [{"day": "2026-11-22"}, 2**31 - 1]
    columns = ["id", "token_locator", "key_by_token", "code_locator", "key_by_code", "version"]
    columns += ["state", "created_on", "expires_at"]
    backup._record(out, first)
    backup._record(out, {"table": "draft", "columns": columns, "rows": [row]}, [b"a", b"b", b"c"])
    backup._record(out, {"end": {"draft": 1, "submission": 0}})
    out.finish()
    stream.seek(0)
    settings = Settings.load(None, tmp_path / "fresh", environment={})

    bring_back(stream, settings)

    database = Intake.open(settings).database
    with database.reading() as connection:
        assert upgrade.newest() == upgrade.version(connection)
        assert (
            1
            == connection.execute(
                select(func.count()).select_from(metadata.tables["draft"])
            ).scalar()
        )
    database.close()


def test_what_is_sealed_and_no_backup_is_refused() -> None:
    for lines in (b"", b"\0\0\0\2{}", b"\0\0\0\2xx", b"\0\0\0\x09[1, 2, 3]"):
        stream = io.BytesIO()
        out = Writer(stream, KEY)
        out.write(lines)
        out.finish()
        stream.seek(0)

        with pytest.raises(Unreadable):
            restore.look(stream, KEY)


def test_rows_that_are_missing_at_the_end_are_noticed() -> None:
    stream = io.BytesIO()
    out = Writer(stream, KEY)
    backup._record(out, {"screener": 1, "made_at": "", "migration": "0001", "trail": "0:"})
    backup._record(out, {"end": {"draft": 1}})
    out.finish()
    stream.seek(0)

    with pytest.raises(Unreadable, match="what its end says"):
        restore.look(stream, KEY)
