"""The patients' side alone: given all it holds, it cannot open what it has sent itself."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from screener.app import create_app
from screener.settings import Settings
from screener.store import Intake, Store, StoreUnavailable
from screener.store.clinic_keys import ClinicKeys
from screener.store.models import submission
from screener.store.parcels import about
from screener.store.sealing import Broken, unseal
from tests.screener.store.test_sealing import forms
from tests.screener.wizard.conftest import content_once
from tests.screener.wizard.people import cookie, quiet
from tests.web import Patient, browser

MARKED = {"name": "Marker Quillfeather", "phone": "+1 555 010 7391", "best_time": "marker o'clock"}


def settings_of(folder: Path) -> Settings:
    return Settings.load(None, folder, environment={})


@pytest.fixture
def staff_folder(tmp_path: Path) -> Path:
    """The staff side has made the clinic's key, and the patients' side has a root key."""
    store = Store.open(settings_of(tmp_path / "staff"))
    Intake.open(settings_of(tmp_path / "staff"), database=store.database).need_clinic_key()
    store.close()
    return tmp_path / "staff"


@pytest.fixture
def patients_folder(tmp_path: Path, staff_folder: Path) -> Path:
    """The same database on another machine, and of all the keys only the patients' own."""
    folder = tmp_path / "patients"
    (folder / "keys").mkdir(parents=True, mode=0o700)
    shutil.copy2(staff_folder / "screener.db", folder / "screener.db")
    shutil.copy2(staff_folder / "keys/root.key", folder / "keys/root.key")
    return folder


@pytest.fixture
def patients_side(patients_folder: Path) -> Iterator[Flask]:
    app = create_app(settings_of(patients_folder), content_once(), only="patient")
    yield app
    app.extensions["store"].close()


@pytest.fixture
def sender(patients_side: Flask) -> Patient:
    """A patient who has sent the form, by the patients' side alone."""
    patient = Patient(browser(patients_side)).start()
    answers = quiet(content_once(), {"country": "US", "questions": "Marker of a question"})

    def change(state: dict[str, Any]) -> dict[str, Any]:
        return state | {"answers": answers, "content_version": content_once().version}

    patients_side.extensions["store"].drafts.save(cookie(patient.browser), change)
    patient.go("/form/check").press("Make my summary").go("/send")
    assert patient.press("Send my answers", **MARKED).at == "/sent"
    return patient


def row_of(app: Flask) -> Any:
    with app.extensions["store"].database.reading() as connection:
        return connection.execute(select(submission)).one()


@pytest.mark.usefixtures("sender")
def test_it_holds_no_key_of_the_clinic(patients_side: Flask, patients_folder: Path) -> None:
    row = row_of(patients_side)

    assert ["root.key"] == [file.name for file in (patients_folder / "keys").iterdir()]
    assert patients_side.extensions["screener"].staff_store is None
    with pytest.raises(StoreUnavailable):
        ClinicKeys(patients_folder / "keys").unseal(
            row.key_version, row.sealed_key, about(row.id, "key")
        )


def test_no_secret_it_has_opens_what_was_sent(
    patients_side: Flask, patients_folder: Path, sender: Patient
) -> None:
    row, store = row_of(patients_side), patients_side.extensions["store"]
    root = bytes.fromhex((patients_folder / "keys/root.key").read_text())
    token = cookie(sender.browser)
    held = [root, store.keys.token_wrapping(token), store.keys.token_locator(token)]
    held += [value for value in vars(store.keys).values() if isinstance(value, bytes)]
    held += [value for value in row if isinstance(value, bytes) and len(value) == 32]

    opened = 0
    for key in held:
        for name in ("key", "headline", "contents"):
            sealed = row.sealed_key if name == "key" else getattr(row, name)
            with pytest.raises(Broken):
                opened += bool(unseal(key, sealed, about(row.id, name)))

    assert opened == 0


@pytest.mark.usefixtures("sender")
def test_its_files_show_nothing_of_who_sent(patients_side: Flask, patients_folder: Path) -> None:
    patients_side.extensions["store"].database.forget()
    files = [file for file in patients_folder.rglob("*") if file.is_file()]
    stolen = b"".join(file.read_bytes() for file in files)

    said = [*MARKED.values(), "Marker of a question"]
    assert [] == [text for text in said if any(form in stolen for form in forms(text))]


def test_what_it_gives_back_is_the_patients_own_draft_and_not_how_to_reach_them(
    patients_side: Flask, sender: Patient
) -> None:
    store = patients_side.extensions["store"]
    draft = store.drafts.open(cookie(sender.browser))

    assert "Marker of a question" in str(draft.state)
    assert [] == [text for text in MARKED.values() if text in str(draft.state)]
    # And with the draft gone, nothing is left that any request could show.
    sender.go("/delete").press("Delete my answers")
    for address in ("/sent", "/summary", "/summary.json", "/send"):
        assert "Marker" not in sender.go(address).page.get_text()


@pytest.mark.usefixtures("sender")
def test_the_staff_side_opens_it_with_the_key_that_only_it_has(
    patients_side: Flask, patients_folder: Path, staff_folder: Path
) -> None:
    # What is still in the log of the database goes to its one file.
    patients_side.extensions["store"].database.forget()
    shutil.copy2(patients_folder / "screener.db", staff_folder / "screener.db")

    intake = Intake.open(settings_of(staff_folder))

    with intake.database.reading() as connection:
        found = intake.submissions.opened(connection.execute(select(submission)).one())
    intake.close()
    assert MARKED.items() <= found.contents["contact"].items()
    assert "Marker of a question" == found.contents["answers"]["questions"]
