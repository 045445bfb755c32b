"""Draws requests: real ones, real ones with something wrong, and noise. The same for one seed."""

import random
import string
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote, quote_plus, urlsplit

from werkzeug.routing import Map, Rule

import rules
from benchmarks.fuzz_http import nasty
from benchmarks.fuzz_http.actors import AGENT, Actor
from benchmarks.fuzz_http.request import Headers, Request

Thing = TypeVar("Thing")
Pairs = list[tuple[str, str]]
FORM, MIXED = "application/x-www-form-urlencoded", "multipart/form-data; boundary=edge"
REACH = {"name": "Jo Example", "email": "jo@example.org", "note": "Called, no answer."}
LARGE = 10 * 1024 * 1024
NUMBERS = ("0", "1", "2", "99999999999999999999", "-1")
FILES = ("screener.css", "screener.js", "favicon.svg", "../app.py", "nothing.css")


class Drawing:
    """Draws requests for every route of an application, whatever routes it has."""

    def __init__(self, routes: Map, content: rules.Content, origin: str, seed: int) -> None:
        self.choose = random.Random(seed)  # noqa: S311 - noise, not secrets
        self.rules = list(routes.iter_rules())
        self._staffs = [rule for rule in self.rules if rule.endpoint.startswith("staff.")]
        self._others = [rule for rule in self.rules if rule not in self._staffs]
        self._content, self._origin = content, origin
        self.reached: set[str] = set()  # routes that did their work: others are tried more often
        self._pages = [page.id for page in content.questionnaire.pages]
        asked = content.questionnaire.by_id.values()
        self._asked = [one for top in asked for one in (top.fields or (top,))]

    def request(self, actor: Actor) -> Request:
        """Draw one request of somebody."""
        form = self._some(actor.forms) if actor.forms and self._one_in(3) else None
        near = self._staffs if actor.at_work else self._others
        new = [rule for rule in near if rule.endpoint not in self.reached]
        usual = self.rules if self._one_in(6) else near
        rule = self._some(new if new and self._one_in(3) else usual)
        method = "POST" if form else self._method(rule)
        path = as_browsers_write(form[0]) if form else self._path(rule, actor)
        path, _, query = path.partition("?")
        query = query or (self._pairs_encoded(self._noise(2)) if self._one_in(4) else "")
        kind, body = self._body(actor, form[1] if form else None) if method == "POST" else ("", b"")
        headers = self._headers(actor, kind)
        return Request(method, path, query, headers, body)

    def opening(self, actor: Actor) -> Request:
        """Open the first page, as anybody does: it hands out a proof against forgery."""
        return Request("GET", actor.home, "", self._plain_headers(actor), b"")

    def _method(self, rule: Rule) -> str:
        if self._one_in(12):
            return self._some(nasty.METHODS)
        return self._some(sorted((rule.methods or {"GET"}) - {"OPTIONS", "HEAD"}))

    def _path(self, rule: Rule, actor: Actor) -> str:
        if self._one_in(20):
            return self._some(nasty.PATHS)
        if actor.links and self._one_in(4):
            newest = actor.links[-3:] if self._one_in(2) else actor.links
            return as_browsers_write(self._some(newest))
        return "".join(
            quote(self._argument(name, actor).encode("utf-8", "surrogatepass")) if name else fixed
            for name, fixed in _parts_of(rule)
        )

    def _argument(self, name: str, actor: Actor) -> str:
        if self._one_in(6):
            return self._text()
        if name in actor.ids:
            return self._some(actor.ids[name])
        match name:
            case "page_id":
                return self._some(self._pages)
            case "number":
                return self._some(NUMBERS)
            case "filename":
                return self._some(FILES)
            case _:
                return self._some(("K7QM-4XRT", "0" * 32, "1", self._text()))

    def _body(self, actor: Actor, form: Pairs | None) -> tuple[str, bytes]:
        if self._one_in(2000):
            return FORM, b"a=" + b"x" * LARGE
        if self._one_in(12):
            return self._some(nasty.TYPES), self.choose.randbytes(self._some((0, 1, 50, 5000)))
        pairs = self._damaged(form) if form else self._answers()
        if not self._one_in(5):
            pairs = [(name, value) for name, value in pairs if name != "csrf_token"]
            pairs.append(("csrf_token", actor.proof))
        if self._one_in(8):
            return MIXED, _parts(pairs, broken=self._one_in(3))
        kind = self._some(nasty.TYPES) if self._one_in(10) else FORM
        return kind, self._pairs_encoded(pairs).encode("latin-1")

    def _answers(self) -> Pairs:
        """Answer some page: mostly well, and now and then with what is no answer."""
        pairs = self._noise(1) if self._one_in(4) else []
        if self._one_in(2):
            page = self._content.questionnaire.page(self._some(self._pages))
            asked = [one for top in page.questions for one in (top.fields or (top,))]
        else:
            asked = self.choose.sample(self._asked, 4)
        for question in asked:
            value = self._some(question.tokens) if question.tokens else str(self._some((42, 140)))
            pairs += [(question.id, self._text() if self._one_in(5) else value)]
            pairs *= 1 + self._one_in(40)
        return pairs

    def _damaged(self, form: Pairs) -> Pairs:
        """Change one thing about a form that was drawn, or nothing."""
        pairs = [(name, value or REACH.get(name, "")) for name, value in form]
        if pairs and self._one_in(2):
            at = self.choose.randrange(len(pairs))
            pairs[at] = (pairs[at][0], self._text())
        if self._one_in(6):
            self.choose.shuffle(pairs)
            pairs = pairs[: len(pairs) // 2] + self._noise(3)
        return pairs

    def _noise(self, many: int) -> Pairs:
        names = [*(one.id for one in self._asked), "then", "tries", "once", "was", "again", "page"]
        names += ["copy", "paper", "code", "return_code", "skip", "next", self._text()]
        return [(self._some(names), self._text()) for _ in range(many)]

    def _text(self) -> str:
        return self._some(nasty.TEXTS)

    def _plain_headers(self, actor: Actor) -> Headers:
        host = urlsplit(self._origin).netloc
        headers = [("Host", host), ("User-Agent", AGENT), ("Origin", self._origin)]
        held = "; ".join(f"{name}={value}" for name, value in actor.cookies.items())
        return [*headers, ("Cookie", held)] if held else headers

    def _headers(self, actor: Actor, kind: str) -> Headers:
        headers = [*self._plain_headers(actor), ("Referer", f"{self._origin}/")]
        if kind:
            headers.append(("Content-Type", kind))
        while self._one_in(5):
            name = self._some(list(nasty.HEADERS))
            headers = [pair for pair in headers if pair[0] != name or self._one_in(4)]
            headers.append((name, self._some(nasty.HEADERS[name])))
        return headers

    def _pairs_encoded(self, pairs: Pairs) -> str:
        # A lone surrogate goes over the wire as the three bytes that UTF-8 forbids.
        encoded = (
            "=".join(quote_plus(part.encode("utf-8", "surrogatepass")) for part in pair)
            for pair in pairs
        )
        return self._some("&&&&;").join(encoded) if self._one_in(30) else "&".join(encoded)

    def _one_in(self, many: int) -> bool:
        return self.choose.random() < 1 / many

    def _some(self, several: Sequence[Thing]) -> Thing:
        return self.choose.choice(several)


def as_browsers_write(address: str) -> str:
    """Write an address from a page as it goes over the wire."""
    return quote(address.encode("utf-8", "surrogatepass"), safe=string.punctuation)


def _parts_of(rule: Rule) -> list[tuple[str, str]]:
    """Take an address apart: the names of its arguments, and what stands between them."""
    found: list[tuple[str, str]] = []
    for part in rule.rule.replace(">", "<").split("<"):
        inside = len(found) % 2
        found.append((part.rpartition(":")[2], "") if inside else ("", part))
    return found


def _parts(pairs: Pairs, *, broken: bool) -> bytes:
    """Write a multipart body; a broken one has no end."""
    body = b""
    for number, (name, value) in enumerate(pairs):
        file = f'; filename="{number}"' if number % 3 == 2 else ""  # noqa: PLR2004 - every third
        head = f'--edge\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        body += head.encode("utf-8", "surrogatepass")
        body += value.encode("utf-8", "surrogatepass") + b"\r\n"
    return body if broken else body + b"--edge--\r\n"
