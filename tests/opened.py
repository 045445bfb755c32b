"""Which files this process opens to write, and whom it calls, as Python itself tells.

Also files that are gone again. What an engine in another language does, Python does not know.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class Ear:
    """Hears of files that are opened to write, and of calls; not of threads of earlier tests."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.called: set[object] = set()
        self._strangers = {*threading.enumerate()} - {threading.current_thread()}

    def hear(self, event: str, about: tuple[object, ...]) -> None:
        """Note what is opened to write, and who is called."""
        if threading.current_thread() in self._strangers:
            return
        match event, about:
            case "open", (name, _, int(flags)) if flags & WRITES:
                named = os.fsdecode(name) if isinstance(name, str | bytes) else repr(name)
                self.opened.append(named)
            case "socket.connect", (_, address):
                self.called.add(address)


# Python never takes a hook off again, so there is one, and mostly nobody listens to it.
_ears: list[Ear] = []
_hung_up: list[bool] = []


def _told(event: str, about: tuple[object, ...]) -> None:
    if _ears and event in {"open", "socket.connect"}:
        for ear in _ears:
            ear.hear(event, about)


@contextmanager
def listening() -> Iterator[Ear]:
    """Hear while a block runs."""
    if not _hung_up:
        _hung_up.append(True)
        sys.addaudithook(_told)
    ear = Ear()
    _ears.append(ear)
    try:
        yield ear
    finally:
        _ears.remove(ear)
