"""What a page and its files weigh, plain and packed, and whether it asks what it should."""

import gzip
import urllib.request
from collections import Counter
from dataclasses import dataclass
from http import HTTPStatus

from bs4 import BeautifulSoup

import rules
from benchmarks.weight.looking import Place, Request, Visit

PAGE = "before-you-start"
LEVEL = 6
HTML, CSS, JS, PICTURES = "HTML", "CSS", "JS", "pictures"
KINDS = {"Document": HTML, "Stylesheet": CSS, "Script": JS}
ANSWERED = {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}


class AsksSomethingElse(Exception):
    """A contestant's page does not ask the same questions; nothing is measured."""


@dataclass(frozen=True)
class Weighed:
    """A page: bytes by kind, each plain and in gzip -6, and what came over the wire.

    Attributes:
        plain, packed: bodies of all that a first visit needs, the icon among the pictures.
        first, next: requests without the icon, and bytes over the wire with it.
        ahead: requests of the next visit that are for the page after it.
        strangers: addresses that are not of the contestant.
    """

    plain: Counter[str]
    packed: Counter[str]
    first: tuple[int, int]
    next: tuple[int, int]
    ahead: int
    strangers: list[str]


def weighed(place: Place, first: Visit, later: Visit) -> Weighed:
    """Weigh what two visits have shown."""
    plain: Counter[str] = Counter()
    packed: Counter[str] = Counter()
    asked = [*first.requests.values(), *later.requests.values()]
    for request in first.requests.values():
        body = body_of(request, place)
        kind = KINDS.get(request.kind, PICTURES)
        plain[kind] += len(body)
        packed[kind] += min(len(body), len(gzip.compress(body, LEVEL)))
    return Weighed(
        plain,
        packed,
        counted(first),
        counted(later),
        sum(request.ahead for request in later.requests.values()),
        sorted({one.url for one in asked if not one.url.startswith(f"{place.address}/")}),
    )


def counted(visit: Visit) -> tuple[int, int]:
    """Return how many requests a page needed, and how many bytes came."""
    requests = visit.requests.values()
    needed = sum(not request.icon and not request.ahead for request in requests)
    return needed, sum(request.received for request in requests)


def body_of(request: Request, place: Place) -> bytes:
    """Fetch what a request got, without packing; empty where there is nothing."""
    headers = {"Cookie": "=".join(place.cookie)} if place.cookie else {}
    asked = urllib.request.Request(request.url, headers=headers)  # noqa: S310 - of this machine
    opener = urllib.request.build_opener(Anything)
    with opener.open(asked) as came:
        return bytes(came.read()) if came.status in ANSWERED else b""


class Anything(urllib.request.HTTPErrorProcessor):
    """Take every answer as it is: a page that names a slip is a 422."""

    def http_response(self, request: object, response: object) -> object:  # noqa: ARG002
        """Return the answer."""
        return response


def page_of(place: Place) -> str:
    """Fetch the page itself."""
    return body_of(Request(place.address + place.path, "Document", ahead=False), place).decode()


def see_that_it_asks_the_same(html: str) -> None:
    """Compare a page with our content: each question, its hint, its options.

    Raises:
        AsksSomethingElse: it differs.
    """
    page = BeautifulSoup(html, "html.parser")
    said = " ".join(page.get_text(" ").split())
    for question in rules.load().questionnaire.page(PAGE).questions:
        boxes = page.select(f"input[name={question.id}]")
        labels = {
            str(label.get("for")): label.get_text(strip=True) for label in page.select("label")
        }
        offered = [(str(box["value"]), labels.get(str(box["id"]))) for box in boxes]
        wanted = [(option.token, option.label) for option in question.options]
        if not boxes or (wanted and offered != wanted):
            raise AsksSomethingElse(f"{question.id}: {offered}")
        if question.ask not in said or question.hint not in said:
            raise AsksSomethingElse(f"{question.id}: other words")
