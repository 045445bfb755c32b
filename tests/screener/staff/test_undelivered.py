"""Notices that did not arrive, as leads see them."""

from flask import Flask
from sqlalchemy import insert, select

from screener.store import Intake
from screener.store.models import audit, notice
from tests.screener.staff.sending import sent
from tests.staff import Member, at_work


def given_up(intake: Intake, form: str, way: str, fault: str) -> None:
    row = {"kind": way, "submission_id": form, "fault": fault, "state": "failed", "tries": 8}
    row |= {"id": f"{way}{fault}"[:32], "due_at": 0, "made_at": intake.now()}
    with intake.database.writing() as connection:
        connection.execute(insert(notice).values(row))


def table(member: Member) -> list[list[str]]:
    rows = member.page.select("tbody tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]


def test_without_any_the_page_says_so(lead: Member) -> None:
    lead.go("/staff/notices")

    assert "Every notice arrived" in lead.page.get_text()
    assert [] == lead.page.select("main form, main table")


def test_each_says_which_form_it_was_about_and_why_it_failed(
    app: Flask, intake: Intake, lead: Member
) -> None:
    form, reference = sent(app)
    given_up(intake, form, "email", "no_connection")
    given_up(intake, form, "webhook", "status_500")

    lead.go("/staff/notices")

    assert [
        ["2026-11-22 10:30", reference, "E-mail", "There was no connection."],
        ["2026-11-22 10:30", reference, "Webhook", "status_500"],
    ] == table(lead)


def test_all_are_tried_again_and_the_trail_tells_it(
    app: Flask, intake: Intake, lead: Member
) -> None:
    form, _ = sent(app)
    given_up(intake, form, "email", "timeout")

    lead.go("/staff/notices").press("Try all of them again")

    assert "/staff/notices" == lead.at
    assert [] == table(lead)
    with intake.database.reading() as connection:
        state = connection.execute(select(notice.c.state, notice.c.tries)).one()
        last = select(audit.c.action).order_by(audit.c.seq.desc()).limit(1)
        assert ("waiting", 0) == tuple(state)
        assert "notices_tried_again" == connection.execute(last).scalar()


def test_a_lead_is_told_on_the_queue_and_a_reviewer_is_not(
    app: Flask, intake: Intake, lead: Member
) -> None:
    form, _ = sent(app)
    reviewer = at_work(app, "reviewer", "Sam Lee")
    said = "did not reach the clinic"
    assert said not in lead.go("/staff/queue").page.get_text()

    given_up(intake, form, "email", "timeout")

    assert said in lead.go("/staff/queue").page.get_text()
    assert said not in reviewer.go("/staff/queue").page.get_text()
    assert "/staff/notices" == lead.follow("See why").at
