"""A whole journey with a mark in all that is typed: none in logs, figures, addresses or mails."""

import base64
import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response
from prometheus_client import generate_latest

from screener import logs
from screener.app import create_app
from screener.metrics import Figures
from screener.notices import deliver
from screener.settings import Settings
from screener.web import traffic
from tests.screener.notices.receivers import Mailbox
from tests.screener.wizard.conftest import content_once
from tests.screener.wizard.people import BUSY, CRISIS, TRIAL
from tests.staff import Member, at_work, hash_quickly, intake_of
from tests.web import Patient, browser

MARKS = {
    "name": "Marka Zopiclonova",
    "phone": "+1 555 9071 3342",
    "email": "marka.zopiclonova@mark.example",
    "other_meds": "other-zopiclone-mark",
    "questions": "question-zopiclone-mark",
    "med_other": "medicine-zopiclone-mark",
    "contact_note": "contact-zopiclone-mark",
    "note": "note-zopiclone-mark",
}
ANSWERS = BUSY | CRISIS | {"country": "US"} | {k: MARKS[k] for k in ("other_meds", "questions")}
# What was chosen rather than typed, where the word is not one that the program uses for itself.
CHOSEN = ("sertraline", "bipolar_1", "heart_attack", "heart_failure", "fainted", "lithium")


@dataclass
class Outside:
    """All that leaves the process, or is written down in the clear, beside the pages themselves."""

    log: io.StringIO = field(default_factory=io.StringIO)
    addresses: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    names_of_files: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def see(self, response: Response) -> Response:
        """Read a page."""
        if response.mimetype == "text/html" and not response.direct_passthrough:
            page = response.get_data(as_text=True)
            self.pages.append(page)
            title = BeautifulSoup(page, "html.parser").title
            self.titles.append(title.get_text() if title else "")
        return response

    def listen(self, app: Any) -> Any:
        """Stand between the application and the server, where all headers are."""

        def called(environ: dict[str, Any], start: Any) -> Any:
            self.addresses.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")

            def starting(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
                for name, value in headers:
                    self.heard(name, value)
                return start(status, headers, *more)

            return app(environ, starting)

        return called

    def heard(self, name: str, value: str) -> None:
        if name == "Location":
            self.addresses.append(value)
        if name == "Content-Disposition":
            self.names_of_files.append(value)
        if name == "Set-Cookie":
            self.cookies += [value, *(read(part) for part in re.split(r"[=.;]", value))]


def read(part: str) -> str:
    """What base64 hides, if it is that."""
    try:
        return base64.urlsafe_b64decode(part + "==").decode("latin-1")
    except ValueError:
        return ""


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def outside() -> Iterator[Outside]:
    seen = Outside()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.configure(seen.log, logging.DEBUG)
    root.setLevel(logging.DEBUG)  # libraries too, at their most talkative
    yield seen
    root.handlers[:] = before[0]
    root.setLevel(before[1])


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.fixture
def app(
    tmp_path: Path,
    mailbox: Mailbox,
    outside: Outside,
    figures: Figures,
    monkeypatch: pytest.MonkeyPatch,
) -> Flask:
    hash_quickly(monkeypatch)
    clinic = tmp_path / "clinic.toml"
    clinic.write_text(
        f"""[notices]
        email_to = "intake@river.example"
        email_from = "screener@river.example"
        smtp_host = "127.0.0.1"
        smtp_port = {mailbox.port}
        smtp_security = "none"
        """
    )
    settings = Settings.load(clinic, tmp_path / "data", environment={})
    listeners = (traffic.log_it, figures.answered)
    app = create_app(settings, content_once(), listeners=listeners)
    app.after_request(outside.see)
    app.wsgi_app = outside.listen(app.wsgi_app)  # type: ignore[method-assign]
    figures.listen_to_the_log()
    figures.watch([], intake_of(app))
    intake_of(app).need_clinic_key()
    return app


def patient_sends(app: Flask) -> None:
    patient = Patient(browser(app)).start()
    patient.walk(ANSWERS, until="/form/medicines-tried")
    patient.follow("Add a medicine").press("Add this medicine", **TRIAL)
    other = TRIAL | {"med": "other_antidepressant", "med_other": MARKS["med_other"]}
    patient.follow("Add another").press("Add this medicine", **other)
    patient.walk(ANSWERS).press("Make my summary")
    contact = {name: MARKS[name] for name in ("name", "phone", "email")}
    patient.go("/send").press("Send my answers", **contact | {"phone": "no number"})
    patient.press("Send my answers", **contact)
    assert "/sent" == patient.at


def staff_work(app: Flask) -> Member:
    member = at_work(app, "lead")
    member.go("/staff/queue").press("Find", typed="Zopiclonova").follow(MARKS["name"])
    record = member.at
    member.press("Keep this contact", outcome="reached", contact_note=MARKS["contact_note"])
    member.go(record).press("Keep this note", note=MARKS["note"])
    member.go(record).press("Change", status="closed")
    for address in ("/staff/trail", "/staff/figures", "/staff/queue?status=closed"):
        member.go(address)
    member.go("/staff/export").press("Export", format="csv", purpose="care")
    return member


def test_no_mark_and_no_answer_leaves_by_a_side_door(
    app: Flask, outside: Outside, figures: Figures, mailbox: Mailbox
) -> None:
    patient_sends(app)
    staff_work(app).go("/staff/queue?status=closed")
    assert 1 == deliver(intake_of(app), app.extensions["screener"].settings)
    kinds = {
        "log": outside.log.getvalue(),
        "figures": generate_latest(figures.registry).decode(),
        "addresses": "\n".join(outside.addresses),
        "cookies": "\n".join(outside.cookies),
        "titles": "\n".join(outside.titles),
        "names of files": "\n".join(outside.names_of_files),
        "mails": "\n".join(mailbox.mails),
    }
    shown = "\n".join(outside.pages)
    assert [] == [mark for mark in MARKS.values() if mark not in shown]
    typed = [*MARKS.values(), "Zopiclon", "zopiclone", "555 9071"]
    assert [] == [
        (kind, word) for kind, text in kinds.items() for word in (*typed, *CHOSEN) if word in text
    ]
    assert all(kinds.values())
