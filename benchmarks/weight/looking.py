"""A browser that notes each request: what came over the wire, of which kind, from where."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize

PHONE = ViewportSize(width=375, height=760)
# A slow phone on a slow line: 400 kbit/s, 400 ms to the first byte, a quarter of the processor.
LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER = 4
QUIET = 0.2  # seconds without a request: the icon comes last
PATIENCE = 30_000  # milliseconds
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


class LedElsewhere(Exception):
    """A page is not the one to look at; nothing is measured."""


@dataclass(frozen=True)
class Place:
    """A page to look at, and where its reader comes from.

    Attributes:
        before: the page that was open before; the same one where there is but one.
        cookie: name and value of what the reader's browser holds.
    """

    address: str
    path: str
    before: str
    cookie: tuple[str, str] | None = None


@dataclass
class Request:
    """One request, and what came of it.

    Attributes:
        received: bytes over the wire, headers and all.
        ahead: not for this page: a stylesheet that the next one needs.
    """

    url: str
    kind: str
    ahead: bool
    received: int = 0

    @property
    def icon(self) -> bool:
        """Whether it is the picture in the tab, which comes when the page stands, and once."""
        return "favicon" in self.url


@dataclass
class Visit:
    """All requests of one page."""

    requests: dict[str, Request] = field(default_factory=dict)

    def listen(self, wire: CDPSession) -> None:
        """Note what the browser asks for and gets."""
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.responseReceived", self._came)
        wire.on("Network.requestServedFromCache", self._had)
        wire.on("Network.loadingFinished", self._ended)

    def _asked(self, told: dict[str, Any]) -> None:
        asked = told["request"]
        if asked["url"].startswith("http"):
            ahead = asked["initialPriority"] == "VeryLow" and told["type"] == "Stylesheet"
            self.requests[told["requestId"]] = Request(asked["url"], told["type"], ahead)

    def _came(self, told: dict[str, Any]) -> None:
        if told["response"]["fromDiskCache"]:
            self._had(told)

    def _had(self, told: dict[str, Any]) -> None:
        self.requests.pop(told["requestId"], None)

    def _ended(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self.requests:
            self.requests[told["requestId"]].received = int(told["encodedDataLength"])


@contextmanager
def reader(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    """Open a browser that has kept nothing."""
    context = browser.new_context(viewport=PHONE)
    if place.cookie:
        name, value = place.cookie
        context.add_cookies([{"name": name, "value": value, "url": place.address}])
    yield context
    context.close()


def visits(browser: Browser, place: Place) -> tuple[Visit, Visit]:
    """Look at a page twice: as the first of a visit, and coming from the page before it."""
    found = []
    for way in ([place.path], [place.before, place.path]):
        with reader(browser, place) as context:
            page = context.new_page()
            for path in way:
                visit = Visit()
                visit.listen(context.new_cdp_session(page))
                arrive(page, place.address + path, visit)
                page.goto("about:blank")
            found.append(visit)
    return found[0], found[1]


def arrive(page: Page, address: str, visit: Visit) -> None:
    """Open a page, and wait until nothing more comes."""
    come_to(page, address, wait_until="networkidle")
    seen, since = -1, time.monotonic()
    while time.monotonic() - since < QUIET:
        page.wait_for_timeout(20)
        if len(visit.requests) != seen:
            seen, since = len(visit.requests), time.monotonic()


def come_to(page: Page, address: str, wait_until: Literal["load", "networkidle"]) -> None:
    """Open a page, and see that it is not another one.

    Raises:
        LedElsewhere: it leads elsewhere.
    """
    page.goto(address, timeout=PATIENCE, wait_until=wait_until)
    if page.url.removesuffix("/") != address.removesuffix("/"):
        raise LedElsewhere(f"{address} led to {page.url}")


def first_paint(browser: Browser, place: Place) -> float:
    """Return the seconds until a slow phone that has kept nothing shows something of a page."""
    with reader(browser, place) as context:
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", LINE)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        come_to(page, place.address + place.path, wait_until="load")
        page.wait_for_function(PAINTED, timeout=PATIENCE)
        return float(page.evaluate(PAINT)) / 1000
