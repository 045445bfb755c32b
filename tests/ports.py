"""Ports for servers that are ended and have to be found again."""

import socket
import sys


class HeldPort:
    """A port that no other program is given as long as this stands.

    A port that was only found free may be another's a moment later, and so may that of a server
    which is down. Linux gives a port that is bound, and not listened on, only to who asks for its
    number and says that it may be shared (SO_REUSEADDR), as every server does.
    """

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", 0))
        self.number: int = self._socket.getsockname()[1]
        if sys.platform != "linux":  # where the server would be refused too
            self._socket.close()

    def __del__(self) -> None:
        self._socket.close()
