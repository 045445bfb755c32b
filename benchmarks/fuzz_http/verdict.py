"""What every answer must keep, whatever was asked."""

import logging
import re
from collections import Counter
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

from benchmarks.fuzz_http.nasty import MARK
from benchmarks.fuzz_http.request import Request

SERVER = 500
NOT_NOW = 503
LONGEST_COOKIE = 4096
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


class Verdict:
    """Looks at every answer, and keeps what was wrong with the request that shows it.

    Args:
        host: the one that the application answers to.
        outside: addresses elsewhere that an answer may lead to.
        may_fail: the database is made to fail, so that "not now" is a good answer.
    """

    def __init__(self, host: str, outside: frozenset[str], *, may_fail: bool = False) -> None:
        self.statuses: Counter[int] = Counter()
        self.wrong: list[str] = []
        self._host, self._outside, self._may_fail = host, outside, may_fail

    def look(self, request: Request, status: int, headers: Headers, body: bytes) -> None:
        """Look at one answer of the application."""
        self.statuses[status] += 1
        wrong = [*self._status(status), *self._headers(headers), *self._body(headers, body)]
        self.wrong += [f"{what}: {request.shown}" for what in wrong]

    def _status(self, status: int) -> list[str]:
        excused = self._may_fail and status == NOT_NOW
        return [f"status {status}"] if status >= SERVER and not excused else []

    def _headers(self, headers: Headers) -> list[str]:
        wrong = [name for name, value in ALWAYS.items() if headers.get(name) != value]
        policy = headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "unsafe" in policy:
            wrong.append("Content-Security-Policy")
        kept = headers.get("Cache-Control", "")
        if kept != "no-store" and "immutable" not in kept:
            wrong.append("Cache-Control")
        to = headers.get("Location")
        if to is not None and to not in self._outside and not self._ours(to):
            wrong.append(f"Location {to!r}")
        if any(len(line) > LONGEST_COOKIE for line in headers.getlist("Set-Cookie")):
            wrong.append("a cookie that browsers drop")
        return wrong

    def _ours(self, address: str) -> bool:
        # A redirect to the tidy form of an address names our own host.
        _scheme, named, path = address.partition(f"://{self._host}/")
        path = f"/{path}" if named else address
        return bool(LOCAL.fullmatch(path)) and not urlsplit(path).netloc

    @staticmethod
    def _body(headers: Headers, body: bytes) -> list[str]:
        html = headers.get("Content-Type", "").startswith("text/html")
        return ["markup that was sent"] if html and MARK.encode() in body else []


class Tracebacks(logging.Handler):
    """Keeps the errors that were logged with a traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error."""
        if record.exc_info and record.exc_info[1]:
            self.found.append(f"{record.name}: {record.exc_info[1]!r}"[:200])
