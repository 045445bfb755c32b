"""The server holds with no proxy in front: slow, large and odd requests, and an orderly end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from waitress import buffers

from screener import server

PIECE = 64 * 1024
LONG = 60  # seconds: what takes as long as that on any machine hangs
TOY = """
import sys
from flask import Flask, request
from screener import server

def slow():
    print("begun", flush=True)
    sys.stdin.readline()
    return "finished"

def stop(*given, really=server._stop):
    print("asked to stop", flush=True)
    really(*given)

server._stop = stop
app = Flask("toy")
app.add_url_rule("/", view_func=lambda: "hello")
app.add_url_rule("/", "take", lambda: str(len(request.get_data())), methods=["POST"])
app.add_url_rule("/from", "from", lambda: request.headers.get("X-Forwarded-For", "nobody"))
app.add_url_rule("/slow", "slow", slow)

taken = server.listen("127.0.0.1", 0)
print(server.address(taken), flush=True)
server.run(app, taken)
print("stopped", flush=True)
"""


@contextmanager
def begun() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a toy application behind the real server, in a process of its own; give its port."""
    command = [sys.executable, "-c", TOY]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as running:
        try:
            yield running, int(said(running).rpartition(":")[2])
        finally:
            running.kill()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The port of one toy for all who do not stop it."""
    with begun() as (_, taken):
        yield taken


def said(toy: subprocess.Popen[str]) -> str:
    """Wait for the next line that it prints."""
    assert toy.stdout
    return toy.stdout.readline().strip()


def answer(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as wire:
        wire.sendall(raw)
        return wire.recv(65536)


def get(port: int, path: str = "/", headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", path, headers=headers or {})
    came = connection.getresponse()
    body = came.read()
    connection.close()
    return came.status, body


def test_half_sent_requests_keep_nobody_out(port: int) -> None:
    with ExitStack() as held:
        for number in range(300):
            wire = held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=LONG))
            half_body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\nhalf"
            wire.sendall(half_body if number % 2 else b"GET / HTTP/1.1\r\nHost: x\r\nX-Half:")

        assert (200, b"hello") == get(port)
        wire.sendall(b"more")
        came = http.client.HTTPResponse(wire)
        came.begin()
        assert b"8" == came.read()  # it was still waited for, and kept nobody out


def test_a_huge_declared_body_is_refused_at_once(port: int) -> None:
    declared = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"

    assert b"413" in answer(port, declared).split(b"\r\n")[0]


@pytest.mark.parametrize("length", [b"5", b"9" * 5000])
def test_a_body_with_two_ends_is_refused_and_the_next_request_answered(
    port: int, length: bytes
) -> None:
    both = b"Content-Length: " + length + b"\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

    said = answer(port, b"POST / HTTP/1.1\r\nHost: x\r\n" + both)

    assert b"HTTP/1.1 400 " == said[:13]
    assert b"Connection: close" in said
    assert (200, b"hello") == get(port)


def test_who_expects_to_be_asked_for_a_body_and_has_none_is_answered(port: int) -> None:
    assert b"200" in answer(port, b"GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n")


def test_a_huge_header_is_refused(port: int) -> None:
    header = b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 20_000 + b"\r\n\r\n"

    assert b"431" in answer(port, header).split(b"\r\n")[0]


def test_the_server_does_not_name_itself(port: int) -> None:
    assert b"waitress" not in answer(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").lower()


def test_nobody_can_claim_another_address(port: int) -> None:
    assert (200, b"nobody") == get(port, "/from", {"X-Forwarded-For": "203.0.113.7"})


def test_a_port_in_use_is_named(port: int) -> None:
    with pytest.raises(server.CannotListenError, match=f"port {port} is in use.*--port"):
        server.listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "a" * 300])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(server.CannotListenError, match="--host"):
        server.listen(host, 0)


def test_the_address_to_open_is_one_that_a_browser_takes() -> None:
    with server.listen("0.0.0.0", 0) as taken:
        assert f"http://127.0.0.1:{taken.getsockname()[1]}" == server.address(taken)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_what_is_being_answered_is_finished_before_the_end() -> None:
    with begun() as (toy, port):
        wire = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        wire.request("GET", "/slow")
        answers = said(toy)
        toy.send_signal(signal.SIGTERM)
        asked = said(toy)
        assert toy.stdin
        toy.stdin.write("go on\n")
        toy.stdin.flush()

        assert b"finished" == wire.getresponse().read()
        assert ("begun", "asked to stop", "stopped") == (answers, asked, said(toy))
        assert 0 == toy.wait(timeout=LONG)
        wire.close()


@pytest.mark.parametrize(
    ("way", "size"),
    [
        ("inbuf_overflow", server.TUNING["max_request_body_size"] + 64 * 1024),
        ("outbuf_overflow", 20 * 1024 * 1024),  # a long export, before the line takes any of it
    ],
)
def test_what_waits_to_be_read_or_sent_touches_no_file(
    monkeypatch: pytest.MonkeyPatch, way: str, size: int
) -> None:
    def on_the_disk(*_: object) -> None:
        raise AssertionError("a file")

    monkeypatch.setattr(tempfile, "TemporaryFile", on_the_disk)
    monkeypatch.setattr(buffers, "TempfileBasedBuffer", on_the_disk)
    waiting = buffers.OverflowableBuffer(server.TUNING[way])
    for _ in range(size // PIECE):
        waiting.append(b"x" * PIECE)

    assert size // PIECE * PIECE == len(waiting)
