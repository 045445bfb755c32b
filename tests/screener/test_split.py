"""Two processes, one side each, on one database: what is sent on one is read on the other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Row, select

import rules
from screener.settings import Settings
from screener.store import Intake, Store
from screener.store.clinic_keys import SUITE
from screener.store.derived import derive
from screener.store.models import submission
from screener.store.parcels import about
from screener.store.sealing import Broken, unseal
from tests.postgres import Databases
from tests.screener.serving import Visitor, ask, served
from tests.screener.store.test_submissions import PARCEL
from tests.screener.wizard.conftest import content_once
from tests.screener.wizard.people import JO, quiet
from tests.staff import PASSWORD, hash_quickly
from tests.web import drawn

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the PostgreSQL of the tests needs POSIX")


@dataclass
class Split:
    """A clinic whose sides run apart, each with its own folder of keys."""

    folder: Path
    database: str

    def settings(self, side: str) -> Settings:
        around = {"SCREENER_DATABASE": self.database, "SCREENER_KEYS": str(self.folder / side)}
        return Settings.load(None, self.folder / "data", environment=around)

    @contextmanager
    def serving(self, side: str) -> Iterator[str]:
        """Run one side as a process of its own; give its address."""
        around = {"SCREENER_DATABASE": self.database}
        own = ("--only", side, "--keys", str(self.folder / side))
        with served(self.folder / "data", *own, around=around) as (_, address):
            yield address.removesuffix("/staff").rstrip("/")


@pytest.fixture(params=["sqlite", "postgresql"])
def split(request: pytest.FixtureRequest, tmp_path: Path) -> Split:
    address = ""
    if request.param == "postgresql":
        databases: Databases = request.getfixturevalue("databases")
        address = databases.emptied("split")
    return Split(tmp_path, address)


def answered(split: Split) -> str:
    """Somebody has answered everything; return what their browser holds."""
    content = content_once()
    said = rules.read_answers(content, quiet(content, {"country": "US"}))
    answers = dict(rules.walk(content, said).counted)
    store = Store.open(split.settings("patient"))
    token = store.drafts.begin().token
    changed: dict[str, Any] = {"answers": answers, "content_version": content.version}
    store.drafts.save(token, lambda state: state | changed)
    store.close()
    return token


def signed_in(split: Split) -> str:
    """Somebody of the staff has signed in with both factors; return what their browser holds."""
    intake = Intake.open(split.settings("staff"))
    invited = intake.staff.accounts.add("Sam Lee", "sam@example.org", "reviewer", "command")
    account = intake.staff.passwords.take_up(invited, PASSWORD)
    assert account is not None
    token = intake.staff.sign_ins.begin(account.id, "whole", "")
    intake.need_clinic_key()
    intake.close()
    return token


def test_what_a_patient_sends_on_one_is_read_on_the_other(
    split: Split, monkeypatch: pytest.MonkeyPatch
) -> None:
    hash_quickly(monkeypatch)
    with split.serving("staff") as staff, split.serving("patient") as patients:
        member = Visitor({"screener-staff": signed_in(split)})
        patient = Visitor({"screener-draft": answered(split)})
        press(patient.open(patients, "/form/check"), patients, "Make my summary")
        press(patient.open(patients, "/send"), patients, "Send my answers", **JO)
        sent = patient.open(patients, "/sent").page
        queue = member.open(staff, "/staff/queue").page
        elsewhere = [ask(patients, "/staff/")[0].status, ask(staff, "/form/check")[0].status]

    assert "Your answers are sent" in sent
    assert "Jo Example" in queue
    assert [404, 404] == elsewhere
    assert ["root.key"] == sorted(file.name for file in (split.folder / "patient").iterdir())


def press(visitor: Visitor, at: str, button: str, **values: str) -> None:
    """Fill in the form that has this button, as it is drawn, and press it."""
    forms = BeautifulSoup(visitor.page, "html.parser").select("main form")
    (form,) = [form for form in forms if button in form.get_text()]
    visitor.send(at, str(form["action"]), **drawn(form) | values)


def stolen(split: Split) -> tuple[Row[Any], list[bytes]]:
    """All that the patients' side has: a record's row, its own key, and what is derived of it."""
    store = Store.open(split.settings("patient"))
    store.drafts.send(store.drafts.begin().token, PARCEL)
    with store.database.reading() as connection:
        row = connection.execute(select(submission)).one()
        public = connection.exec_driver_sql("SELECT public FROM clinic_key").scalar_one()
    root = bytes.fromhex((split.folder / "patient" / "root.key").read_text())
    held = [root, bytes(public)]
    held += [value for value in vars(store.keys).values() if isinstance(value, bytes)]
    purposes = ("clinic wrapping", "trail", "mark")
    held += [derive(secret, purpose) for secret in held for purpose in purposes]
    store.close()
    return row, held


def test_the_patients_side_cannot_open_what_was_sent(split: Split) -> None:
    """Given its own key file, settings and database."""
    staff = Intake.open(split.settings("staff"))
    staff.need_clinic_key()
    row, held = stolen(split)
    opened = []
    for key in held:
        for name, sealed in (("key", row.sealed_key), ("headline", row.headline)):
            opened += [name for _ in [0] if opens(key, sealed, about(row.id, name))]

    assert len(held) > 8
    assert [] == opened
    assert PARCEL.contents == staff.submissions.opened(row).contents
    staff.close()


def opens(key: bytes, sealed: bytes, purpose: str) -> bool:
    """Try a key in both ways: as one that seals, and as the private half of a pair."""
    for sealed_so in (sealed, sealed[1:]):
        with suppress(Broken):
            unseal(key, sealed_so, purpose)
            return True
    try:
        SUITE.decrypt(sealed[1:], X25519PrivateKey.from_private_bytes(key), purpose.encode())
    except Exception:  # noqa: BLE001 - whatever it says, it did not open
        return False
    return True
