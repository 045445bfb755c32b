"""Ports for servers that are told which to take, and may have to be found there again."""

import socket
import sys

_HELD: list[socket.socket] = []


def free_port() -> int:
    """Return a port that nobody has at this moment; in the next it may be another's."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def held_port() -> int:
    """Return a port that no other program is given as long as this one runs.

    It is bound, and not listened on. Linux then gives it only to a server that asks for its number
    and says that it may be shared (SO_REUSEADDR), as ours, PostgreSQL and nginx do; elsewhere it is
    only a free one.
    """
    if sys.platform != "linux":
        return free_port()
    _HELD.append(socket.socket())
    _HELD[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _HELD[-1].bind(("127.0.0.1", 0))
    port: int = _HELD[-1].getsockname()[1]
    return port
