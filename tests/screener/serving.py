"""`screener serve` as a process of its own, asked over the wire as a browser would."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit


def begun(
    data: Path, *options: str, around: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start the real program on a free port, without waiting until it answers."""
    command = [sys.executable, "-m", "screener", "serve", "--port", "0", "--data", str(data)]
    command += ["--no-request-log"]  # nobody reads the pipe while a test runs
    return subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(around or {})},
    )


def address(running: subprocess.Popen[str]) -> str:
    """Wait until the program answers, and return where."""
    assert running.stdout
    assert running.stderr
    first = running.stdout.readline()
    assert first.startswith("Screener is ready: http://"), running.stderr.read()
    return first.split()[-1]


@contextmanager
def served(
    data: Path, *options: str, around: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the real program on a free port; give the process and its address."""
    with begun(data, *options, around=around) as running:
        try:
            yield running, address(running)
        finally:
            running.kill()


def ask(
    address: str, path: str, form: dict[str, str] | None = None, cookie: str = ""
) -> tuple[http.client.HTTPResponse, str]:
    """Ask the way a browser does, with the origin that a browser names."""
    place = urlsplit(address)
    wire = http.client.HTTPConnection(place.netloc, timeout=60)
    headers = {"Cookie": cookie, "Origin": f"{place.scheme}://{place.netloc}"}
    if form is None:
        wire.request("GET", path, headers=headers)
    else:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        wire.request("POST", path, urlencode(form), headers)
    came = wire.getresponse()
    body = came.read().decode()
    wire.close()
    return came, body


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def cookies(came: http.client.HTTPResponse) -> str:
    return "; ".join(line.split(";")[0] for line in came.headers.get_all("Set-Cookie") or [])


@dataclass
class Visitor:
    """Somebody with one browser, who may come to one server and then to the other."""

    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    status: int = 0

    def open(self, at: str, path: str) -> "Visitor":
        """Open a page of the server that is at an address."""
        return self._arrived(*ask(at, path, cookie=self._cookie()))

    def send(self, at: str, path: str, **form: str) -> "Visitor":
        """Send a form, with the mark against forgery of the page that is open."""
        form["csrf_token"] = token(self.page)
        return self._arrived(*ask(at, path, form, self._cookie()))

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _arrived(self, came: http.client.HTTPResponse, page: str) -> "Visitor":
        for line in came.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self.status, self.page = came.status, page or self.page
        return self
