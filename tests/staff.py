"""Members of staff in front of a browser, for tests of their pages."""

from dataclasses import dataclass, field

import pytest
from flask import Flask

from screener.staff import cookies
from screener.store import Intake
from screener.store.staff import Account, passwords, recovery_codes
from tests.web import Patient, browser

PASSWORD = "a row of quiet boats"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@dataclass
class Member(Patient):
    """Somebody of the clinic, who reads pages as a patient does."""

    account: Account = field(kw_only=True)


def intake_of(app: Flask) -> Intake:
    """The staff side of the store of an application."""
    found: Intake = app.extensions["screener"].intake
    return found


def hired(app: Flask, role: str = "reviewer", name: str = "Sam Lee") -> Account:
    """Make somebody an account with a password."""
    staff = intake_of(app).staff
    email = f"{name.replace(' ', '.').lower()}@example.org"
    token = staff.accounts.add(name, email, role, "command")
    account = staff.passwords.take_up(token, PASSWORD)
    assert account is not None
    return account


def at_work(app: Flask, role: str = "reviewer", name: str = "Sam Lee") -> Member:
    """Somebody who has just signed in with both factors."""
    return signed_in(app, hired(app, role, name))


def signed_in(app: Flask, account: Account, stage: str = "whole") -> Member:
    """A browser that somebody has signed in with, all the way or half of it."""
    client = browser(app)
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    token = intake_of(app).staff.sign_ins.begin(account.id, stage, "Firefox, Linux")
    client.set_cookie(app.config[cookies.SIGN_IN], token, domain="localhost")
    return Member(client, account=account)


def hash_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make passwords and codes cheap: what a hash costs is not what these tests are about."""
    for name, value in {"PASSES": 1, "LANES": 1, "KIB": 8}.items():
        monkeypatch.setattr(passwords, name, value)
        monkeypatch.setattr(recovery_codes, f"CODE_{name}", value)
