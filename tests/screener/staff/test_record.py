"""A record: the answers, why they matter, and what is done about it, with nothing lost."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from screener.store import StoreUnavailable
from screener.store.audit import Audit
from screener.store.models import audit
from tests.screener.store.arriving import arrive, row, whole
from tests.staff import Member, at_work, intake_of

CRISIS = {"si_passive": "yes", "si_active": "yes", "si_intent": "yes", "si_now": "yes"}


@pytest.fixture
def sam(app: Flask) -> Member:
    intake_of(app).need_clinic_key()
    return at_work(app)


@pytest.fixture
def form(app: Flask) -> str:
    intake_of(app).need_clinic_key()
    return arrive(intake_of(app), whole(**CRISIS, memory_dx="prefer_not", seizure="not_sure"))


def text(member: Member) -> str:
    return " ".join(member.page.get_text(" ").split())


def trail(app: Flask) -> list[tuple[str, str]]:
    with intake_of(app).database.reading() as connection:
        lines = connection.execute(select(audit).order_by(audit.c.seq)).all()
        return [(line.action, line.detail) for line in lines]


def said(app: Flask, form: str) -> Any:
    return row(intake_of(app), form)


def test_a_record_shows_who_how_urgent_and_why(sam: Member, form: str) -> None:
    sam.go("/staff/queue").follow("Jo Example")

    assert f"/staff/forms/{form}" == sam.at
    assert sam.heading.startswith("Jo Example")
    assert "Call today." in text(sam)
    assert "+1 555 0134" in text(sam)
    assert "Do not name the clinic in a message." in text(sam)
    assert "R-SUI-NOW" in text(sam)


def test_the_title_and_the_address_name_no_person(sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}")

    assert sam.page.title is not None
    assert re.match(r"Form [0-9A-Z]{4}-[0-9A-Z]{4} – ", sam.page.title.get_text())


def test_the_reasons_for_no_answer_are_told_apart(sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}")

    gaps = {gap.get_text() for gap in sam.page.select(".answers .gap")}
    assert {"I am not sure", "I would rather not say", "Not answered"} <= gaps
    assert "Not asked:" in text(sam)


def test_nobody_sees_a_record_without_a_line_in_the_trail(
    sam: Member, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise StoreUnavailable("full")

    monkeypatch.setattr(Audit, "add", fail)

    sam.go(f"/staff/forms/{form}")

    assert sam.response is not None
    assert 503 == sam.response.status_code
    assert "Jo Example" not in sam.response.text


def test_seeing_and_printing_are_in_the_trail_and_on_the_record(
    app: Flask, sam: Member, form: str
) -> None:
    sam.go(f"/staff/forms/{form}").go(f"/staff/forms/{form}/print?copy=patient")

    sam.go(f"/staff/forms/{form}")

    assert [("record_seen", ""), ("record_printed", "patient"), ("record_seen", "")] == trail(app)[
        -3:
    ]
    assert "Printed a form (patient copy)" in text(sam)


def test_looks_of_one_person_in_a_row_are_one_line_so_that_notes_are_found(
    app: Flask, sam: Member, form: str
) -> None:
    kim = at_work(app, "lead", "Kim Roe")
    for who in (sam, kim, sam, sam, sam):
        who.go(f"/staff/forms/{form}")

    told = [line.get_text(" ", strip=True) for line in sam.page.select(".history li")]
    assert ["Sam Lee : Looked at a form, 3 times", "Kim Roe : Looked at a form"] == [
        line[len("2026-11-22 10:30 ") :] for line in told[:2]
    ]
    assert 5 == len([action for action, _ in trail(app) if action == "record_seen"])


def test_a_contact_takes_the_form_off_the_top(app: Flask, sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}")

    sam.press("Keep this contact", outcome="reached", contact_note="Safe with her sister.")

    kept = said(app, form)
    assert (1, "spoke") == (kept.turn, kept.status)
    assert "Phone call: Reached the person" in text(sam)
    assert "Safe with her sister." in text(sam)
    assert "Call today." not in text(sam)


def test_an_attempt_that_reached_nobody_leaves_it_on_top(
    app: Flask, sam: Member, form: str
) -> None:
    sam.go(f"/staff/forms/{form}").press("Keep this contact", outcome="nobody")

    kept = said(app, form)
    assert (0, "called") == (kept.turn, kept.status)
    assert "Call today." in text(sam)


def test_a_contact_may_have_been_earlier_but_not_later(sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}")

    sam.press("Keep this contact", outcome="message", when="2999-01-01 10:00", contact_note="Note")

    assert ["Write the day and time like this: 2026-11-22 14:30. Or leave it empty."] == (
        sam.problems
    )
    note = sam.page.select_one("#contact_note")
    assert note is not None
    assert "Note" == note.get_text().strip()
    sam.press("Keep this contact", outcome="message", when="2026-11-22 08:00")
    assert "(2026-11-22 08:00)" in text(sam)


def test_closing_takes_a_reason(app: Flask, sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}").press("Change", status="closed")

    assert ["Select why the form is closed"] == sam.problems
    sam.press("Change", status="closed", reason="unreached", owner=sam.account.id)
    kept = said(app, form)
    assert ("closed", sam.account.id) == (kept.status, kept.owner_id)
    assert "Closed: We could not reach the person" in text(sam)


def test_a_closed_form_can_be_opened_again(app: Flask, sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}").press("Change", status="closed", reason="other")

    sam.press("Change", status="waiting")

    assert "waiting" == said(app, form).status
    assert "Changed the status to Waiting" in text(sam)


def test_a_finding_is_answered_and_stays_as_it_is(sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}")
    before = [head.get_text() for head in sam.page.select(".point h3")]
    form_of = sam.page.select_one("input[name=rule][value=R-SUI-NOW]")
    assert form_of is not None

    sam.send(
        (
            f"/staff/forms/{form}/finding",
            {
                "csrf_token": token(sam),
                "version": "0",
                "rule": "R-SUI-NOW",
                "finding_note": "Asked on the phone: no plan.",
            },
        )
    )

    assert before == [head.get_text() for head in sam.page.select(".point h3")]
    assert "Sam Lee, 2026-11-22 10:30: Asked on the phone: no plan." in text(sam)


def token(member: Member) -> str:
    field = member.page.select_one("input[name=csrf_token]")
    assert field is not None
    return str(field["value"])


def test_two_people_who_edit_lose_nothing(app: Flask, sam: Member, form: str) -> None:
    kim = at_work(app, "lead", "Kim Roe")
    sam.go(f"/staff/forms/{form}")
    kim.go(f"/staff/forms/{form}")
    sam.press("Keep this note", note="Her sister knows.")

    kim.press("Keep this note", note="Prefers mornings.")

    assert kim.response is not None
    assert 409 == kim.response.status_code
    assert "Sam Lee changed this at 2026-11-22 10:30 UTC: Wrote a note" in text(kim)
    kim.press("Keep this note")
    assert "Her sister knows." in text(kim)
    assert "Prefers mornings." in text(kim)


def test_the_same_note_sent_twice_is_kept_once(sam: Member, form: str) -> None:
    sent = sam.go(f"/staff/forms/{form}").filled_in("Keep this note", note="Once")

    sam.send(sent)
    sam.send(sent)

    assert 1 == text(sam).count("Once")


HOSTILE: list[dict[str, Any]] = [
    {},
    {"way": "carrier pigeon", "outcome": "reached"},
    {"way": "phone", "outcome": ["reached", "nobody"], "when": "\x00"},
    {"status": "cured"},
    {"status": "booked", "owner": "nobody-i-know"},
    {"note": " \r\n "},
    {"note": "x" * 5000},
    {"rule": "R-NOT-THERE", "finding_note": "x"},
    {"version": "9" * 400, "note": "Kept"},
    {"version": "-1", "note": "Kept"},
    {"version": "٣", "note": "Kept"},
]


@pytest.mark.parametrize("what", ["contact", "status", "note", "finding"])
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_cannot_be_kept_is_said_and_changes_nothing(
    app: Flask, sam: Member, form: str, what: str, typed: dict[str, Any]
) -> None:
    sam.go(f"/staff/forms/{form}")
    before = tuple(said(app, form))

    sam.send((f"/staff/forms/{form}/{what}", {"csrf_token": token(sam), **typed}))

    assert sam.response is not None
    assert sam.response.status_code in {400, 409, 422}
    assert before == tuple(said(app, form))


@pytest.mark.parametrize("form_id", ["0" * 32, "x", "..", "%00", "K7QM-4XRT"])
@pytest.mark.parametrize("rest", ["", "/print", "/summary.pdf"])
def test_a_record_that_is_not_there_is_not_found(sam: Member, form_id: str, rest: str) -> None:
    sam.go(f"/staff/forms/{form_id}{rest}")

    assert sam.response is not None
    assert sam.response.status_code in {308, 404}


def test_a_record_that_was_changed_in_the_database_is_not_shown(app: Flask, sam: Member) -> None:
    form = arrive(intake_of(app), whole(), contents=b"\x01" + b"x" * 200)

    sam.go(f"/staff/forms/{form}")

    assert sam.response is not None
    assert 409 == sam.response.status_code
    assert "This form cannot be opened" == sam.heading


def test_a_copy_on_paper_says_whose_it_is(sam: Member, form: str) -> None:
    sam.go(f"/staff/forms/{form}/print?copy=clinician&paper=letter")

    assert "Jo Example" in text(sam)


def test_a_pdf_has_a_name_that_tells_nothing(sam: Member, form: str) -> None:
    sent = sam.browser.get(f"/staff/forms/{form}/summary.pdf?copy=patient")

    assert b"%PDF" == sent.data[:4]
    assert 'inline; filename="form.pdf"' == sent.headers["Content-Disposition"]


@pytest.mark.parametrize("asked", ["copy=nobody", "paper=papyrus"])
def test_a_copy_that_is_not_known_is_not_found(sam: Member, form: str, asked: str) -> None:
    assert 404 == sam.browser.get(f"/staff/forms/{form}/print?{asked}").status_code
