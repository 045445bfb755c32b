"""A notice reaches the clinic, says next to nothing, and is tried again until it does."""

import email
import io
import json

import pytest
from sqlalchemy import select

from screener import logs
from screener.notices import deliver
from screener.store import Intake, Store
from screener.store.models import submission
from screener.store.notices import TRIES, WAITS, Notice
from tests.screener.notices.conftest import SECRET, Clinic
from tests.screener.notices.receivers import Hook, Mailbox
from tests.screener.store.conftest import Clock
from tests.screener.store.test_submissions import PARCEL


def to(mailbox: Mailbox) -> str:
    return f"""
email_to = "intake@river.example"
email_from = "screener@river.example"
smtp_host = "127.0.0.1"
smtp_port = {mailbox.port}
smtp_security = "none"
"""


def urgent(store: Store, intake: Intake) -> str:
    """Somebody sends an urgent form, and the staff side finds it; return its reference."""
    opened = store.drafts.begin()
    store.drafts.send(opened.token, PARCEL)
    with intake.database.writing() as connection:
        where = submission.c.draft_id == opened.draft.id
        found = connection.execute(select(submission.c.id).where(where)).scalar_one()
        intake.notices.add(connection, found, intake.now())
    return opened.draft.reference


def given_up(intake: Intake) -> list[Notice]:
    with intake.database.reading() as connection:
        return intake.notices.undelivered(connection)


def test_an_e_mail_says_that_a_form_waits_and_where(clinic: Clinic, mailbox: Mailbox) -> None:
    store, intake, settings = clinic(to(mailbox))
    reference = urgent(store, intake)

    arrived = deliver(intake, settings)

    (text,) = mailbox.mails
    mail = email.message_from_string(text)
    assert 1 == arrived
    assert "A new urgent form waits" == mail["Subject"]
    assert ("screener@river.example", "intake@river.example") == (mail["From"], mail["To"])
    assert (
        "A new urgent form waits for River Clinic.\r\n\r\n"
        "Sign in to read it: https://staff.example/staff\r\n"
    ) == mail.get_payload()
    said = text.replace(mail["Message-ID"], "")  # drawn at random, and any three digits are in it
    assert said != text
    assert [] == [word for word in (reference, "Jo", "Example", "point", "555") if word in said]


def test_a_call_says_the_same_and_is_signed(clinic: Clinic, hook: Hook) -> None:
    store, intake, settings = clinic(f'webhook = "{hook.address}"', SCREENER_WEBHOOK_SECRET=SECRET)
    reference = urgent(store, intake)

    arrived = deliver(intake, settings)

    ((path, _headers, body),) = hook.calls
    assert (1, "/new?from=screener") == (arrived, path)
    assert {
        "type": "urgent_form_waits",
        "clinic": "River Clinic",
        "queue": "https://staff.example/staff",
    } == json.loads(body)
    assert reference.encode() not in body


def test_both_ways_are_used_and_each_once(clinic: Clinic, mailbox: Mailbox, hook: Hook) -> None:
    said = f'{to(mailbox)}webhook = "{hook.address}"'
    store, intake, settings = clinic(said, SCREENER_WEBHOOK_SECRET=SECRET)
    urgent(store, intake)

    assert (2, 0) == (deliver(intake, settings), deliver(intake, settings))
    assert (1, 1) == (len(mailbox.mails), len(hook.calls))


def test_a_notice_keeps_its_id_through_all_tries_and_is_given_up_at_last(
    clinic: Clinic, hook: Hook, clock: Clock
) -> None:
    store, intake, settings = clinic(f'webhook = "{hook.address}"', SCREENER_WEBHOOK_SECRET=SECRET)
    urgent(store, intake)
    hook.answers = lambda: (500, {})
    for wait in (*WAITS, 0):
        assert 0 == deliver(intake, settings)
        clock.turn(seconds=wait)

    (failed,) = given_up(intake)

    assert TRIES == len(hook.calls)
    assert {failed.id} == {headers["webhook-id"] for _path, headers, _body in hook.calls}
    assert ("status_500", TRIES) == (failed.fault, failed.tries)
    clock.turn(days=2)
    assert 0 == deliver(intake, settings)
    assert TRIES == len(hook.calls)


def test_one_that_was_given_up_arrives_when_it_is_tried_again(
    clinic: Clinic, hook: Hook, clock: Clock
) -> None:
    store, intake, settings = clinic(f'webhook = "{hook.address}"', SCREENER_WEBHOOK_SECRET=SECRET)
    urgent(store, intake)
    hook.answers = lambda: (503, {})
    for wait in (*WAITS, 0):
        deliver(intake, settings)
        clock.turn(seconds=wait)
    (failed,) = given_up(intake)
    hook.answers = lambda: (204, {})
    with intake.database.writing() as connection:
        intake.notices.again(connection, failed.id, intake.now())

    assert 1 == deliver(intake, settings)
    assert [] == given_up(intake)


def test_one_way_that_fails_holds_up_no_other(clinic: Clinic, mailbox: Mailbox, hook: Hook) -> None:
    said = f'{to(mailbox)}webhook = "{hook.address}"'
    store, intake, settings = clinic(said, SCREENER_WEBHOOK_SECRET=SECRET)
    hook.answers = lambda: (404, {})
    for _ in range(3):
        urgent(store, intake)

    assert 3 == deliver(intake, settings)
    assert (3, 3) == (len(mailbox.mails), len(hook.calls))


def test_the_log_says_what_became_of_it_and_nothing_else(clinic: Clinic, hook: Hook) -> None:
    store, intake, settings = clinic(f'webhook = "{hook.address}"', SCREENER_WEBHOOK_SECRET=SECRET)
    reference = urgent(store, intake)
    lines = io.StringIO()
    logs.configure(lines)
    hook.answers = lambda: (500, {"X-Said": "zopiclone"})

    deliver(intake, settings)

    (line,) = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert ("notice_failed", "webhook", "status_500", 1) == (
        line["event"],
        line["way"],
        line["reason"],
        line["count"],
    )
    assert reference not in lines.getvalue()


@pytest.mark.parametrize("ways", ["", "smtp_port = 25"])
def test_a_clinic_that_wants_no_notice_sends_none(clinic: Clinic, ways: str) -> None:
    store, intake, settings = clinic(ways)
    urgent(store, intake)

    assert 0 == deliver(intake, settings)
