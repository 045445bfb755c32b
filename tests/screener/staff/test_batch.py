"""Lists are worked off beside the pages, whatever happens meanwhile."""

import io
import threading
import zipfile

import pytest
from flask import Flask

from screener import batch
from screener.store import StoreUnavailable
from tests.screener.store.arriving import arrive, whole
from tests.staff import Member, at_work, intake_of


@pytest.fixture
def sam(app: Flask) -> Member:
    intake_of(app).need_clinic_key()
    return at_work(app)


def sent(app: Flask, *references: str) -> list[str]:
    return [arrive(intake_of(app), whole(), reference=one) for one in references]


def test_a_list_is_worked_off_beside_the_pages(app: Flask, sam: Member) -> None:
    sent(app, "K7QM-4XRT")

    sam.go("/staff/print").press("Make the file")
    for thread in threading.enumerate():
        if thread.name == "print list":
            thread.join()

    assert "The file is ready" == sam.go(sam.at).heading


def test_a_list_that_fails_says_so_at_once(
    app: Flask, sam: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    intake = intake_of(app)
    job = intake.print_jobs.begin(sam.account.id, sent(app, "K7QM-4XRT"), "patient", "a4", "pdf")
    monkeypatch.setattr(batch, "merged", None)

    batch._work(intake, job, None)

    sam.go(f"/staff/print/{job.id}")
    assert "Printing has stopped" == sam.heading
    assert ["print_list_stopped"] == [one.getMessage() for one in caplog.records if one.exc_info]


def test_a_list_that_the_database_stops_is_logged_with_the_reason_and_no_traceback(
    app: Flask, sam: Member, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    intake = intake_of(app)
    job = intake.print_jobs.begin(sam.account.id, sent(app, "K7QM-4XRT"), "patient", "a4", "pdf")
    monkeypatch.setattr(batch, "made", full)

    batch._work(intake, job, None)

    logged = [(one.getMessage(), one.__dict__["reason"], one.exc_info) for one in caplog.records]
    assert [("print_list_stopped", "full", None)] == logged
    assert "Printing has stopped" == sam.go(f"/staff/print/{job.id}").heading


def full(*_given: object) -> None:
    raise StoreUnavailable("full")


def test_forms_that_were_deleted_meanwhile_are_left_out(app: Flask, sam: Member) -> None:
    intake = intake_of(app)
    one, other = sent(app, "K7QM-4XRT", "BCDF-GHJK")
    job = intake.print_jobs.begin(sam.account.id, [one, other], "clinician", "a4", "zip")
    intake.delete(one, sam.account.id, "asked")

    made = batch.made(intake, job, None)

    with zipfile.ZipFile(io.BytesIO(made.file)) as packed:
        assert ["001-BCDF-GHJK.pdf"] == packed.namelist()
