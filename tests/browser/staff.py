"""Members of staff in a real browser, with an app that shows codes."""

import time

from playwright.sync_api import Page

from tests.screener.staff.people import App

PASSWORD = "a row of quiet boats"


class Member:
    """Somebody of the clinic, in front of a page."""

    def __init__(self, page: Page, address: str, email: str = "sam.lee@example.org") -> None:
        self.page = page
        self.address = address
        self.email = email

    def go(self, path: str) -> "Member":
        """Open a page."""
        self.page.goto(self.address + path)
        return self

    @property
    def at(self) -> str:
        """The path of the page in front of them."""
        return self.page.url.removeprefix(self.address).partition("?")[0]

    @property
    def heading(self) -> str:
        """The h1 of the page in front of them."""
        return self.page.locator("h1").inner_text()

    def press(self, button: str, **typed: str) -> "Member":
        """Fill in, and press a button."""
        for name, value in typed.items():
            self.page.fill(f"#{name}", value)
        self.page.click(f"main button:has-text('{button}')")
        return self

    def choose_a_password(self, link: str) -> "Member":
        """Follow an invitation to the second step."""
        return self.go(link).press("Continue", new_password=PASSWORD)

    def enrol(self, link: str) -> "Member":
        """Follow an invitation to its end, with an app."""
        return self.choose_a_password(link).keep_the_app()

    def keep_the_app(self) -> "Member":
        """Let an app scan what the page shows, and enter the code that it shows."""
        phone = App(self.page.inner_text(".secret"), time.time)
        self.page.fill("#code", phone.shows())
        self.page.locator("form:has(#code) button").click()
        return self

    def to_second_step(self) -> "Member":
        """Sign in with the password."""
        return self.go("/staff/sign-in").press("Continue", email=self.email, password=PASSWORD)
