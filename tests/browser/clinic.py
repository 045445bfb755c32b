"""A clinic behind a running server, for tests in a browser: its accounts and what patients sent."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import BrowserContext
from sqlalchemy import insert

import rules
from screener.demo.staff import code
from screener.settings import Settings
from screener.store import Contact, Intake, Store, packed
from screener.store.models import notice
from screener.store.staff.totp import STEP
from screener.store.tally import count
from tests.browser.patient import Patient
from tests.rules.patients import BASE
from tests.screener import summaries

PASSWORD = "four quiet boats at noon"
JO = Contact("Jo Example", "+1 555 0134", "jo@example.org", "no", "mornings")
NewContext = Callable[..., BrowserContext]


class Clinic:
    """What stands in the folder that a server uses."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings.load(folder / "clinic.toml", folder / "data", environment={})
        self.intake = Intake.open(self.settings)

    def invited(self, name: str, role: str) -> str:
        """Add an account; the path of the link that it starts with."""
        email = f"{name.lower().replace(' ', '.')}@example.org"
        token = self.intake.staff.accounts.add(name, email, role, "command")
        return f"/staff/invitation/{token}"

    def sent(self, **answers: Any) -> tuple[str, str]:
        """Let a patient send a form; its id and its reference."""
        self.intake.need_clinic_key()
        store = Store.open(self.settings)
        parcel = packed(summaries.quiet(**answers), BASE | answers, JO, summaries.COMPLETED)
        reference = store.drafts.send(store.drafts.begin().token, parcel).reference
        store.close()
        with self.intake.database.reading() as connection:
            statement = "SELECT id FROM submission WHERE reference = ?"
            form = connection.exec_driver_sql(statement, (reference,)).scalar_one()
        return str(form), reference

    def had_busy_weeks(self) -> None:
        """Let many forms have been counted, so that the figures have something to draw."""
        counts = {"started": 90, "sent": 60, "level:first": 50, "level:info": 10, "level:now": 3}
        counts |= {"fired:R-BP-DX": 40, "fired:R-VAS-ANEU": 3, "undecided:R-BP-UNK": 20}
        with self.intake.database.writing() as connection:
            for name, by in counts.items():
                count(connection, self.intake.now(), name, by)

    def notice_given_up(self, form: str) -> None:
        """Let a notice about a form have failed for good."""
        row = {"id": form, "kind": "email", "submission_id": form, "fault": "timeout", "tries": 8}
        row |= {"state": "failed", "due_at": 0, "made_at": self.intake.now()}
        with self.intake.database.writing() as connection:
            connection.execute(insert(notice).values(row))


class Member(Patient):
    """Somebody who works at the clinic, in front of a browser."""

    secret = ""
    last_step = 0

    @classmethod
    def comes(
        cls,
        new: NewContext,
        content: rules.Content,
        address: str,
        width: int = 1280,
        *,
        scripts: bool = True,
    ) -> Self:
        return cls(new(width, scripts=scripts).new_page(), content, address)

    def types(self, **boxes: str) -> Self:
        """Type into boxes, or choose from lists."""
        for name, text in boxes.items():
            box = self.page.locator(f"#{name}")
            if box.evaluate("one => one.localName") == "select":
                box.select_option(text)
            else:
                box.fill(text)
        return self

    def starts(self, link: str) -> Self:
        """Follow the link of an invitation to the end: a password, an app, recovery codes."""
        return self.chooses_a_password(link).keeps_the_app()

    def chooses_a_password(self, link: str) -> Self:
        """Follow the link of an invitation to the second step."""
        return self.go(link).types(new_password=PASSWORD).press("Continue")

    def keeps_the_app(self) -> Self:
        """Let an app read the secret that the page shows, and enter the code that it shows."""
        self.reads_the_secret()
        return self.types(code=self.shown()).press("Continue")

    def reads_the_secret(self) -> None:
        """Let the app know the secret that the page shows."""
        self.secret = re.sub(r"\s", "", self.page.inner_text(".secret"))

    def shown(self) -> str:
        """The code that the app shows. Each works once: the next one follows half a minute later,
        and is taken half a minute early."""
        now = int(time.time()) // STEP
        self.last_step = max(now, self.last_step + 1)
        return code(self.secret, self.last_step * STEP)

    def signs_in(self, email: str) -> Self:
        """Sign in with both factors."""
        self.go("/staff/sign-in").types(email=email, password=PASSWORD).press("Continue")
        return self.types(code=self.shown()).press("Sign in")
