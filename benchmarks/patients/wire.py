"""A browser of a few lines: cookies, redirects, forms; every request over a real socket."""

import http.client
import sys
from http.cookies import SimpleCookie
from itertools import count, cycle
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup

Pairs = list[tuple[str, str]]
SEE_OTHER = 303
PATIENCE = 30  # seconds for an answer
# Forms are counted by address: where the machine has more than one of its own, each browser takes
# the next one.
HOME = (f"127.1.{number // 250 % 250}.{number % 250 + 1}" for number in count())
FORM = "application/x-www-form-urlencoded"


class Gone(Exception):
    """The server did not answer: nobody knows whether it has kept what was sent."""


class Answer:
    """What the server said."""

    def __init__(self, came: http.client.HTTPResponse, body: bytes, path: str) -> None:
        self.status, self.path, self.text = came.status, path, body.decode(errors="replace")
        self.location = came.headers.get("Location", "")
        self.headers = came.headers

    @property
    def page(self) -> BeautifulSoup:
        """The page, read."""
        return BeautifulSoup(self.text, "html.parser")


class Wire:
    """One browser: its cookies, and its connections, kept open between requests.

    Several addresses are several servers of one clinic, which take turns.
    """

    def __init__(self, *addresses: str) -> None:
        self.cookies: dict[str, str] = {}
        self._addresses, self._many = cycle(addresses), len(addresses)
        self._wires: dict[str, http.client.HTTPConnection] = {}
        self.move()

    def move(self) -> None:
        """Be another browser, without cookies and at another address."""
        self.cookies.clear()
        self.close()
        self._from = (next(HOME), 0) if sys.platform == "linux" else None

    def ask(self, method: str, path: str, sent: Pairs | None = None) -> Answer:
        """Send one request.

        Raises:
            Gone: no whole answer came.
        """
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        try:
            address, wire = self._connected()
            if sent is not None:
                body = urlencode(sent).encode()
                headers |= {"Content-Type": FORM, "Origin": address}
            wire.request(method, path, body, headers)
            came = wire.getresponse()
            answer = Answer(came, came.read(), path)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Gone(str(error)) from error
        self._remember(came)
        return answer

    def follow(self, answer: Answer) -> Answer:
        """Go where an answer leads."""
        while answer.status == SEE_OTHER:
            answer = self.ask("GET", answer.location)
        return answer

    def close(self) -> None:
        """Let go of the connections; the cookies stay."""
        for wire in self._wires.values():
            wire.close()
        self._wires.clear()

    def _connected(self) -> tuple[str, http.client.HTTPConnection]:
        """Take the server whose turn it is, or the next one that listens, as a proxy would."""
        for left in reversed(range(self._many)):
            address = next(self._addresses)
            if address in self._wires:
                break
            wire = http.client.HTTPConnection(urlsplit(address).netloc, None, PATIENCE, self._from)
            try:
                wire.connect()
                self._wires[address] = wire
                break
            except ConnectionRefusedError:
                if not left:
                    raise
        return address, self._wires[address]

    def _remember(self, came: http.client.HTTPResponse) -> None:
        for line in came.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)
