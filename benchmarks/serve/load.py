"""Clients that cost little: ready-made bytes on a kept connection, a clock around each answer."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from benchmarks.patients.wire import FORM, Pairs, Wire
from tests.web import drawn

ANSWERS = {"ack": "yes", "filled_by": "self", "age_years": "42"}
GET, POST = "GET", "POST"
TAKEN = {GET: {200}, POST: {302, 303}}
MEDIAN, LATE = 0.5, 0.99


class WrongAnswer(Exception):
    """The contestant did not do its work; nothing is measured."""


@dataclass(frozen=True)
class Rate:
    """What some clients got in some seconds; times in milliseconds."""

    a_second: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Step:
    """One patient's step: the bytes that ask for the page, and those that send it."""

    port: int
    get: bytes
    post: bytes

    def bytes_of(self, method: str) -> bytes:
        """Return the bytes of one of the two."""
        return self.get if method == GET else self.post


def begin(address: str, start: str, form_path: str) -> Step:
    """Come as a new patient, and make ready a step; see that both requests are taken."""
    wire = Wire(address)
    first = wire.ask(GET, start)
    if start != form_path:
        form = first.page.select_one("main form[method=post]")
        if form is None:
            raise WrongAnswer(f"no form on {start}")
        wire.ask(POST, str(form["action"]), _as_pairs(drawn(form)))
    form = wire.follow(wire.ask(GET, form_path)).page.select_one("form[method=post]")
    if form is None:
        raise WrongAnswer(f"no form on {form_path}")
    # Django numbers the fields of each step: "0-ack".
    names = {str(box["name"]): str(box["name"]).rpartition("-")[2] for box in form.select("[name]")}
    told = {name: ANSWERS[bare] for name, bare in names.items() if bare in ANSWERS}
    sent = _as_pairs(drawn(form) | told)
    action = str(form.get("action") or form_path)
    step = Step(
        urlsplit(address).port or 80,
        _raw(wire, address, GET, form_path, None),
        _raw(wire, address, POST, action, sent),
    )
    wire.close()
    return step


def _as_pairs(values: dict[str, object]) -> Pairs:
    return [
        (name, str(one))
        for name, value in values.items()
        for one in (value if isinstance(value, list) else [value])
    ]


def _raw(wire: Wire, address: str, method: str, path: str, sent: Pairs | None) -> bytes:
    body = urlencode(sent).encode() if sent is not None else b""
    cookies = "; ".join(f"{name}={value}" for name, value in wire.cookies.items())
    lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(address).netloc}", f"Cookie: {cookies}"]
    if body:
        lines += [f"Origin: {address}", f"Content-Type: {FORM}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Client:
    """One kept connection; opened again when the server closes it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._wire: socket.socket | None = None

    def exchange(self, request: bytes) -> int:
        """Send a request and read the whole answer; return its status."""
        for _try in range(2):
            try:
                return self._once(request)
            except OSError:  # the server let go of a connection that was idle
                self.close()
        raise WrongAnswer("no answer")

    def _once(self, request: bytes) -> int:
        if self._wire is None:
            self._wire = socket.create_connection(("127.0.0.1", self._port), timeout=30)
            self._wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self._more()
        if b"connection: close" in head.lower():
            self.close()
        return int(head[9:12])

    def _more(self) -> bytes:
        more = self._wire.recv(65536) if self._wire else b""
        if not more:
            raise OSError("closed")
        return more

    def close(self) -> None:
        """Let go of the connection."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None


def saturate(steps: list[Step], method: str, seconds: float) -> Rate:
    """Let each patient ask again as soon as there was an answer."""
    times: list[float] = []
    ends = time.perf_counter() + seconds

    def ask(step: Step) -> None:
        client, mine, request = Client(step.port), list[float](), step.bytes_of(method)
        while (started := time.perf_counter()) < ends:
            if client.exchange(request) not in TAKEN[method]:
                raise WrongAnswer(f"{method} was not taken")
            mine.append(time.perf_counter() - started)
        client.close()
        times.extend(mine)

    _all_at_once(ask, steps)
    return rate(times, seconds)


def at_a_pace(steps: list[Step], a_second: float, seconds: float) -> Rate:
    """Let steps (page, then answers) begin at a fixed pace, whether the last is done or not."""
    times: list[float] = []
    began, many = time.perf_counter(), int(a_second * seconds)
    turns: Iterator[int] = iter(range(many))
    turn = threading.Lock()

    def ask(step: Step) -> None:
        client = Client(step.port)
        while True:
            with turn:
                number = next(turns, None)
            if number is None:
                break
            due = began + number / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            for method in (GET, POST):
                client.exchange(step.bytes_of(method))
            times.append(time.perf_counter() - due)  # from when it was due: no wait is left out
        client.close()

    _all_at_once(ask, steps)
    return rate(times, seconds)


def rate(times: list[float], seconds: float) -> Rate:
    """Sum up."""
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (MEDIAN, LATE)]
    return Rate(len(ordered) / seconds, at[0] * 1000, at[1] * 1000)


def _all_at_once(ask: Callable[[Step], None], steps: list[Step]) -> None:
    with ThreadPoolExecutor(len(steps)) as threads:
        list(threads.map(ask, steps))
