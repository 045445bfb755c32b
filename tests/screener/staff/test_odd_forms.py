"""Forms that no page of ours made: anybody with the clinic's public key can seal one."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from screener.store.models import submission
from tests.screener.store.arriving import arrive, whole
from tests.staff import Member, at_work, intake_of

PAGES = ("", "/print", "/summary.pdf")


@pytest.fixture
def sam(app: Flask) -> Member:
    intake_of(app).need_clinic_key()
    return at_work(app)


@pytest.mark.parametrize(
    ("part", "holds", "rest"),
    [
        *(("contact", one, rest) for one in (None, {"name": 5}) for rest in PAGES),
        ("contact", {"phone": ["x"]}, ""),
        ("shown", None, ""),
        ("shown", [{}], ""),
    ],
)
def test_a_record_that_no_patient_page_made_is_not_shown(
    app: Flask, sam: Member, part: str, holds: Any, rest: str
) -> None:
    made = whole()
    form = arrive(intake_of(app), replace(made, contents=made.contents | {part: holds}))

    sam.go(f"/staff/forms/{form}{rest}")

    assert sam.response is not None
    assert 409 == sam.response.status_code
    assert "This form cannot be opened" == sam.heading


@pytest.mark.parametrize("rest", PAGES)
def test_a_record_of_a_version_that_asked_for_less_or_more_is_shown(
    app: Flask, sam: Member, rest: str
) -> None:
    made = whole()
    contents = made.contents | {"contact": {"phone": "+1 555 0134", "pager": 7}}
    form = arrive(intake_of(app), replace(made, contents=contents))

    sam.go(f"/staff/forms/{form}{rest}")

    assert sam.response is not None
    assert 200 == sam.response.status_code


@pytest.mark.parametrize(
    ("rest", "typed"),
    [
        ("note", {"note": "Called."}),
        ("status", {"status": "closed", "reason": "done", "owner": ""}),
        ("contact", {"way": "phone", "outcome": "reached", "when": "", "contact_note": ""}),
    ],
)
def test_nothing_is_written_about_a_record_that_was_tampered_with(
    app: Flask, sam: Member, rest: str, typed: dict[str, str]
) -> None:
    form = arrive(intake_of(app), whole())
    proof = sam.go(f"/staff/forms/{form}").filled_in("")[1]["csrf_token"]
    with intake_of(app).database.writing() as connection:
        connection.execute(update(submission).values(reference="BCDF-GHJK"))

    sent = {"csrf_token": proof, "version": "0", **typed}
    answer = sam.browser.post(f"/staff/forms/{form}/{rest}", data=sent)

    assert 409 == answer.status_code
    assert "This form cannot be opened" in answer.text
