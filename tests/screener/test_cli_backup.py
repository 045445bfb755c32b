"""`screener backup` and `screener restore`: from a running instance into a fresh one."""

import json
import stat
from pathlib import Path

import pytest

from screener.settings import Settings
from screener.store import Intake, Store, sealed_file
from tests.screener.commands import Done, Run
from tests.screener.serving import Visitor, served
from tests.screener.store.backups import everything
from tests.screener.store.test_submissions import PARCEL

WORDS = "a row of quiet boats"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PASSES": 1, "LANES": 1, "KIB": 8}.items():
        monkeypatch.setattr(sealed_file, name, value)
    monkeypatch.setenv("SCREENER_BACKUP_PASSPHRASE", WORDS)


class Place:
    """A clinic's folder, a fresh one beside it, and the file that goes from one to the other."""

    def __init__(self, run: Run, folder: Path) -> None:
        self._run = run
        self.data, self.fresh, self.file = folder / "data", folder / "fresh", folder / "backup"
        settings = Settings.load(None, self.data, environment={})
        self.store = Store.open(settings)
        self.intake = Intake.open(settings, database=self.store.database)
        self.intake.need_clinic_key()
        self.store.drafts.send(self.store.drafts.begin().token, PARCEL)

    def backup(self, *words: str) -> Done:
        return self._run("backup", str(self.file), "--data", str(self.data), *words)

    def restore(self, *words: str, stdin: bytes = b"") -> Done:
        command = ("restore", str(self.file), "--data", str(self.fresh), *words)
        return self._run(*command, stdin=stdin)

    def nothing_written(self) -> bool:
        return not self.fresh.exists()


@pytest.fixture
def place(run: Run, tmp_path: Path) -> Place:
    return Place(run, tmp_path)


def test_a_backup_with_keys_comes_back_whole(place: Place) -> None:
    made = place.backup("--with-keys")
    head = made.out.split()[-1]
    back = place.restore()

    afresh = Intake.open(Settings.load(None, place.fresh, environment={}))
    there, here = everything(afresh), everything(place.intake)
    afresh.close()
    for trail in ("audit", "audit_head"):  # which tells of the way back too
        assert here.pop(trail) != there.pop(trail)
    assert here == there
    assert {"draft", "submission", "clinic_key"} <= {name for name, rows in there.items() if rows}
    assert (0, 0, "", "") == (made.code, back.code, made.err, back.err)
    assert made.out.startswith("1 form, and ")
    assert f"The trail is whole, and ended with {head}\n" in back.out
    assert "-rw-------" == stat.filemode(place.file.stat().st_mode)
    assert ["backup"] == [file.name for file in place.file.parent.glob("*backup*")]


def test_both_are_written_into_the_trail(place: Place) -> None:
    place.backup("--with-keys")
    place.restore()

    intake = Intake.open(Settings.load(None, place.fresh, environment={}))
    with intake.database.reading() as connection:
        lines = connection.exec_driver_sql("SELECT actor, action FROM audit ORDER BY seq").all()
        whole = intake.audit.first_broken(connection) is None
    intake.close()

    assert [("command", "backup_made"), ("command", "backup_brought_back")] == lines[-2:]
    assert whole


def test_without_keys_it_says_to_put_them_back(place: Place) -> None:
    made = place.backup()
    back = place.restore()

    assert f"Keep a copy of {place.data / 'keys'} somewhere else." in made.out
    assert back.out.endswith(f"Put the keys back into {place.fresh / 'keys'}, then start.\n")
    assert not (place.fresh / "keys").exists()


def test_keys_that_do_not_belong_to_it_are_noticed(place: Place) -> None:
    place.backup()
    Intake.open(Settings.load(None, place.fresh / "other", environment={})).close()

    done = place.restore("--keys", str(place.fresh / "other" / "keys"))

    assert (1, 1) == (done.code, len(done.err.splitlines()))
    assert "staff.key is the key of another instance" in done.err
    assert not (place.fresh / "screener.db").exists()


def test_a_recovery_key_does_in_place_of_a_passphrase(
    run: Run, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCREENER_BACKUP_PASSPHRASE")
    key = str(tmp_path / "recovery.key")

    made = run("keys", "recovery", key)
    again = run("keys", "recovery", key)
    place.backup("--with-keys", "--recovery-key", key)
    back = place.restore("--recovery-key", key)

    assert (0, 2, 0) == (made.code, again.code, back.code)
    assert "-rw-------" == stat.filemode(Path(key).stat().st_mode)


def test_check_reads_all_of_it_and_writes_nothing(place: Place) -> None:
    place.backup()

    done = place.restore("--check")

    assert 0 == done.code
    assert "is whole: 1 form," in done.out
    assert place.nothing_written()


def test_a_wrong_passphrase_is_one_line(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.backup()
    monkeypatch.setenv("SCREENER_BACKUP_PASSPHRASE", "a row of quiet boots")

    done = place.restore()

    assert (2, "") == (done.code, done.out)
    assert f"screener: {place.file}: the secret is wrong" in done.err
    assert 1 == len(done.err.splitlines())
    assert place.nothing_written()


def test_a_cut_file_is_one_line(place: Place) -> None:
    place.backup()
    place.file.write_bytes(place.file.read_bytes()[:-20])

    done = place.restore()

    assert (2, f"screener: {place.file}: the file is cut off\n") == (done.code, done.err)
    assert place.nothing_written()


def test_a_flipped_bit_is_one_line(place: Place) -> None:
    place.backup()
    spoilt = bytearray(place.file.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    place.file.write_bytes(spoilt)

    done = place.restore()

    assert (2, "") == (done.code, done.out)
    assert 1 == len(done.err.splitlines())
    assert place.nothing_written()


def test_an_instance_in_use_is_left_alone(place: Place) -> None:
    place.backup()
    place.fresh = place.data

    done = place.restore()

    assert (1, 1) == (done.code, len(done.err.splitlines()))
    assert "only where nothing is" in done.err


def test_a_backup_is_never_written_over_another(place: Place) -> None:
    place.file.write_text("mine")

    done = place.backup()

    assert (2, "mine") == (done.code, place.file.read_text())
    assert "is there already" in done.err


def test_a_short_passphrase_is_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENER_BACKUP_PASSPHRASE", "short")

    done = place.backup()

    assert (2, False) == (done.code, place.file.exists())
    assert "it needs 16" in done.err


def test_a_place_that_cannot_be_written_is_one_line(place: Place, tmp_path: Path) -> None:
    place.file = tmp_path / "nowhere" / "backup"

    done = place.backup()

    assert (2, 1) == (done.code, len(done.err.splitlines()))


def test_it_is_made_while_patients_answer_and_a_draft_goes_on_in_the_fresh_instance(
    run: Run, tmp_path: Path
) -> None:
    data, fresh, file = tmp_path / "data", tmp_path / "fresh", str(tmp_path / "backup")
    patient = Visitor()
    with served(data) as (_, address):
        patient.open(address, "/").send(address, "/start")
        made = run("backup", file, "--data", str(data), "--with-keys")
        still = patient.open(address, "/").status
    back = run("restore", file, "--data", str(fresh))

    with served(fresh) as (_, address):
        page = patient.open(address, "/").page

    assert (0, 0, 200) == (made.code, back.code, still), json.dumps([made.err, back.err])
    assert "Go on with your form" in page
