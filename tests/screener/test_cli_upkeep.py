"""`screener purge`, `delete`, `keys` and `audit`: what somebody does at the console."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from screener.settings import Settings
from screener.store import Intake, Store
from screener.store.models import audit, draft, submission
from tests.screener.commands import Done, Run
from tests.screener.store.test_submissions import PARCEL


class Clinic:
    """A clinic's folder, and its console."""

    def __init__(self, run: Run, data: Path) -> None:
        self._run, self.data = run, data
        settings = Settings.load(None, data, environment={})
        self.store = Store.open(settings)
        self.intake = Intake.open(settings, database=self.store.database)
        self.intake.need_clinic_key()

    def __call__(self, *words: str, stdin: bytes = b"") -> Done:
        return self._run(*words, "--data", str(self.data), stdin=stdin)

    def send(self) -> str:
        """Somebody sends a form; return its reference."""
        opened = self.store.drafts.begin()
        self.store.drafts.send(opened.token, PARCEL)
        return opened.draft.reference

    def change(self, table: Any, **columns: object) -> None:
        with self.intake.database.writing() as connection:
            connection.execute(update(table).values(columns))

    def ids(self) -> list[str]:
        with self.intake.database.reading() as connection:
            return list(connection.execute(select(submission.c.id)).scalars())


@pytest.fixture
def clinic(run: Run, tmp_path: Path) -> Clinic:
    return Clinic(run, tmp_path / "data")


def test_purge_says_what_it_deleted(clinic: Clinic) -> None:
    clinic.send()
    clinic.store.drafts.begin()
    clinic.change(submission, arrived_at=1)
    clinic.change(draft, expires_at=1)

    done = clinic("purge")

    assert (0, "Deleted: 2 unfinished, 1 sent.\n", "") == (done.code, done.out, done.err)
    assert [] == clinic.ids()


@pytest.mark.parametrize("written", [str, str.lower, lambda text: text.replace("-", " ")])
def test_a_form_is_deleted_by_its_reference(clinic: Clinic, written: Any) -> None:
    reference = clinic.send()

    done = clinic("delete", written(reference), "--yes")

    assert (0, "") == (done.code, done.err)
    assert re.fullmatch(r"The form that arrived [\d-]+ [\d:]+ UTC is deleted\.\n", done.out)
    assert [] == clinic.ids()


def test_it_asks_before_it_deletes(clinic: Clinic) -> None:
    reference = clinic.send()

    refused = clinic("delete", reference, stdin=b"n\n")
    kept = clinic.ids()
    agreed = clinic("delete", reference, stdin=b"y\n")

    assert (130, 0) == (refused.code, agreed.code)
    assert "It cannot be brought back" in refused.out
    assert (1, 0) == (len(kept), len(clinic.ids()))


def test_two_forms_with_one_reference_are_shown_and_neither_is_deleted(clinic: Clinic) -> None:
    clinic.send()
    clinic.send()
    clinic.change(submission, reference="K7QM-4XRT")
    first, second = clinic.ids()

    refused = clinic("delete", "K7QM-4XRT", "--yes")
    chosen = clinic("delete", "K7QM-4XRT", "--yes", "--id", first)

    assert 2 == refused.code
    assert "screener: 2 forms have the reference K7QM-4XRT; say which with --id\n" == refused.err
    assert {first, second} == {line.split()[0] for line in refused.out.splitlines()}
    assert (0, [second]) == (chosen.code, clinic.ids())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("K7QM-4XRT",), "no form has the reference K7QM-4XRT"),
        (("K7QM-4XRT", "--id", "nobody"), "no form has the reference K7QM-4XRT and the id nobody"),
        (("nonsense",), "nonsense is not a reference; it looks like K7QM-4XRT"),
    ],
)
def test_what_is_not_there_is_one_line(clinic: Clinic, words: tuple[str, ...], said: str) -> None:
    clinic.send()

    done = clinic("delete", *words, "--yes")

    assert (2, "", f"screener: {said}\n") == (done.code, done.out, done.err)


