"""Who may open what: every route of the staff side, for everybody who may come along.

This table is written by hand, beside the one that the guard uses: a slip in either shows. A
route without a row fails the test.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.staff import hired, intake_of, signed_in

# What happens: let in, asked to sign in, sent to the next step of signing in, kept out.
LET_IN, SIGN_IN, NEXT_STEP, KEPT_OUT = "+", "s", "2", "-"
PEOPLE = ("nobody", "disabled", "half", "invited", "reviewer", "lead", "admin")

EVERYBODY = "+ + + + + + +"
REVIEWER = "s s 2 2 + + +"
LEAD = "s s 2 2 - + +"
ADMIN = "s s 2 2 - - +"
HALF = "s s + 2 + + +"  # who is in already goes on to the start
INVITED = "s s 2 + + + +"

TABLE = {
    "GET /staff/sign-in": EVERYBODY,
    "POST /staff/sign-in": EVERYBODY,
    "GET /staff/invitation/<token>": EVERYBODY,
    "POST /staff/invitation/<token>": EVERYBODY,
    "GET /staff/second-factor": HALF,
    "POST /staff/second-factor": HALF,
    "GET /staff/set-up": INVITED,
    "POST /staff/set-up": INVITED,
    "GET /staff/": REVIEWER,
    "GET /staff/stay": REVIEWER,
    "POST /staff/sign-out": REVIEWER,
    "GET /staff/prove": REVIEWER,
    "POST /staff/prove": REVIEWER,
    "GET /staff/account": REVIEWER,
    "GET /staff/account/app": REVIEWER,
    "POST /staff/account/app": REVIEWER,
    "POST /staff/account/app/remove": REVIEWER,
    "GET /staff/account/passkey": REVIEWER,
    "POST /staff/account/passkey": REVIEWER,
    "POST /staff/account/passkey/<passkey_id>/remove": REVIEWER,
    "GET /staff/account/password": REVIEWER,
    "POST /staff/account/password": REVIEWER,
    "POST /staff/account/recovery-codes": REVIEWER,
    "POST /staff/account/sign-ins/<sign_in_id>/end": REVIEWER,
    "POST /staff/account/sign-ins/end": REVIEWER,
    "GET /staff/queue": REVIEWER,
    "POST /staff/queue/new": REVIEWER,
    "POST /staff/queue/search": REVIEWER,
    "GET /staff/forms/<form_id>": REVIEWER,
    "POST /staff/forms/<form_id>/contact": REVIEWER,
    "POST /staff/forms/<form_id>/finding": REVIEWER,
    "POST /staff/forms/<form_id>/note": REVIEWER,
    "POST /staff/forms/<form_id>/status": REVIEWER,
    "GET /staff/forms/<form_id>/print": REVIEWER,
    "GET /staff/forms/<form_id>/summary.pdf": REVIEWER,
    "GET /staff/print": REVIEWER,
    "POST /staff/print": REVIEWER,
    "GET /staff/print/<job_id>": REVIEWER,
    "POST /staff/print/<job_id>": REVIEWER,
    "GET /staff/print/<job_id>/file": REVIEWER,
    "GET /staff/trail": LEAD,
    "POST /staff/trail": LEAD,
    "GET /staff/figures": LEAD,
    "GET /staff/export": LEAD,
    "POST /staff/export": LEAD,
    "GET /staff/delete": LEAD,
    "POST /staff/delete": LEAD,
    "GET /staff/deleted": LEAD,
    "GET /staff/forms/<form_id>/delete": LEAD,
    "POST /staff/forms/<form_id>/delete": LEAD,
    "GET /staff/notices": LEAD,
    "POST /staff/notices/again": LEAD,
    "GET /staff/accounts": ADMIN,
    "GET /staff/accounts/add": ADMIN,
    "POST /staff/accounts/add": ADMIN,
    "GET /staff/accounts/<account_id>": ADMIN,
    "POST /staff/accounts/<account_id>/disable": ADMIN,
    "POST /staff/accounts/<account_id>/enable": ADMIN,
    "POST /staff/accounts/<account_id>/link": ADMIN,
    "POST /staff/accounts/<account_id>/role": ADMIN,
}


@dataclass
class Crowd:
    """Everybody who may come along, in front of one clinic."""

    app: Flask

    def __post_init__(self) -> None:
        self.app.config["WTF_CSRF_ENABLED"] = False
        self._accounts = {
            who: hired(self.app, who if who in {"reviewer", "lead"} else "admin", who)
            for who in PEOPLE
        }

    def asks(self, who: str, method: str, address: str) -> TestResponse:
        """Let somebody ask, in a browser that has just signed in as far as they can."""
        client = self.app.test_client()
        if who != "nobody":
            stage = {"half": "password", "invited": "invited"}.get(who, "whole")
            client = signed_in(self.app, self._accounts[who], stage).browser
        if who == "disabled":
            intake_of(self.app).staff.accounts.disable(self._accounts[who].id, "command")
        return super(type(client), client).open(address, method=method)

    def leaves(self, who: str) -> None:
        """Let somebody who was kept out come again, for the next try."""
        if who == "disabled":
            intake_of(self.app).staff.accounts.enable(self._accounts[who].id, "command")


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Every method and rule of the staff side."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("staff."):
            yield from ((method, rule.rule) for method in (rule.methods or set()) - {"OPTIONS"})


def outcome(response: TestResponse) -> str:
    """Say in a sign what happened to a request."""
    assert response.status_code < 500
    to, forbidden = response.location or "", response.status_code == 403
    if "/staff/second-factor" in to or "/staff/set-up" in to:
        return NEXT_STEP
    # What was typed waits on the page that asks to sign in; a page that was wanted is gone to.
    asked = "<h1>Sign in</h1>" in response.text if forbidden else "/staff/sign-in" in to
    if asked and forbidden == (response.request.method == "POST"):
        return SIGN_IN
    return KEPT_OUT if forbidden else LET_IN


def test_every_route_has_its_row(app: Flask) -> None:
    found = {f"{method} {rule}" for method, rule in routes(app) if method != "HEAD"}

    assert TABLE.keys() == found


@pytest.mark.parametrize("who", PEOPLE)
def test_the_table_holds_for(app: Flask, who: str) -> None:
    crowd, happened = Crowd(app), {}
    for row in TABLE:
        method, _, rule = row.partition(" ")
        response = crowd.asks(who, method, re.sub(r"<[^>]+>", "a1", rule))
        crowd.leaves(who)
        happened[row] = outcome(response)

    column = PEOPLE.index(who)
    assert {row: signs.split()[column] for row, signs in TABLE.items()} == happened
