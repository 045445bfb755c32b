"""A browser in front of the proxy: it knows the name of the clinic, and not where it runs."""

import gzip
import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.deployed.nginx import Site
from benchmarks.patients.wire import FORM, SEE_OTHER, Answer, Pairs

PATIENCE, SLOW = 30, 1  # seconds for an answer, and before somebody reads it
FROM = "127.2.0.1"
GZIP = "gzip"


class Secure(http.client.HTTPSConnection):
    """A connection to the standard port of a name, which leads to another port of this machine.

    Attributes:
        room: how many bytes it takes before somebody reads them; 0 for as many as usual.
    """

    def __init__(self, site: Site, folder: Path, comes_from: str) -> None:
        self.trusting = ssl.create_default_context(cafile=str(folder / f"{site.name}.pem"))
        super().__init__(site.name, timeout=PATIENCE, context=self.trusting)
        self._to, self._from = ("127.0.0.1", site.tls), (comes_from, 0)
        self.room = 0

    def connect(self) -> None:
        """Connect where nginx listens, and ask for the name."""
        plain = socket.socket()
        plain.settimeout(PATIENCE)
        if self.room:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.room)
            # As on a phone: within a machine the kernel would take it all, in pieces of 64 KB.
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        plain.bind(self._from)
        plain.connect(self._to)
        self.sock = self.trusting.wrap_socket(plain, server_hostname=self.host)


class Client:
    """One browser, with its cookies, at one address.

    Attributes:
        set_cookies: each line that told it to keep something.
    """

    def __init__(self, site: Site, folder: Path, comes_from: str = FROM) -> None:
        self.site, self.cookies = site, dict[str, str]()
        self.set_cookies: list[str] = []
        self._folder, self._from = folder, comes_from

    def connection(self) -> Secure:
        """Make a connection."""
        return Secure(self.site, self._folder, self._from)

    def ask(
        self,
        method: str,
        path: str,
        sent: Pairs | None = None,
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(sent).encode() if sent is not None else None
        if body is not None:
            here = f"https://{self.site.name}"
            headers |= {"Content-Type": FORM, "Origin": here, "Referer": f"{here}{path}"}
        wire = self.connection()
        try:
            wire.request(method, path, body, headers | dict(more or {}))
            came = wire.getresponse()
            return self._answer(came, path)
        finally:
            wire.close()

    def slowly(self, path: str) -> Answer:
        """Open a page on a slow line: nginx has all of it long before it can send it on."""
        wire = self.connection()
        wire.room = 4096
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        wire.request("GET", path, headers={"Cookie": cookies})
        time.sleep(SLOW)
        try:
            return self._answer(wire.getresponse(), path)
        finally:
            wire.close()

    def get(self, path: str, **more: str) -> Answer:
        """Open a page, and go where it leads on this site; header names are written with _."""
        answer = self.ask("GET", path, more={key.replace("_", "-"): more[key] for key in more})
        return self.follow(answer)

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads."""
        while answer.status == SEE_OTHER:
            answer = self.ask("GET", answer.location)
        return answer

    def _answer(self, came: http.client.HTTPResponse, path: str) -> Answer:
        try:
            body = came.read()
        except http.client.IncompleteRead as error:
            body = error.partial
        for line in came.headers.get_all("Set-Cookie") or []:
            self.set_cookies.append(line)
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        if came.headers.get("Content-Encoding") == GZIP:
            body = gzip.decompress(body)
        return Answer(came, body, path)