def test_a_whole_rotation_at_the_console(clinic: Clinic) -> None:
    clinic.send()
    clinic.send()

    before = clinic("keys", "list")
    turned = clinic("keys", "rotate")
    checked = clinic("keys", "check")
    gone = clinic("keys", "destroy", "1", "--yes")
    after = clinic("keys", "list")

    assert re.fullmatch(r" +1  made [\d-]+  in use +  2 forms\n", before.out)
    assert turned.out.splitlines() == [
        "Patients seal with key 2 from now on.",
        "2 forms turned to it.",
        "Key 1 opens nothing any more: screener keys destroy 1",
    ]
    assert "Every key is here and opens its forms.\n" == checked.out
    assert "Key 1 is destroyed here. Destroy its copies too.\n" == gone.out
    assert re.fullmatch(r" +2  made [\d-]+  in use +  2 forms\n", after.out)


def test_a_rotation_goes_on_without_a_new_key(clinic: Clinic) -> None:
    clinic.send()
    clinic("keys", "rotate")

    done = clinic("keys", "rotate", "--resume")

    assert "0 forms turned to it." == done.out.splitlines()[0]


def test_a_key_is_made_before_it_is_used(clinic: Clinic) -> None:
    done = clinic("keys", "prepare")

    assert f"Key 2 is made and not in use yet: {clinic.data}/keys/clinic-2.key" in done.out
    assert (clinic.data / "keys" / "clinic-2.key").exists()


def test_a_key_in_use_is_not_destroyed(clinic: Clinic) -> None:
    done = clinic("keys", "destroy", "1", "--yes")

    said = "screener: key 1 is in use; first: screener keys rotate\n"
    assert (2, "", said) == (done.code, done.out, done.err)


def test_a_form_that_does_not_open_is_counted(clinic: Clinic) -> None:
    clinic.send()
    clinic.change(submission, sealed_key=b"\1" + b"x" * 90)

    done = clinic("keys", "check")

    assert (1, "screener: 1 form cannot be opened\n") == (done.code, done.err)


def test_a_key_that_is_missing_is_named(clinic: Clinic) -> None:
    clinic.send()
    (clinic.data / "keys" / "clinic-1.key").unlink()

    done = clinic("keys", "check")

    assert 1 == done.code
    first, last = done.err.splitlines()
    assert "clinic-1.key is missing" in first
    assert "screener: 1 form cannot be opened" == last


def test_a_whole_trail_is_whole(clinic: Clinic) -> None:
    clinic("keys", "rotate")
    head = clinic("audit", "head").out.strip()
    clinic("keys", "rotate")

    done = clinic("audit", "verify", "--anchor", head)

    assert (0, "") == (done.code, done.err)
    assert re.fullmatch(r"The trail is whole: 2 lines\. It ends with 2:[0-9a-f]{64}\n", done.out)


def test_a_changed_line_is_named(clinic: Clinic) -> None:
    clinic("keys", "rotate")
    clinic.change(audit, actor="nobody")

    done = clinic("audit", "verify")

    said = "screener: the trail is broken at line 1: it was changed or is missing\n"
    assert (1, "", said) == (done.code, done.out, done.err)


def test_an_end_that_was_cut_off_shows_against_an_anchor(clinic: Clinic) -> None:
    """Someone with the database alone puts back an older state of it, head included."""
    clinic("keys", "rotate")
    clinic.store.close()
    older = (clinic.data / "screener.db").read_bytes()
    clinic("keys", "rotate")
    head = clinic("audit", "head").out.strip()
    settle(clinic.data / "screener.db", older)

    alone, anchored = clinic("audit", "verify"), clinic("audit", "verify", "--anchor", head)

    assert 0 == alone.code
    assert (1, "") == (anchored.code, anchored.out)
    assert "does not hold line 2 as it was written down" in anchored.err


def settle(file: Path, content: bytes) -> None:
    for part in file.parent.glob("screener.db-*"):
        part.unlink()
    file.write_bytes(content)
    sqlite3.connect(file).close()


def test_what_is_no_head_is_said(clinic: Clinic) -> None:
    done = clinic("audit", "verify", "--anchor", "12")

    assert 2 == done.code
    assert "--anchor 12 is no head" in done.err
