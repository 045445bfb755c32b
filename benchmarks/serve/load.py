"""Clients that cost little: ready-made bytes on a kept connection, a clock around each answer."""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol, TypeVar

from benchmarks.serve.flow import WrongAnswer

GET, POST = "GET", "POST"
Who = TypeVar("Who")
TAKEN = {GET: {200}, POST: {302, 303}}
MEDIAN, LATE = 0.5, 0.99


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


class Client:
    """One kept connection; opened again when the server closes it."""

    def __init__(self) -> None:
        self._wire: socket.socket | None = None

    def exchange(self, port: int, request: bytes) -> int:
        """Send a request and read the whole answer; return its status."""
        for _try in range(2):
            try:
                return self._once(port, request)
            except OSError:  # the server let go of a connection that was idle
                self.close()
        raise WrongAnswer("no answer")

    def make(self, step: Step) -> None:
        """Make a step: the page, then the answers.

        Raises:
            WrongAnswer: one of them was not taken.
        """
        for method in (GET, POST):
            self.take(step, method)

    def take(self, step: Step, method: str) -> None:
        """Make half a step.

        Raises:
            WrongAnswer: it was not taken.
        """
        status = self.exchange(step.port, step.bytes_of(method))
        if status not in TAKEN[method]:
            raise WrongAnswer(f"{method} was answered with {status}")

    def _once(self, port: int, request: bytes) -> int:
        if self._wire is None:
            self._wire = socket.create_connection(("127.0.0.1", port), timeout=30)
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


class Walks(Protocol):
    """A patient who makes step after step."""

    def step(self) -> Step:
        """Return the next step."""


def saturate(steps: list[Step], method: str, seconds: float) -> Rate:
    """Let each patient ask again as soon as there was an answer."""
    times: list[float] = []
    ends = time.perf_counter() + seconds

    def ask(step: Step) -> None:
        mine = list[float]()
        with closing(Client()) as client:
            while (started := time.perf_counter()) < ends:
                client.take(step, method)
                mine.append(time.perf_counter() - started)
        times.extend(mine)

    _all_at_once(ask, steps)
    return rate(times, seconds)


def at_a_pace(walkers: Sequence[Walks], a_second: float, seconds: float) -> Rate:
    """Let steps (page, then answers) begin at a fixed pace, whether the last is done or not.

    Raises:
        WrongAnswer: one of them was not taken.
    """
    times: list[float] = []
    turns = Turns(int(a_second * seconds))
    ready = [(walker, walker.step()) for walker in walkers]
    began = time.perf_counter()

    def ask(waiting: tuple[Walks, Step]) -> None:
        walker, step = waiting
        with closing(Client()) as client:
            while (number := turns.take()) is not None:
                due = began + number / a_second
                time.sleep(max(0.0, due - time.perf_counter()))
                client.make(step)
                times.append(time.perf_counter() - due)  # from when it was due: no wait is left out
                step = walker.step()

    _all_at_once(ask, ready)
    return rate(times, seconds)


def many(walkers: Sequence[Walks], count: int) -> None:
    """Make so many steps, shared between some patients.

    Raises:
        WrongAnswer: one of them was not taken.
    """
    turns = Turns(count)

    def ask(walker: Walks) -> None:
        with closing(Client()) as client:
            while turns.take() is not None:
                client.make(walker.step())

    _all_at_once(ask, walkers)


class Turns:
    """Numbers that some threads share."""

    def __init__(self, count: int) -> None:
        self._numbers, self._turn = iter(range(count)), threading.Lock()

    def take(self) -> int | None:
        """Return the next number, or None when there is none left."""
        with self._turn:
            return next(self._numbers, None)


def rate(times: list[float], seconds: float) -> Rate:
    """Sum up."""
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (MEDIAN, LATE)]
    return Rate(len(ordered) / seconds, at[0] * 1000, at[1] * 1000)


def _all_at_once(ask: Callable[[Who], None], many: Sequence[Who]) -> None:
    with ThreadPoolExecutor(len(many)) as threads:
        list(threads.map(ask, many))
