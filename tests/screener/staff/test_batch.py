"""Lists are worked off beside the pages, whatever happens meanwhile."""

import io
import threading
import zipfile
from typing import Any

import pytest
from flask import Flask

from screener import batch
from screener.store import StoreUnavailable
from screener.store.print_jobs import Made
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


def test_a_form_that_was_deleted_is_left_out_of_a_list_that_is_begun_again(
    app: Flask, sam: Member
) -> None:
    intake = intake_of(app)
    one, other = sent(app, "K7QM-4XRT", "BCDF-GHJK")
    intake.delete(one, sam.account.id, "asked")
    job = intake.print_jobs.begin(sam.account.id, [one, other], "clinician", "a4", "zip")

    made = batch.made(intake, job, None)

    with zipfile.ZipFile(io.BytesIO(made.file)) as packed:
        assert ["001-BCDF-GHJK.pdf"] == packed.namelist()


@pytest.mark.parametrize("when", ["between two forms", "when all were printed"])
def test_a_form_that_is_deleted_while_a_list_is_printed_is_in_no_file(
    app: Flask, sam: Member, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    intake, made = intake_of(app), batch.made
    chosen = sent(app, "K7QM-4XRT", "BCDF-GHJK")
    job = intake.print_jobs.begin(sam.account.id, chosen, "clinician", "a4", "pdf")

    def deleted(*given: Any) -> Made:
        printed = None if when == "between two forms" else made(*given)
        intake.delete(chosen[0], sam.account.id, "asked")
        return printed or made(*given)

    monkeypatch.setattr(batch, "made", deleted)
    batch._work(intake, job, None)

    with pytest.raises(LookupError):
        intake.print_jobs.file(job)
    assert "Printing has stopped" == sam.go(f"/staff/print/{job.id}").heading
