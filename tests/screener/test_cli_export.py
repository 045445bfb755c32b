"""`screener export`: forms in a file that only its owner reads, and in the trail."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from screener.settings import Settings
from screener.store import Contact, Intake, Store, packed
from screener.store.models import audit
from tests.rules.patients import BASE
from tests.screener import summaries
from tests.screener.commands import Done, Run

JO = Contact("Jo Example", "+1 555 0134")
OWNER_ONLY = 0o600


class Clinic:
    """A clinic that two patients have sent their forms to."""

    def __init__(self, run: Run, folder: Path) -> None:
        self._run, self._folder = run, folder
        settings = Settings.load(None, folder, environment={})
        store = Store.open(settings)
        self.intake = Intake.open(settings, database=store.database)
        self.intake.need_clinic_key()
        self.references = []
        for answers in ({}, {"si_now": "yes"}):
            parcel = packed(summaries.quiet(**answers), BASE | answers, JO, summaries.COMPLETED)
            sent = store.drafts.send(store.drafts.begin().token, parcel)
            self.references.append(sent.reference)

    def export(self, *words: str) -> Done:
        return self._run("export", *words, "--data", str(self._folder))

    @property
    def told(self) -> list[tuple[str, str, str]]:
        with self.intake.database.reading() as connection:
            lines = connection.execute(select(audit).order_by(audit.c.seq)).all()
        return [(one.actor, one.action, one.detail) for one in lines]


@pytest.fixture
def clinic(run: Run, tmp_path: Path) -> Clinic:
    return Clinic(run, tmp_path / "data")


def test_forms_go_to_a_file_that_only_its_owner_reads(clinic: Clinic, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"

    done = clinic.export(str(file), "--format", "jsonl", "--purpose", "transfer")

    assert (0, "Exported: 2.\n") == (done.code, done.err)
    read = [json.loads(line) for line in file.read_bytes().splitlines()]
    assert set(clinic.references) == {one["reference"] for one in read}
    assert OWNER_ONLY == file.stat().st_mode & 0o777


def test_the_trail_keeps_which_and_what_for(clinic: Clinic, tmp_path: Path) -> None:
    clinic.export(str(tmp_path / "out.csv"), "--purpose", "review")

    each = ("command", "record_exported", "csv review")
    assert [each, each, ("command", "exported", "csv review 2")] == clinic.told


def test_forms_are_chosen_by_level_and_by_reference(clinic: Clinic) -> None:
    calm, urgent = clinic.references
    words = ("-", "--format", "jsonl", "--purpose", "care")

    by_level = clinic.export(*words, "--level", "now")
    by_reference = clinic.export(*words, "--reference", calm.lower())

    assert urgent == json.loads(by_level.out)["reference"]
    assert calm == json.loads(by_reference.out)["reference"]


def test_pdfs_come_in_a_zip(clinic: Clinic) -> None:
    done = clinic.export("-", "--format", "pdf", "--purpose", "care", "--last", "2999-01-01")

    names = zipfile.ZipFile(BytesIO(done.printed)).namelist()
    assert {f"{one}.pdf" for one in clinic.references} == set(names)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--first", "2999-01-01", "--purpose", "care"], "no form matches; nothing was written"),
        (["--reference", "Jo", "--purpose", "care"], "Jo is not a reference"),
        ([], "--purpose"),
        (["--purpose", "fun"], "--purpose"),
        (["--purpose", "care", "--first", "soon"], "--first"),
    ],
)
def test_what_cannot_be_ends_with_one_line_and_writes_nothing(
    clinic: Clinic, tmp_path: Path, words: list[str], expected: str
) -> None:
    file = tmp_path / "out.csv"

    done = clinic.export(str(file), *words)

    assert 2 == done.code
    assert expected in done.err
    assert 1 == len(done.err.splitlines())
    assert not file.exists()
    assert [] == clinic.told


def test_a_folder_that_is_not_there_ends_with_one_line(clinic: Clinic, tmp_path: Path) -> None:
    done = clinic.export(str(tmp_path / "nowhere" / "out.csv"), "--purpose", "care")

    assert 2 == done.code
    assert "cannot be written" in done.err
