"""Who asks: patients at every point of their way, staff of every role, and nobody at all."""

import random
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers

import rules
from screener.store.audit import COMMAND
from screener.store.print_jobs import Made
from tests.screener.store.arriving import arrive, whole
from tests.screener.wizard.people import BUSY, TRIAL, quiet
from tests.staff import FIREFOX, hired, intake_of, signed_in

DELETED = "/staff/deleted?form=K7QM-4XRT"  # the page of a form that is no more
ARRIVED = 20  # forms that the staff have to see to, the newest ones
ROLES = ("reviewer", "lead", "admin")
STAGES = ("whole", "whole", "whole", "password")
HOMES = {"whole": "/staff/account", "password": "/staff/second-factor"}
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
ODD_STATES: tuple[dict[str, Any], ...] = (
    {"answers": {"gone": "x", "age_years": "old", "med_trials": 7}, "content_version": "older"},
    {"answers": {"med_trials": [{"med": "gone"}, 1, None]}, "typed": {"age_years": {"raw": {}}}},
)


@dataclass
class Actor:
    """One browser: its cookies, its proof against forgery, and the forms and links it has seen.

    Attributes:
        home: the page it opens first.
        ids: by the name of an argument, what may stand in an address.
    """

    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    home: str = "/"
    ids: Mapping[str, Sequence[str]] = field(default_factory=dict)
    proof: str = ""
    forms: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def at_work(self) -> bool:
        """Whether this is somebody of the staff."""
        return self.home != "/"

    def learn(self, headers: Headers, body: str) -> None:
        """Take over what an answer tells a browser to keep."""
        for line in headers.getlist("Set-Cookie"):
            try:
                jar = SimpleCookie(line)
            except CookieError:
                continue
            for name, morsel in jar.items():
                self.cookies[name] = morsel.value
        found = TOKEN.search(body)
        self.proof = found[1] if found else self.proof


class Cast:
    """Makes actors on one application."""

    def __init__(self, app: Flask, content: rules.Content, choose: random.Random) -> None:
        self._app, self._content, self._choose = app, content, choose
        self._store = app.extensions["store"]
        accounts = {role: hired(app, role, f"Robin {role}") for role in ROLES}
        self._staff = [(accounts[role], stage) for role in ROLES for stage in STAGES]
        self._told = [
            whole_answers(content, told)
            for told in ({}, BUSY | {"med_trials": [TRIAL | {"dose_mg": 150}]})
        ]
        intake_of(app).need_clinic_key()
        # Whom an admin may keep out without ending the fuzzing.
        self._other = hired(app, "reviewer", "Alex Other").id
        self._arrived = deque([self._form() for _ in range(3)], maxlen=ARRIVED)
        intake_of(app).delete(self._form(), accounts["lead"].id, "asked")

    def next(self) -> Actor:
        """Return somebody who comes by."""
        makers: list[Callable[[], Actor]] = [self.nobody, self.patient, self.patient, self.member]
        return self._choose.choice(makers)()

    def nobody(self) -> Actor:
        """Somebody without a draft, perhaps with a link to set up an account."""
        token = self._invitation()
        link = f"/staff/invitation/{token}"
        return Actor("nobody", ids={"token": [token]}, links=[link] * 3)

    def patient(self) -> Actor:
        """A patient somewhere on the way: at the start, half-way, done, or with an odd draft."""
        token = self._store.drafts.begin().token
        answers = self._choose.choice(self._told)
        names = list(answers)
        known = names[: self._choose.choice([0, 3, len(names) // 2, len(names), len(names)])]
        state: dict[str, Any] = {
            "answers": {name: answers[name] for name in known},
            "finished": self._choose.random() < 1 / 2,
            "content_version": self._content.version,
        }
        odd = self._choose.random() < 1 / 10
        more = self._choose.choice(ODD_STATES) if odd else state
        self._store.drafts.save(token, lambda kept: kept | more)
        if self._choose.random() < 1 / 8:
            self._store.drafts.send(token, whole())
        return Actor("patient", {self._app.config["SCREENER_DRAFT_COOKIE"]: token})

    def member(self) -> Actor:
        """Somebody of the staff, signed in all the way or half of it, and another form for them."""
        self._arrived.append(self._form())
        account, stage = self._choose.choice(self._staff)
        client = signed_in(self._app, account, stage).browser
        name = self._app.config["SCREENER_SIGN_IN_COOKIE"]
        held = client.get_cookie(name)
        ids = {"form_id": list(self._arrived), "account_id": [self._other]}
        ids["job_id"] = [self._list_of(account.id)]
        cookies = {name: held.value if held else ""}
        return Actor(account.role, cookies, HOMES[stage], ids, links=[DELETED] * 3)

    def _list_of(self, account_id: str) -> str:
        """Begin a list on paper that nobody works off: half-way, stopped, or ready."""
        jobs = intake_of(self._app).print_jobs
        job = jobs.begin(account_id, list(self._arrived)[:2], "clinician", "a4", "pdf")
        became = self._choose.choice(("running", "stopped", "ready", "ready"))
        if became == "stopped":
            jobs.stop(job.id)
        elif became == "ready":
            jobs.finish(job, Made(b"%PDF-1.7", 2, ()))
        return job.id

    def _invitation(self) -> str:
        accounts = intake_of(self._app).staff.accounts
        accounts.enable(self._other, COMMAND)
        return accounts.invite(self._other, COMMAND)

    def _form(self) -> str:
        return arrive(intake_of(self._app), whole())


def whole_answers(content: rules.Content, told: dict[str, Any]) -> dict[str, Any]:
    """Answer every question that is asked, in the order of the pages."""
    typed = {name: _number(value) for name, value in quiet(content, told).items()}
    counted = rules.walk(content, rules.read_answers(content, typed)).counted
    pages = content.questionnaire.pages
    names = [one.id for page in pages for one in page.questions if one.id in counted]
    return {name: typed[name] for name in names}


def _number(value: Any) -> Any:  # noqa: ANN401 - any answer
    return int(value) if isinstance(value, str) and value.isdigit() else value


AGENT = FIREFOX
