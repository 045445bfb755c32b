"""Which files this process opens to write, as Python itself tells: also those that go at once."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


class Ear:
    """Hears of each file that is opened to write, but for threads that an earlier test left."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._strangers = {*threading.enumerate()} - {threading.current_thread()}

    def hear(self, name: object, flags: int) -> None:
        """Note a name, if it is opened to write."""
        if flags & WRITES and threading.current_thread() not in self._strangers:
            self.opened.append(os.fsdecode(name) if isinstance(name, str | bytes) else repr(name))


# Python never takes a hook off again, so there is one, and mostly nobody listens to it.
_ears: list[Ear] = []
_hung_up: list[bool] = []


def _told(event: str, about: tuple[object, ...]) -> None:
    if event == "open" and _ears:
        name, _mode, flags = about
        for ear in _ears:
            ear.hear(name, flags if isinstance(flags, int) else 0)


@contextmanager
def files_to_write() -> Iterator[list[str]]:
    """Give a list of what is opened to write while a block runs."""
    if not _hung_up:
        _hung_up.append(True)
        sys.addaudithook(_told)
    ear = Ear()
    _ears.append(ear)
    try:
        yield ear.opened
    finally:
        _ears.remove(ear)
