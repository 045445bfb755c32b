"""Members of staff, and what they hold: an app that shows codes."""

import base64
from collections.abc import Callable

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask import Flask

from tests.screener.store.conftest import Clock
from tests.staff import FIREFOX, PASSWORD, intake_of
from tests.web import Patient, browser


class App:
    """An app on a phone."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._totp = TOTP(base64.b32decode(secret.replace(" ", "")), 6, SHA1(), 30)
        self._clock = clock

    def shows(self, *, steps: int = 0) -> str:
        """What it shows now, or so many half minutes later."""
        return self._totp.generate(int(self._clock()) + 30 * steps).decode()

    def fits(self, code: str) -> bool:
        """Say whether a code is that of now, or of half a minute before or after."""
        return code in {self.shows(steps=steps) for steps in (-1, 0, 1)}

    def never_showed(self) -> str:
        """Give a code that does not fit: of four, three at most do by chance."""
        return next(code for one in "0123" if not self.fits(code := one * 6))


def stranger(app: Flask) -> Patient:
    """A browser that nobody has signed in with."""
    client = browser(app)
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    return Patient(client)


def invited(app: Flask, role: str = "reviewer", name: str = "Sam Lee") -> str:
    """Make somebody an account, and return the address of the invitation."""
    email = f"{name.replace(' ', '.').lower()}@example.org"
    token = intake_of(app).staff.accounts.add(name, email, role, "command")
    return f"/staff/invitation/{token}"


def enrolled(
    app: Flask, clock: Clock, role: str = "reviewer", name: str = "Sam Lee"
) -> tuple[Patient, App, list[str]]:
    """Somebody who has taken up an invitation: the browser, the app, the recovery codes."""
    person = stranger(app).go(invited(app, role, name)).press("Continue", new_password=PASSWORD)
    secret = person.page.select_one(".secret")
    assert secret is not None
    phone = App(secret.get_text(), clock)
    person.press("Continue", code=phone.shows())
    codes = [item.get_text() for item in person.page.select(".codes li")]
    return person, phone, codes
