"""Fuzz the real server over sockets, several at once: a browser with many tabs."""

import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from werkzeug.datastructures import Headers

from benchmarks.fuzz_http.drawing import LARGE
from benchmarks.fuzz_http.inside import TURNS, Inside
from benchmarks.fuzz_http.request import Request
from benchmarks.patients.served import Served

AT_ONCE = 8
PATIENCE = 30  # seconds for an answer
# The server itself turns these down, before the application that sets the headers is asked.
TURNED_DOWN = {400, 413, 431, 501}


def run(served: Served, drawn: Inside, count: int) -> None:
    """Send so many requests to a server, whose database the application of `drawn` shares."""

    def send(request: Request) -> tuple[int, Headers, bytes]:
        return answer(served.port, request)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in range(-(-count // TURNS)):
            actor = drawn.cast.next()
            for batch in range(1 + TURNS // AT_ONCE):
                drawing = drawn.drawing.request if batch else drawn.drawing.opening
                requests = [drawing(actor) for _ in range(AT_ONCE if batch else 1)]
                for request, came in zip(requests, threads.map(send, requests), strict=True):
                    judge(drawn, request, *came)
                    drawn.learn(actor, *came[1:])


def answer(port: int, request: Request) -> tuple[int, Headers, bytes]:
    """Send one request on a connection of its own, and read what comes; status 0 for nothing."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as wire:
        with suppress(OSError):  # it may have heard enough, and said so
            wire.sendall(request.raw())
        came = http.client.HTTPResponse(wire, method=request.method)
        try:
            came.begin()
            return came.status, Headers(came.getheaders()), came.read()
        except (OSError, http.client.HTTPException):
            return 0, Headers(), b""
        finally:
            came.close()


def judge(drawn: Inside, request: Request, status: int, headers: Headers, body: bytes) -> None:
    """Look at one answer; of what the server turned down itself, only that it said so."""
    by_the_server = status in TURNED_DOWN and "Content-Security-Policy" not in headers
    if status and not by_the_server:
        drawn.verdict.look(request, status, headers, body)
        return
    drawn.verdict.statuses[status] += 1
    # A client that goes on sending 10 MB after a refusal may lose the refusal: TCP is like that.
    if not status and len(request.body) < LARGE:
        drawn.verdict.wrong.append(f"no answer: {request.shown}")
