"""Export as leads do it."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from screener.store import Intake, exporting
from screener.store.models import audit, submission
from tests.screener.staff.sending import sent
from tests.screener.store.conftest import Clock
from tests.staff import Member


def told(intake: Intake) -> list[tuple[str, str, str]]:
    """The lines of the trail about exports."""
    with intake.database.reading() as connection:
        lines = connection.execute(select(audit).order_by(audit.c.seq)).all()
    return [(one.action, one.object, one.detail) for one in lines if "export" in one.action]


def status(member: Member) -> int:
    assert member.response is not None
    return member.response.status_code


def test_one_form_is_exported_by_its_reference(app: Flask, intake: Intake, lead: Member) -> None:
    form, reference = sent(app)
    sent(app)

    lead.go("/staff/export").press("Export", form=reference, format="jsonl", purpose="asked")

    assert lead.response is not None
    assert reference == json.loads(lead.response.data)["reference"]
    assert [("record_exported", form, "jsonl asked"), ("exported", "", "jsonl asked 1")] == told(
        intake
    )


@pytest.mark.parametrize(
    ("made_as", "name", "kind"),
    [
        ("csv", "export.csv", "text/csv; charset=utf-8"),
        ("jsonl", "export.jsonl", "application/x-ndjson"),
        ("pdf", "export.zip", "application/zip"),
    ],
)
def test_a_file_is_named_after_nobody_and_not_kept(
    app: Flask, lead: Member, made_as: str, name: str, kind: str
) -> None:
    sent(app)

    lead.go("/staff/export").press("Export", format=made_as, purpose="care")

    assert lead.response is not None
    headers = lead.response.headers
    assert f'attachment; filename="{name}"' == headers["Content-Disposition"]
    assert (kind, "no-store") == (headers["Content-Type"], headers["Cache-Control"])


def test_a_zip_holds_a_pdf_for_each_form(app: Flask, lead: Member) -> None:
    references = {sent(app)[1], sent(app)[1]}

    lead.go("/staff/export").press("Export", format="pdf", purpose="care")

    assert lead.response is not None
    packed = zipfile.ZipFile(BytesIO(lead.response.data))
    assert {f"{reference}.pdf" for reference in references} == set(packed.namelist())


def test_only_what_matches_is_exported(app: Flask, intake: Intake, lead: Member) -> None:
    closed, _ = sent(app)
    sent(app)
    with intake.database.writing() as connection:
        row = submission.update().where(submission.c.id == closed)
        connection.execute(row.values(status="closed"))

    lead.go("/staff/export").press("Export", status="closed", format="csv", purpose="review")

    assert [closed] == [about for action, about, _ in told(intake) if action == "record_exported"]


def test_forms_are_counted_before_they_leave(app: Flask, intake: Intake, lead: Member) -> None:
    sent(app)
    sent(app)

    lead.go("/staff/export").press("Only count them", purpose="review")

    assert "2 forms match." in lead.page.get_text()
    assert [] == told(intake)
    chosen = lead.page.select_one("#purpose option[selected]")
    assert chosen is not None
    assert "review" == chosen["value"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"purpose": ""}, "Select what the export is for"),
        ({"form": "Jo Example"}, "Write the reference like this: K7QM-4XRT"),
        ({"form": "BCDF-GHJK"}, "No form matches. Change what you chose."),
        ({"first": "yesterday"}, "Write the day like this: 2026-11-22"),
        ({"last": "9999-99-99"}, "Write the day like this: 2026-11-22"),
        ({"format": "exe"}, "Select what to make"),
        ({"status": "lost"}, "Select a status"),
        ({"level": "9"}, "Select a priority"),
        ({"purpose": "fun"}, "Select what the export is for"),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_leaves(
    app: Flask, intake: Intake, lead: Member, typed: dict[str, Any], expected: str
) -> None:
    sent(app)

    lead.go("/staff/export").press("Export", **{"format": "csv", "purpose": "care"} | typed)

    assert (422, [expected]) == (status(lead), lead.problems)
    assert [] == told(intake)


def test_more_than_one_file_may_hold_is_refused(
    app: Flask, intake: Intake, lead: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", 1)
    sent(app)
    sent(app)

    lead.go("/staff/export").press("Export", format="csv", purpose="care")

    assert ["More than 10,000 forms match. Choose a shorter time."] == lead.problems
    assert [] == told(intake)


def test_an_export_needs_both_factors_to_have_been_shown_lately(
    app: Flask, intake: Intake, lead: Member, clock: Clock
) -> None:
    sent(app)
    lead.go("/staff/export")
    clock.turn(seconds=601)

    lead.press("Export", format="csv", purpose="care")

    assert 403 == status(lead)
    assert [] == told(intake)


def test_the_form_of_a_record_is_chosen_already(lead: Member) -> None:
    lead.go("/staff/export?form=K7QM-4XRT")

    box = lead.page.select_one("#form")
    assert box is not None
    assert "K7QM-4XRT" == box["value"]
