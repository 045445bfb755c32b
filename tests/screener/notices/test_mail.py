"""E-mail goes over the clinic's own server, encrypted unless it is this machine."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from screener.notices import mail
from screener.settings.notices import Email
from tests.certificates import certificate
from tests.screener.notices.receivers import Conversation, Mailbox

NAME = "mail.example"


def how(box: Mailbox, **more: Any) -> Email:
    said = {"to": "intake@river.example", "sender": "screener@river.example", "user": ""}
    said |= {"host": "127.0.0.1", "security": "none", "password": "", **more}
    return Email(port=box.port, **said)


def send(to: Email) -> str:
    return mail.send(to, "0123abcd", "River Clinic", "https://staff.example/staff")


def test_it_arrives_with_an_id_that_stays_the_same(mailbox: Mailbox) -> None:
    assert ["", ""] == [send(how(mailbox)), send(how(mailbox))]

    assert 2 == len(mailbox.mails)
    assert all("Message-ID: <0123abcd@river.example>" in text for text in mailbox.mails)
    assert all("Auto-Submitted: auto-generated" in text for text in mailbox.mails)


def test_the_greeting_names_no_machine(mailbox: Mailbox) -> None:
    send(how(mailbox))

    assert "ehlo river.example" == mailbox.said[0].lower()


def test_a_right_password_opens_and_a_wrong_one_is_said(mailbox: Mailbox) -> None:
    mailbox.password = "open sesame"

    right = send(how(mailbox, user="me", password="open sesame"))
    wrong = send(how(mailbox, user="me", password="sesame"))

    assert ("", "password_refused") == (right, wrong)
    assert 1 == len(mailbox.mails)


def test_a_server_without_encryption_gets_neither_password_nor_mail(mailbox: Mailbox) -> None:
    mailbox.password = "open sesame"

    said = send(how(mailbox, security="starttls", user="me", password="open sesame"))

    assert ("no_encryption", []) == (said, mailbox.mails)
    assert [] == [line for line in mailbox.said if line.upper().startswith("AUTH")]


def test_a_server_that_nobody_vouches_for_gets_nothing(mailbox: Mailbox, tmp_path: Path) -> None:
    mailbox.certificate = certificate(tmp_path, NAME)
    mailbox.password = "open sesame"

    said = send(how(mailbox, security="starttls", user="me", password="open sesame"))

    assert ("no_trust", []) == (said, mailbox.mails)
    assert [] == [line for line in mailbox.said if line.upper().startswith("AUTH")]


def test_a_server_that_is_vouched_for_is_spoken_to_in_secret(
    mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.certificate = certificate(tmp_path, NAME)
    trust = ssl.create_default_context(cafile=mailbox.certificate)
    trust.check_hostname = False  # the test knows the server by its number
    monkeypatch.setattr(ssl, "create_default_context", lambda: trust)

    said = send(how(mailbox, security="starttls"))

    assert ("", 1) == (said, len(mailbox.mails))
    assert ["EHLO", "STARTTLS", "EHLO"] == [line.upper().split()[0] for line in mailbox.said[:3]]


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_says_no_is_said(mailbox: Mailbox, command: str) -> None:
    mailbox.refuses = command

    assert "refused" == send(how(mailbox))


def test_a_server_that_is_not_there_is_said(mailbox: Mailbox) -> None:
    nowhere = how(mailbox).model_copy(update={"port": 1})

    assert "no_connection" == send(nowhere)


def test_a_server_that_never_answers_is_given_up(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 0.05)
    monkeypatch.setattr(Conversation, "_say", lambda *_: None)

    assert "no_connection" == send(how(mailbox))
