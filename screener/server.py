"""Serve the application on waitress, with limits that hold without a proxy in front."""

import errno
import gc
import importlib
import logging
import signal
import socket
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from flask import Flask
from waitress import create_server

from screener import framing

# Measured with no proxy in front: 300 half-sent requests leave the others answered in 10 ms.
TUNING: dict[str, Any] = {
    "threads": 8,
    "connection_limit": 1000,
    "channel_timeout": 20,  # seconds until a half-sent request is dropped
    "cleanup_interval": 5,
    # More than the app takes, so that what is a little too long gets a page in plain words.
    "max_request_body_size": 512 * 1024,
    # Beyond these waitress would put answers into files: a form, or an export on a slow line.
    "inbuf_overflow": 1024 * 1024,
    "outbuf_overflow": 256 * 1024 * 1024,
    "max_request_header_size": 16 * 1024,
    "asyncore_use_poll": True,  # select() stops at 1,024 sockets
    "ident": None,  # no "Server: waitress"
}

YOUNG = 10_000  # objects that wait for the collector; Python's own 700 are less than a page makes


class CannotListenError(Exception):
    """The address cannot be served; the message says why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address, before anything else is started.

    Args:
        host: the name or address to listen on.
        port: the port, or 0 for any that is free.

    Raises:
        CannotListenError: the address is taken, forbidden, or not of this machine.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except (OSError, OverflowError, UnicodeError) as error:
        raise CannotListenError(_why(error, host, port)) from error


def _why(error: Exception, host: str, port: int) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return f"port {port} is in use by another program; choose another with --port"
        case errno.EACCES:
            return f"port {port} needs more rights than this user has; choose one above 1023"
        case _:
            return f"cannot listen on {host}; give a name or address of this machine with --host"


def leave_no_core() -> None:
    """Let a crash leave no picture of the memory on the disk: answers and keys are in it.

    For good, for this process: not even its owner can allow it again. Windows makes none by itself.
    """
    with suppress(ImportError):
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def address(taken: socket.socket) -> str:
    """Return the web address to open, with the port that was really taken."""
    host, port = taken.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - reads the address, does not choose it
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def run(app: Flask, taken: socket.socket, *, behind_proxy: bool = False) -> None:
    """Serve until Ctrl-C or SIGTERM; requests that are being answered are finished.

    Args:
        app: the application to serve.
        taken: the address, as ``listen`` took it.
        behind_proxy: keep the X-Forwarded-* headers, which waitress removes otherwise. The
            application itself decides how many proxies it trusts.
    """
    signal.signal(signal.SIGTERM, _stop)
    # It warns when one request waits for a thread, which eight threads put right in a moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(
        app, sockets=[taken], clear_untrusted_proxy_headers=not behind_proxy, **TUNING
    )
    framing.install(server)
    # What was made for the start stays, and nearly all that a page makes goes with it: neither is
    # looked through again and again.
    gc.freeze()
    gc.set_threshold(YOUNG)
    try:
        server.run()
    finally:
        server.close()


def _stop(signum: int, _frame: FrameType | None) -> NoReturn:
    """Leave the loop the way Ctrl-C does: waitress then lets its threads finish."""
    raise SystemExit(128 + signum)
