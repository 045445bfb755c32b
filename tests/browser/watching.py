"""Watch everything that happens in a browser: where it asks, what it complains of."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

from tests.browser.running import ELSEWHERE
from tests.browser.telling import STUMBLE

OURS = {"127.0.0.1", "localhost"}
# What is in the page itself, and what Chromium shows a PDF with.
INSIDE = {"data", "blob", "chrome", "chrome-extension"}
LEFT = f"https://{ELSEWHERE}/"
# Chromium says this of a page that we answer with 404, 422, 429 or 503 on purpose.
OUR_OWN_STATUS = re.compile(r"Failed to load resource: .* status of (4\d\d|503) ")
# And of one that was to go wrong.
ON_PURPOSE = re.compile(rf"\?{STUMBLE}=500$")


class Watch:
    """What one context did. Leaving for the neutral site is the only way out."""

    def __init__(self, context: BrowserContext) -> None:
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda raised: self.complaints.append(str(raised.error)))

    def nothing_was_wrong(self) -> None:
        """Fail when a request left the origin, or the browser had something to say."""
        assert [] == self.strangers, self.strangers
        assert [] == self.complaints, self.complaints

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in INSIDE or parts.hostname in OURS:
            return
        if not (request.is_navigation_request() and request.url == LEFT):
            self.strangers.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        page = message.page
        own = OUR_OWN_STATUS.match(message.text) or ON_PURPOSE.search(message.location["url"])
        if own and page is not None and message.location["url"] == page.url:
            return
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} ({message.location['url']})")
