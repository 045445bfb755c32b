"""A patient in crisis sends; a reviewer calls; a lead looks, exports and deletes for good."""

import base64
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

import rules
from screener.store.models import draft, submission
from tests.browser.clinic import Clinic, Member
from tests.browser.conftest import NewContext, browsing
from tests.browser.patient import Patient
from tests.browser.people import person
from tests.browser.printing import said, sheets
from tests.browser.running import served

pytestmark = pytest.mark.browser
NAME, PHONE = "Quentin Unmistakable", "555 010 0177"


@pytest.fixture
def new(chromium: Browser) -> Iterator[NewContext]:
    with browsing(chromium) as opened:
        yield opened


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted((folder / "data").glob("screener.db*")))


def sealed_parts(clinic: Clinic, form: str) -> list[bytes]:
    """All that the database holds of a form, and of the draft it was sent from."""
    with clinic.intake.database.reading() as connection:
        row = connection.execute(select(submission).where(submission.c.id == form)).one()
        copy = connection.execute(select(draft).where(draft.c.id == row.draft_id)).one()
    return [row.sealed_key, row.headline, row.contents, copy.state, copy.key_by_token]


def test_a_form_is_sent_reviewed_exported_and_deleted(
    new: NewContext, address: str, content: rules.Content, tmp_path: Path
) -> None:
    clinic = Clinic(tmp_path)
    lead = Member.comes(new, content, address).starts(clinic.invited("Robin Vale", "lead"))
    reviewer = Member.comes(new, content, address).starts(clinic.invited("Sam Lee", "reviewer"))
    reviewer.go("/staff/account").press("Sign out")
    clinic.sent()

    reference = a_patient_in_crisis_sends(Patient(new().new_page(), content, address))
    form = a_reviewer_calls(reviewer, reference)
    a_lead_looks(lead, form, reference)
    a_lead_exports(lead, reference)
    parts = sealed_parts(clinic, form)
    before = bytes_of(tmp_path)
    a_lead_deletes(lead, form, reference)
    after = bytes_of(tmp_path)

    assert all(part[:40] in before for part in parts[:1])
    assert [] == [part for part in parts if part[1:33] in after or part[-32:] in after]
    assert not any(trace in after for text in (NAME, PHONE, reference) for trace in traces(text))
    assert "Page not found" == reviewer.go(f"/staff/forms/{form}").heading


def traces(text: str) -> list[bytes]:
    """How a text might have slipped into a file."""
    plain = text.encode()
    return [plain, text.encode("utf-16-le"), base64.b64encode(plain)]


def a_patient_in_crisis_sends(patient: Patient) -> str:
    """Fill in the form, and send it; the reference that stands on the screen."""
    patient.go("/").begin().walk(person("crisis"))
    patient.press("Make my summary").follow("Send it to the clinic")
    patient.page.fill("#name", NAME)
    patient.page.fill("#phone", PHONE)
    patient.press("Send my answers")
    assert "/sent" == patient.at
    return patient.page.inner_text(".card .code")


def a_reviewer_calls(sam: Member, reference: str) -> str:
    """Find the form on top of the queue, record the call, print; the id of the form."""
    sam.signs_in("sam.lee@example.org")
    top = sam.page.locator("table.queue tbody tr").first
    assert NAME in top.inner_text()
    assert "Call today" in top.inner_text()
    sam.follow(NAME)
    assert reference in sam.heading
    assert "stays on top of the queue" in sam.text
    sam.types(way="phone", outcome="reached", contact_note="Safe with her sister tonight.")
    sam.press("Keep this contact")
    assert "Safe with her sister tonight." in sam.text
    assert "stays on top of the queue" not in sam.text
    form = sam.at.rpartition("/")[2]
    sam.follow("Clinician copy")
    first, *_more = sheets(sam.page, "letter")
    crisis, name = said(sam.page, ".help-full, .blank dd")
    assert -1 < first.find(crisis) < first.find(name)
    assert reference in sam.text
    return form


def a_lead_looks(robin: Member, form: str, reference: str) -> None:
    """See in the trail what was done about the form, and in the figures that one waits."""
    robin.go(f"/staff/forms/{form}").follow("Trail of this form")
    done = robin.page.locator("tbody tr").all_inner_texts()
    for who, what in (("Sam Lee", "Looked at"), ("Sam Lee", "Changed"), ("Sam Lee", "Printed")):
        assert any(who in line and what in line and reference in line for line in done), what
    assert "The newest lines are whole" in robin.text
    robin.follow("Figures")
    assert "Waiting longest" in robin.text
    assert reference not in robin.text
    assert NAME not in robin.text


def a_lead_exports(robin: Member, reference: str) -> None:
    """Take the form along as a table."""
    robin.go("/staff/export").types(form=reference, format="csv", purpose="transfer")
    with robin.page.expect_download() as download:
        robin.page.get_by_role("button", name="Export").click()
    assert "export.csv" == download.value.suggested_filename
    text = Path(download.value.path()).read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (reference, NAME, "now") == (row["reference"], row["contact_name"], row["level"])


def a_lead_deletes(robin: Member, form: str, reference: str) -> None:
    """Delete the form because the patient asked, and read that it is gone."""
    robin.go(f"/staff/forms/{form}")._leave_by("aside a[href]", "Delete")
    assert f"Delete form {reference}?" == robin.heading
    robin.types(form=reference, reason="asked").press("Delete it for good")
    assert f"Form {reference} is deleted" == robin.heading
    assert "The person asked for it" in robin.text
