"""Fuzz the application in this process, without a socket: the quickest way to many requests."""

import logging
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from sqlalchemy import Connection
from werkzeug.datastructures import Headers
from werkzeug.test import run_wsgi_app

import rules
from benchmarks.fuzz_http.actors import Actor, Cast
from benchmarks.fuzz_http.drawing import Drawing
from benchmarks.fuzz_http.verdict import Tracebacks, Verdict
from benchmarks.patients.filling import as_drawn, fill
from screener import batch
from screener.app import create_app
from screener.settings import Settings
from screener.store import StoreUnavailable
from screener.store.engine import Database
from tests.web import links_outside

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
TURNS = 40  # requests of one browser, before another comes
HTML = "text/html"
WORKED, SEE_OTHER = {200, 204, 422}, 303
# Where those are led who may not; whoever sends a form without a sign-in gets 403.
DOORS = {"GET": {"/", "/staff/sign-in", "/staff/second-factor"}, "POST": {"/staff/second-factor"}}


class Inside:
    """One application, fuzzed.

    Args:
        folder: for its database.
        content: the questions and rules.
        seed: the same seed draws the same requests.
        public_url: where it is reached; behind one proxy when that is https.
        failing: the share of transactions that fail.
        logo: the clinic has one.
    """

    def __init__(  # noqa: PLR0913 - what differs between the kinds
        self,
        folder: Path,
        content: rules.Content,
        seed: int,
        *,
        public_url: str = "http://127.0.0.1",
        failing: float = 0,
        logo: bool = True,
    ) -> None:
        https = public_url.startswith("https:")
        more: dict[str, Any] = {"public_url": public_url, "trusted_proxies": int(https)}
        clinic = with_logo(folder) if logo else None
        self.app = create_app(Settings.load(clinic, folder, environment={}, **more), content)
        self.drawing = Drawing(self.app.url_map, content, public_url, seed)
        self.cast = Cast(self.app, content, self.drawing.choose)
        self.verdict = Verdict(
            urlsplit(public_url).netloc, links_outside(self.app), may_fail=failing > 0
        )
        self.tracebacks = Tracebacks()
        self._map = self.app.url_map.bind(urlsplit(public_url).netloc)
        # Apart from what draws the requests: lists are printed in a thread of their own.
        self._fate = random.Random(seed)  # noqa: S311 - noise, not secrets
        self._scheme, self._failing = public_url.partition(":")[0], failing

    def run(self, count: int) -> None:
        """Send so many requests."""
        root = logging.getLogger()
        root.addHandler(self.tracebacks)
        actor, database = self.cast.nobody(), self.app.extensions["store"].database
        for number in range(count):
            if number % TURNS == 0:
                actor = self.cast.next()
                self._send(actor, first=True)
            with failing(database, self._fate, self._failing) if self._failing else nullcontext():
                self._send(actor)
        root.removeHandler(self.tracebacks)

    @property
    def never_reached(self) -> list[str]:
        """The routes that never did their work: noise stopped at their doors."""
        return sorted({rule.endpoint for rule in self.drawing.rules} - self.drawing.reached)

    def close(self) -> None:
        """Let go of the database, when the lists that are being printed are done with it."""
        for thread in threading.enumerate():
            if thread.name == batch.NAME:
                thread.join()
        self.app.extensions["store"].close()

    def _send(self, actor: Actor, *, first: bool = False) -> None:
        request = self.drawing.opening(actor) if first else self.drawing.request(actor)
        environ = request.environ(self._scheme)
        came, status, headers = run_wsgi_app(self.app.wsgi_app, environ, buffered=True)
        body = b"".join(came)
        self.verdict.look(request, int(status[:3]), headers, body)
        if _let_in(request.method, int(status[:3]), headers):
            self.drawing.reached.add(str(self._map.match(unquote(request.path), request.method)[0]))
        self.learn(actor, headers, body)

    def learn(self, actor: Actor, headers: Headers, body: bytes) -> None:
        """Let somebody see an answer: what it hands out, where it leads, its forms and links.

        Most pages are only looked at, for reading them takes longer than to make them.
        """
        html = body.decode() if headers.get("Content-Type", "").startswith(HTML) else ""
        actor.learn(headers, html)
        if headers.get("Location", "").startswith("/"):
            actor.links.append(headers["Location"])
        if not html or self.drawing.choose.random() > 1 / 8:
            return
        page = BeautifulSoup(html, "html.parser")
        for form in page.select("main form[action]"):
            well = self.drawing.choose.random() < 1 / 2
            pairs = fill(form, self.drawing.choose) if well else as_drawn(form)
            actor.forms.append((str(form["action"]), pairs))
        actor.links += [str(a["href"]) for a in page.select('a[href^="/"]')]
        del actor.forms[:-20], actor.links[:-60]


def with_logo(folder: Path) -> Path:
    """Write the file of a clinic that has a logo."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "logo.svg").write_text(LOGO, "utf-8")
    (folder / "clinic.toml").write_text('[clinic]\nlogo = "logo.svg"\n', "utf-8")
    return folder / "clinic.toml"


def _let_in(method: str, status: int, headers: Headers) -> bool:
    if method not in DOORS:
        return False
    to = headers.get("Location", "").partition("?")[0]
    return status in WORKED or (status == SEE_OTHER and to not in DOORS[method])


@contextmanager
def failing(database: Database, choose: random.Random, share: float) -> Iterator[None]:
    """Let a share of what the database is asked fail: before it begins, or when it is kept."""

    def may_fail() -> None:
        if choose.random() < share / 2:
            raise StoreUnavailable("full")

    ways = {"reading": _block, "writing": _block, "first": _single, "change": _single}
    for name, broken in ways.items():
        setattr(database, name, broken(getattr(database, name), may_fail))
    try:
        yield
    finally:
        for name in ways:
            delattr(database, name)


def _block(whole: Any, may_fail: Callable[[], None]) -> Any:  # noqa: ANN401 - makers of context managers
    @contextmanager
    def transaction() -> Iterator[Connection]:
        may_fail()
        with whole() as connection:
            yield connection
            may_fail()

    return transaction


def _single(whole: Any, may_fail: Callable[[], None]) -> Any:  # noqa: ANN401 - methods
    def statement(*given: object) -> object:
        may_fail()
        found = whole(*given)
        may_fail()  # it was kept, and nobody heard of it
        return found

    return statement
