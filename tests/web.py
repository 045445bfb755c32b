"""A browser for tests that holds every page it opens to the same promises.

It fills in forms as a person does: what is drawn is what can be sent.
"""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.promises import headers_kept, parsed, promises_kept

WRONG = 422
REDIRECT = 303


class Browser(FlaskClient):
    """A test client that holds every HTML page to the promises of the house."""

    away: frozenset[str] = frozenset()  # addresses outside that pages may link to

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **{"buffered": True} | kwargs)
        headers_kept(response)
        if response.mimetype == "text/html" and response.status_code != REDIRECT and response.data:
            failed = response.status_code == WRONG
            staff = response.request.path.startswith("/staff")
            promises_kept(said(response), failed=failed, away=self.away, staff=staff)
        return response


def said(response: TestResponse) -> str:
    """What a page says, however it came."""
    packed = response.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.data) if packed else response.data).decode()


def browser(app: Flask) -> Browser:
    """Open a browser on an application."""
    app.test_client_class = Browser
    client = app.test_client()
    assert isinstance(client, Browser)
    client.away = links_outside(app)
    return client


def links_outside(app: Flask) -> frozenset[str]:
    """The addresses that the settings and the help lines name."""
    made_of = app.extensions["screener"]
    helplines = made_of.content.helplines
    places = (*helplines.countries.values(), helplines.world)
    chats = {line.chat for place in places for line in place.lines if line.chat}
    clinic = made_of.settings.clinic
    return frozenset(chats | {clinic.leave_to, clinic.website} - {""})


Values = Mapping[str, Any]


@dataclass
class Patient:
    """Somebody in front of a browser: reads a page, fills it in, presses a button."""

    browser: Browser
    response: TestResponse | None = None
    seen: list[str] = field(default_factory=list)

    @property
    def page(self) -> BeautifulSoup:
        """The page in front of the patient."""
        assert self.response is not None
        return parsed(self.response.text)

    @property
    def at(self) -> str:
        """The path of the page in front of the patient."""
        assert self.response is not None
        return self.response.request.path

    @property
    def heading(self) -> str:
        """The h1 of the page in front of the patient."""
        heading = self.page.h1
        assert heading is not None
        return heading.get_text(strip=True)

    @property
    def problems(self) -> list[str]:
        """What the page asks to put right."""
        return [link.get_text() for link in self.page.select(".sum a")]

    def go(self, address: str) -> Self:
        """Open an address, and go where it leads."""
        return self._arrive(self.browser.get(address))

    def follow(self, words: str) -> Self:
        """Follow the link that says this."""
        links = [a for a in self.page.select("a") if words in " ".join(a.get_text().split())]
        assert links, f"no link says {words!r} on {self.at}"
        return self.go(str(links[0]["href"]))

    def start(self) -> Self:
        """Come to the form and begin."""
        return self.go("/").press("Start")

    def press(self, button: str = "", **values: Any) -> Self:
        """Fill in the form and press a button of it, the first one unless it is named."""
        sent = self.filled_in(button, **values)
        if self._form(button)[0].get("method", "get") == "get":
            return self.go(f"{sent[0]}?{urlencode(sent[1], doseq=True)}")
        return self.send(sent)

    def send(self, sent: tuple[str, dict[str, Any]]) -> Self:
        """Send what was filled in."""
        action, data = sent
        return self._arrive(self.browser.post(action, data=data))

    def filled_in(self, button: str = "", **values: Any) -> tuple[str, dict[str, Any]]:
        """Return where the form goes and what it sends; None leaves a question as it is."""
        form, pressed = self._form(button)
        data = drawn(form)
        for name, value in values.items():
            assert form.select_one(f"[name={name}]"), f"{name} is not asked on {self.at}"
            data[name] = value
        if pressed.get("name"):
            data[str(pressed["name"])] = str(pressed["value"])
        return str(form["action"]), {name: value for name, value in data.items() if value != []}

    def asked(self) -> list[str]:
        """The names of the questions on this page."""
        inputs = self.page.select("main form [name]:not([type=hidden]):not(button)")
        return list(dict.fromkeys(str(box["name"]) for box in inputs))

    def answer(self, answers: Values) -> Self:
        """Fill in a page: with these answers, else with a calm one."""
        form, _button = self._form("")
        mine = {name: answers.get(name, calm(form, name)) for name in self.asked()}
        return self.press("", **{name: value for name, value in mine.items() if value is not None})

    def walk(self, answers: Values, *, until: str = "/form/check") -> Self:
        """Answer page after page; carry on where help is offered; stop at an address."""
        for _turn in range(100):
            if self.at == until:
                return self
            self.answer(answers)
        raise AssertionError(f"still at {self.at}")

    def _arrive(self, response: TestResponse) -> Self:
        while response.status_code == REDIRECT:
            response = self.browser.get(response.location)
        self.response = response
        self.seen.append(self.at)
        return self

    def _form(self, button: str) -> tuple[Tag, Tag]:
        for form in self.page.select("main form"):
            for pressed in form.select("button"):
                if button in pressed.get_text(strip=True):
                    return form, pressed
        raise AssertionError(f"no button says {button!r} on {self.at}: {self.page.get_text()}")


def drawn(form: Tag) -> dict[str, Any]:
    """What a browser would send of a form as it is drawn."""
    data: dict[str, Any] = {}
    for box in form.select("input, textarea, select"):
        name, kind = str(box["name"]), box.get("type")
        if kind in {"radio", "checkbox"}:
            if box.has_attr("checked"):
                data.setdefault(name, []).append(str(box["value"]))
        elif box.name == "select":
            chosen = box.select_one("option[selected]") or box.select_one("option")
            data[name] = str(chosen["value"]) if chosen else ""
        elif box.name == "textarea":
            data[name] = box.get_text().removeprefix("\n")
        else:
            data[name] = str(box.get("value", ""))
    return data


def calm(form: Tag, name: str) -> Any:
    """An answer that reports nothing: no, none, or empty."""
    offered = options(form, name)
    for token in ("no", "none", "self", "lt_2wk", "not_at_all", "US"):
        if token in offered:
            return [token] if form.select_one(f"[name={name}][type=checkbox]") else token
    return offered[0] if offered else None


def options(form: Tag, name: str) -> list[str]:
    """The answers that a question offers."""
    boxes: Iterable[Tag] = form.select(f"[name={name}][value], select[name={name}] option")
    return [str(box["value"]) for box in boxes if box.get("type") != "text"]
