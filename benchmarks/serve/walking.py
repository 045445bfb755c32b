"""Patients of any contestant: they come, and their requests are ready-made bytes.

One patient reads each page and fills it in; those who come later send the same with a cookie and a
token of their own, so that clients cost little while servers are timed.
"""

from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode, urlsplit

from benchmarks.patients.wire import FORM, Pairs, Wire
from benchmarks.serve.flow import WrongAnswer, as_drawn, form_on, pairs
from benchmarks.serve.form import EARLY, LATE, Flow, Page
from benchmarks.serve.load import GET, POST, TAKEN, Client, Step

TOKENS = ("csrf_token", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Way:
    """How a contestant is walked: where one comes in, its pages, and which of them is late."""

    start: str
    pages: list[tuple[str, Page]]
    late: int


def way_of(name: str, flow: Flow) -> Way:
    """Return how a contestant is walked."""
    if name == "ours":
        return Way("/", [(page.path, page) for page in flow.pages], flow.late)
    if name == "formtools":
        steps = [(f"/step/{number}/", page) for number, page in enumerate(flow.pages)]
        return Way(steps[0][0], steps, flow.late)
    return Way(f"/{EARLY}", [(f"/{when}", flow.at(when)) for when in (EARLY, LATE)], 1)


@dataclass(frozen=True)
class Request:
    """What one page is asked, and what is sent to it."""

    path: str
    action: str
    sent: Pairs


class Waiting:
    """The patients of one contestant."""

    def __init__(self, address: str, way: Way) -> None:
        self._address, self._way = address, way

    @cached_property
    def _requests(self) -> list[Request]:
        return read(self._address, self._way)

    def come(self) -> list[Step]:
        """Come as a new patient; return the steps of the whole form, none of them made yet."""
        wire, token = arrive(self._address, self._way)
        steps = [self._step(wire, token, request) for request in self._requests]
        wire.close()
        return steps

    def early(self) -> Step:
        """Return the first step of a patient who has only begun."""
        return self.come()[0]

    def late(self) -> Step:
        """Return a late step of a patient who has filled in all."""
        steps = self.come()
        with closing(Client()) as client:
            for step in steps:
                client.make(step)
        return steps[self._way.late]

    def _step(self, wire: Wire, token: str, request: Request) -> Step:
        sent = [(name, token if name in TOKENS else text) for name, text in request.sent]
        return Step(
            urlsplit(self._address).port or 80,
            _raw(wire, self._address, GET, request.path, None),
            _raw(wire, self._address, POST, request.action, sent),
        )


class Walker:
    """A patient who makes step after step, and is another when the form is filled in."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting, self._left = waiting, iter(list[Step]())

    def step(self) -> Step:
        """Return the next step."""
        for step in self._left:
            return step
        self._left = iter(self._waiting.come())
        return next(self._left)


def read(address: str, way: Way) -> list[Request]:
    """Walk through all pages; return what was asked and sent.

    Raises:
        WrongAnswer: a page did not come, or was not taken.
    """
    wire, _token = arrive(address, way)
    found = []
    for path, page in way.pages:
        seen = wire.ask(GET, path)
        form = form_on(seen.page, path)
        said = {name: value for name, value in page.told.items() if name not in TOKENS}
        # Django numbers the boxes of each step: "0-ack".
        names = {str(box["name"]): _bare(str(box["name"])) for box in form.select("[name]")}
        told = {name: said[bare] for name, bare in names.items() if bare in said}
        sent = pairs(as_drawn(form) | told)
        action = str(form.get("action") or path)
        answer = wire.ask(POST, action, sent)
        if (seen.status, answer.status) not in {(200, good) for good in TAKEN[POST]}:
            raise WrongAnswer(f"{path} said {seen.status}, and then {answer.status}")
        found.append(Request(path, action, sent))
    wire.close()
    return found


def arrive(address: str, way: Way) -> tuple[Wire, str]:
    """Come as a new patient, and go to the first page; return the browser and its token."""
    wire, first = Wire(address), way.pages[0][0]
    seen = wire.ask(GET, way.start)
    if way.start != first:
        form = form_on(seen.page, way.start)
        wire.ask(POST, str(form["action"]), pairs(as_drawn(form)))
        seen = wire.follow(wire.ask(GET, first))
    said = as_drawn(form_on(seen.page, first))
    return wire, next(said[name][0] for name in TOKENS if name in said)


def _bare(name: str) -> str:
    return name.rpartition("-")[2]


def _raw(wire: Wire, address: str, method: str, path: str, sent: Pairs | None) -> bytes:
    body = urlencode(sent).encode() if sent is not None else b""
    cookies = "; ".join(f"{name}={value}" for name, value in wire.cookies.items())
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(address).netloc}", f"Cookie: {cookies}"]
    if body:
        lines += [f"Origin: {address}", f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
