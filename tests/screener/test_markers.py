"""A whole journey with a mark in all that is typed, and where no mark may be found afterwards.

Not in logs, figures, addresses, titles, cookies, mails or calls; not in any byte below the data
folder, or of a PostgreSQL; nothing is opened to write beside that folder, and nobody else called.
"""

import base64
import io
import logging
import os
import re
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, Response
from prometheus_client import generate_latest

from screener import batch, logs
from screener.app import create_app
from screener.metrics import Figures
from screener.notices import deliver, mail, webhook
from screener.settings import Settings
from screener.settings.notices import SECRET
from screener.web import traffic
from tests.opened import listening
from tests.postgres import MIGRATED, Databases, bytes_below
from tests.screener.notices.receivers import Hook, Mailbox
from tests.screener.store.test_sealing import forms
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
TYPED = (*MARKS.values(), "Zopiclon", "zopiclon", "555 9071", "15559071")
CHOSEN = ("sertraline", "bipolar_1", "heart_attack", "heart_failure", "fainted", "lithium")

# Which files show what was typed in them as it is: not those that are packed.
SHOWN = [False, False, True, True, True, False, False, True, True, False]


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
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files would be, of the program and of the engines: nothing was ever there."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    os.utime(folder, (0, 0))  # the time changes with whatever is made in it, gone again or not
    return folder


Stolen = Callable[[], tuple[bytes, bytes]]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> tuple[str, Stolen]:
    """Give an address, and how to steal the files: what many databases share, and its own."""
    if request.param == "sqlite":
        return "", lambda: (b"", b"")
    databases: Databases = request.getfixturevalue("databases")
    server = databases.server
    address = server.new("marked", like=MIGRATED)
    return address, lambda: (server.bytes_of_log(), server.bytes_of("marked"))


@dataclass
class Clinic:
    """An application, whom it tells, and what a thief of its database gets."""

    app: Flask
    figures: Figures
    mailbox: Mailbox
    hook: Hook
    stolen: Stolen


@pytest.fixture
def clinic(
    tmp_path: Path,
    database: tuple[str, Stolen],
    outside: Outside,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Clinic]:
    hash_quickly(monkeypatch)
    for way in (mail, webhook):
        monkeypatch.setattr(way, "PATIENCE", 60.0)
    address, stolen = database
    around = {"SCREENER_DATABASE": address, SECRET: "a secret that signs, and is long enough"}
    file, figures = tmp_path / "clinic.toml", Figures()
    with Mailbox() as mailbox, Hook() as hook:
        file.write_text(said(mailbox, hook))
        settings = Settings.load(file, tmp_path / "data", environment=around)
        listeners = (traffic.log_it, figures.answered)
        app = create_app(settings, content_once(), listeners=listeners)
        app.after_request(outside.see)
        app.wsgi_app = outside.listen(app.wsgi_app)  # type: ignore[method-assign]
        figures.listen_to_the_log()
        figures.watch([], intake_of(app))
        intake_of(app).need_clinic_key()
        yield Clinic(app, figures, mailbox, hook, stolen)


def said(mailbox: Mailbox, hook: Hook) -> str:
    return f"""[notices]
    email_to = "intake@river.example"
    email_from = "screener@river.example"
    smtp_host = "127.0.0.1"
    smtp_port = {mailbox.port}
    smtp_security = "none"
    webhook = "{hook.address}"
    """


def patient_sends(app: Flask) -> list[bytes]:
    """Answer all, send it, and return the files that a patient may keep."""
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
    kept = ("summary/summary.pdf?copy=patient", "summary/summary.pdf?copy=clinician")
    others = ("summary.txt", "summary.json", "summary/print")
    return [patient.browser.get(f"/{address}").data for address in (*kept, *others)]


def staff_work(app: Flask, outside: Outside) -> list[bytes]:
    """Do all that staff can with a form, and return the files that they may keep."""
    member = at_work(app, "lead")
    member.go("/staff/queue").press("Find", typed="Zopiclonova").follow(MARKS["name"])
    record = member.at
    member.press("Keep this contact", outcome="reached", contact_note=MARKS["contact_note"])
    member.go(record).press("Keep this note", note=MARKS["note"])
    files = [on_paper(member, made_as) for made_as in ("pdf", "zip")]
    member.go(record).press("Change", status="closed")
    for address in ("/staff/trail", "/staff/figures", "/staff/queue?status=closed"):
        member.go(address)
    files += [exported(member, made_as) for made_as in ("csv", "jsonl", "pdf")]
    for packed in (files[1], files[-1]):
        outside.names_of_files += zipfile.ZipFile(io.BytesIO(packed)).namelist()
    member.go("/staff/queue?status=closed")
    return files


def on_paper(member: Member, made_as: str) -> bytes:
    member.go("/staff/print").press("Make the file", made_as=made_as)
    for thread in threading.enumerate():
        if batch.NAME == thread.name:
            thread.join()
    link = next(a for a in member.go(member.at).page.select("main a.btn"))
    return bytes(member.browser.get(str(link["href"])).data)


def exported(member: Member, made_as: str) -> bytes:
    member.go("/staff/export").press("Export", format=made_as, purpose="care")
    assert member.response is not None
    return bytes(member.response.data)


def test_no_mark_and_no_answer_leaves_by_a_side_door(
    clinic: Clinic, outside: Outside, tmp_path: Path, nowhere: Path
) -> None:
    app = clinic.app
    with listening() as ear:
        files = [*patient_sends(app), *staff_work(app, outside)]
        assert 2 == deliver(intake_of(app), app.extensions["screener"].settings)
    kinds = {
        "log": outside.log.getvalue(),
        "figures": generate_latest(clinic.figures.registry).decode(),
        "addresses": "\n".join(outside.addresses),
        "cookies": "\n".join(outside.cookies),
        "titles": "\n".join(outside.titles),
        "names of files": "\n".join(outside.names_of_files),
        "mails": "\n".join(clinic.mailbox.mails),
        "calls": "\n".join(map(str, clinic.hook.calls)),
    }
    shared, own = clinic.stolen()
    disk = bytes_below(tmp_path / "data") + own  # keys too
    stolen = shared + disk

    shown = "\n".join(outside.pages)
    assert [] == [mark for mark in MARKS.values() if mark not in shown]
    assert SHOWN == [MARKS["other_meds"].encode() in file for file in files]
    assert [] == [
        (kind, word) for kind, text in kinds.items() for word in (*TYPED, *CHOSEN) if word in text
    ]
    assert all(kinds.values())
    assert b"Sam Lee" in disk  # the right files
    assert [] == [word for word in (*TYPED, *CHOSEN) if word.encode() in disk]
    assert [] == [mark for mark in MARKS.values() if any(map(stolen.count, forms(mark)))]
    assert [] == [
        name for name in ear.opened if not name.startswith(f"{tmp_path / 'data'}{os.sep}")
    ]
    assert {("127.0.0.1", one.port) for one in (clinic.mailbox, clinic.hook)} == ear.called
    assert (0, []) == (nowhere.stat().st_mtime, list(nowhere.iterdir()))
