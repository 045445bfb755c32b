"""Slow hashes take turns, and few wait for theirs: the other threads go on with pages.

A thread that waits for its turn answers nobody. Were all to wait, help would wait with them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from screener.store.errors import Throttled

AT_ONCE, WAITING = 2, 1  # of the eight threads of the server; each side has turns of its own
SOON = 5  # seconds


class Turns:
    """Turns at something slow."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._turns = BoundedSemaphore(at_once)
        self._room = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Wait for a turn, for as long as that takes: for what not everybody can ask for."""
        with self._turns:
            yield

    @contextmanager
    def one_soon(self) -> Iterator[None]:
        """Wait for a turn, unless others wait already.

        Raises:
            Throttled: too many do.
        """
        if not self._room.acquire(blocking=False):
            raise Throttled(SOON)
        try:
            with self._turns:
                yield
        finally:
            self._room.release()
