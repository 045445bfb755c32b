"""The pages that nobody should have to see, in the states that a patient may meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Route

from screener.settings import Settings
from screener.web import headers, outage
from tests.browser.states import Come, State
from tests.browser.telling import DRAWN_FROM, STUMBLE


def stumbling(come: Come) -> Iterator[State]:
    """What no patient should see: something sent wrong, not allowed, or a fault of ours."""
    patient = come()
    yield "page that only takes forms", patient.go("/start")
    for status in (400, 403, 500):
        yield f"stumbling, {status}", patient.go(f"/privacy?{STUMBLE}={status}")


def outages(come: Come, settings: Settings) -> Iterator[State]:
    """The pages that a web server in front shows by itself."""
    patient = come()
    front = Front(outage.pages(settings, patient.content))
    patient.page.route("**/outage/*", front.answer)
    for status in outage.PAGES:
        yield f"outage, {status}", patient.go(f"{outage.ADDRESS}/{status}.html")


@dataclass
class Front:
    """A web server in front, while nothing behind it answers."""

    files: dict[str, bytes]

    def answer(self, route: Route) -> None:
        """Answer with a file; with a page, under the status that it is for."""
        place = Path(urlsplit(route.request.url).path)
        page = place.suffix == ".html"
        status = int(place.stem) if page else 200
        said = headers.ALWAYS | {"Content-Type": str(guess_type(place)[0])}
        if page:
            said[DRAWN_FROM] = outage.PAGES[status]
        route.fulfill(status=status, headers=said, body=self.files[place.name])
