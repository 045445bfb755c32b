"""A mail server and a web server on this machine, which speak the real thing and keep what came."""

import base64
import http.server
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Receiver:
    """A server in a thread, for as long as a block runs."""

    def __init__(self, server: socketserver.TCPServer) -> None:
        self._server = server
        self.port: int = server.server_address[1]
        self._thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_: Any) -> None:
        """A client that refuses our certificate goes away in the middle of a word."""


@dataclass
class Mailbox(Receiver):
    """Speaks SMTP (RFC 5321) as far as a client needs it, with STARTTLS and AUTH PLAIN."""

    certificate: Path | None = None
    password: str = ""
    refuses: str = ""  # the command that it says no to
    mails: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        box = self

        class Client(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                Conversation(box, self.request).go_on()

        super().__init__(_Threads(("127.0.0.1", 0), Client))


class Conversation:
    """One client of a mailbox."""

    def __init__(self, box: Mailbox, wire: socket.socket) -> None:
        self._box = box
        self._wire = wire
        self._stream = wire.makefile("rwb")
        self._secure = False

    def go_on(self) -> None:
        """Answer until the client goes."""
        self._say("220 here")
        while line := self._stream.readline().decode().strip():
            self._box.said.append(line)
            word = line.upper().partition(" ")[0]
            if word == self._box.refuses:
                self._say("550 no")
            else:
                getattr(self, f"_{word.lower()}", self._well)(line)
        self._stream.close()
        self._wire.close()

    def _say(self, *lines: str) -> None:
        self._stream.write("".join(f"{line}\r\n" for line in lines).encode())
        self._stream.flush()

    def _well(self, _line: str) -> None:
        self._say("250 well")

    def _ehlo(self, _line: str) -> None:
        offered = ["STARTTLS"] * bool(self._box.certificate and not self._secure)
        offered += ["AUTH PLAIN"] * bool(self._box.password)
        self._say("250-here", *(f"250-{offer}" for offer in offered), "250 8BITMIME")

    def _quit(self, _line: str) -> None:
        self._say("221 bye")

    def _starttls(self, _line: str) -> None:
        assert self._box.certificate
        self._say("220 go on")
        self._stream.close()
        self._wire, self._secure = wrapped(self._box.certificate, self._wire), True
        self._stream = self._wire.makefile("rwb")

    def _auth(self, line: str) -> None:
        given = base64.b64decode(line.split()[2])
        right = given.endswith(b"\0" + self._box.password.encode())
        self._say("235 welcome" if right else "535 no")

    def _data(self, _line: str) -> None:
        self._say("354 go on")
        self._box.mails.append(b"".join(iter(self._stream.readline, b".\r\n")).decode())
        self._say("250 thanks")


def wrapped(certificate: Path, wire: socket.socket) -> ssl.SSLSocket:
    """Begin TLS."""
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate)
    return trust.wrap_socket(wire, server_side=True)


@dataclass
class Hook(Receiver):
    """Takes POSTs, and answers what a test wants."""

    answers: Callable[[], tuple[int, dict[str, str]]] = lambda: (204, {})
    certificate: Path | None = None
    calls: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        hook = self

        class Call(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.take(self)

            def do_GET(self) -> None:
                hook.take(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        super().__init__(_Threads(("127.0.0.1", 0), Call))
        if self.certificate:
            speaks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            speaks.load_cert_chain(self.certificate)
            self._server.socket = speaks.wrap_socket(self._server.socket, server_side=True)

    def take(self, call: http.server.BaseHTTPRequestHandler) -> None:
        """Keep a call, and answer it."""
        body = call.rfile.read(int(call.headers.get("Content-Length", 0)))
        self.calls.append((call.path, dict(call.headers.items()), body))
        status, headers = self.answers()
        call.send_response(status)
        for name, value in headers.items():
            call.send_header(name, value)
        call.end_headers()

    @property
    def address(self) -> str:
        """Where to call."""
        return f"http://127.0.0.1:{self.port}/new?from=screener"
