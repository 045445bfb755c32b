"""What somebody who means no good, or whose browser is odd, meets at the proxy."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks.deployed.client import Client
from benchmarks.deployed.in_front import headers
from benchmarks.deployed.nginx import Nginx, Site
from benchmarks.deployed.row import Row, differs, row
from benchmarks.patients.wire import Answer
from screener.app import LARGEST
from screener.store.drafts import TRIES

ODD, NOT_HERE, TOO_LONG, TOO_OFTEN = 400, 404, 413, 429
FORGED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP")
HALF_SENT, LATEST = 200, 30
MARK = "marker-of-a-patient"
OTHER = "127.2.0.9"


def rows(nginx: Nginx, site: Site) -> Iterator[Row]:
    """Try what strangers try."""
    with ExitStack() as opened:
        slow = half_sent(opened, nginx, site)
        yield counted_by_address(nginx, site)
        yield forged_name(nginx, site)
        yield refused(nginx, site)
        yield not_ready(nginx, site)
        began = time.monotonic()
        page = Client(site, nginx.folder).get("/")
        took = time.monotonic() - began
        what = f"a page beside {HALF_SENT} half-sent forms"
        yield row(what, differs(status=(200, page.status)), f"{took * 1000:.0f} ms")
        yield let_go(slow)


def counted_by_address(nginx: Nginx, site: Site) -> Row:
    """Guess return codes under ever new forged addresses, then once from elsewhere."""
    guesser, other = Client(site, nginx.folder), Client(site, nginx.folder, OTHER)
    # As many as two windows of time hold, and one more: wherever a minute ends, one is too many.
    codes = [guess(guesser, number) for number in range(2 * TRIES + 1)]
    told = {"refused": (True, TOO_OFTEN in codes), "another": (False, guess(other, 0) == TOO_OFTEN)}
    what = "guesses are counted by the visitor's address, whatever they say it is"
    return row(what, differs(**told), f"refused, {len(codes) - codes.count(TOO_OFTEN)} were not")


def guess(client: Client, number: int) -> int:
    """Try a return code, and claim to come from somewhere; return the status."""
    claims = dict.fromkeys(FORGED, f"198.51.100.{number}")
    claims["Forwarded"] = f"for=198.51.100.{number}"
    proof = client.get("/return").page.select_one("[name=csrf_token]")
    sent = [("csrf_token", str(proof["value"]) if proof else ""), ("code", "K7QM4XRTK7QM4XRT")]
    return client.ask("POST", "/return", sent, claims).status


def forged_name(nginx: Nginx, site: Site) -> Row:
    """Ask for another name, in each way a name can be said."""
    client, found = Client(site, nginx.folder), []
    for path, header in (
        ("/", "Host"),
        ("https://evil.example/", "Host"),
        ("/return", "X-Forwarded-Host"),
    ):
        wire = client.connection()
        name = site.name if header != "Host" or "//" in path else "evil.example"
        wire.putrequest("GET", path, skip_host=True)
        wire.putheader("Host", name)
        wire.putheader("X-Forwarded-Host", "evil.example")
        wire.putheader("X-Forwarded-Proto", "http")
        wire.endheaders()
        answer = said(wire, path)
        found += [
            *headers(answer),
            *(["the forged name is on the page"] if "evil" in answer.text else []),
        ]
        wanted = 200 if header == "X-Forwarded-Host" else ODD
        found += differs(status=(wanted, answer.status))
    return row("another host's name is refused, with a page", found)


def refused(nginx: Nginx, site: Site) -> Row:
    """Send what is too long, to the program and to nginx: both answer with the same page."""
    client = Client(site, nginx.folder)
    by_us = client.ask("POST", "/return", [("code", "x" * (LARGEST + 1))])
    by_nginx = {
        "too long a form": (TOO_LONG, announced(client, 2_000_000)),
        "too long a header": (ODD, with_headers(client, "/", 20_000)),
        "too long an address": (ODD, with_headers(client, "/" + "x" * 20_000, 1)),
    }
    faults = list(differs(status=(TOO_LONG, by_us.status)))
    for what, (status, answer) in by_nginx.items():
        known = status == TOO_LONG or answer.status in {ODD, 414}
        faults += [f"{what}: {fault}" for fault in headers(answer)]
        faults += [] if known else [f"{what}: {answer.status}"]
        faults += [] if "Go to the start" in answer.text else [f"{what}: no page of ours"]
    told = by_us.page.h1, by_nginx["too long a form"][1].page.h1
    return row("too large: the product's page, from either", [*faults, *differs(page=told)])


def announced(client: Client, size: int) -> Answer:
    """Say that a long form comes, and see what is said at once."""
    wire = client.connection()
    wire.putrequest("POST", "/return")
    wire.putheader("Content-Length", str(size))
    wire.endheaders()
    return said(wire, "/return")


def with_headers(client: Client, path: str, size: int) -> Answer:
    """Send a request with a long header."""
    wire = client.connection()
    wire.request("GET", path, headers={"X-Long": "x" * size})
    return said(wire, "too long")


def said(wire: http.client.HTTPConnection, path: str) -> Answer:
    """Read an answer, and let go."""
    came = wire.getresponse()
    answer = Answer(came, came.read(), path)
    wire.close()
    return answer


def not_ready(nginx: Nginx, site: Site) -> Row:
    """See that the public is not told how the machine is."""
    answer = Client(site, nginx.folder).get("/readyz")
    faults = [*differs(status=(NOT_HERE, answer.status)), *headers(answer)]
    return row("/readyz is not for the public", faults)


def half_sent(opened: ExitStack, nginx: Nginx, site: Site) -> list[socket.socket]:
    """Begin to send forms, and stop in the middle."""
    client, slow = Client(site, nginx.folder), []
    for _ in range(HALF_SENT):
        wire = client.connection()
        opened.callback(wire.close)
        wire.putrequest("POST", f"/return?{MARK}")
        wire.putheader("Content-Length", "1000")
        wire.endheaders(b"code=")
        slow.append(wire.sock)
    return slow


def let_go(slow: list[socket.socket]) -> Row:
    """Wait until nginx drops those that send no more."""
    began, left = time.monotonic(), 0
    for one in slow:
        one.settimeout(max(0.1, LATEST - (time.monotonic() - began)))
        try:
            while one.recv(4096):
                pass
        except TimeoutError:
            left += 1
        except OSError:
            pass
    found = f"within {LATEST} s"
    return row("half-sent forms are dropped", [f"{left} are not"] if left else [], found)
