"""Runs the product on a disk that turns read-only: `read_only SWITCH python -m screener …`.

While the file SWITCH is there, SQLite's system calls that write, grow, make or remove a file, or
open one to write, fail with EROFS: what the kernel says when it has found its file system damaged.
Left out: the index of the log in shared memory, which such a kernel lets be written too.
"""

import ctypes
import errno
import os
import runpy
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.vfs import Vfs, default_vfs
from screener.store.engine.sqlite import newest_sqlite

NUMBER, LARGE, ADDRESS = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
# Each with what it returns and takes.
CALLS: dict[str, tuple[Any, ...]] = {
    "open": (NUMBER, ADDRESS, NUMBER, NUMBER),
    "write": (LARGE, NUMBER, ADDRESS, LARGE),
    "pwrite": (LARGE, NUMBER, ADDRESS, LARGE, LARGE),
    "pwrite64": (LARGE, NUMBER, ADDRESS, LARGE, LARGE),
    "ftruncate": (NUMBER, NUMBER, LARGE),
    "fallocate": (NUMBER, NUMBER, LARGE, LARGE),
    "unlink": (NUMBER, ADDRESS),
}
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT
Get = ctypes.CFUNCTYPE(ADDRESS, ctypes.c_void_p, ctypes.c_char_p)
Set = ctypes.CFUNCTYPE(NUMBER, ctypes.c_void_p, ctypes.c_char_p, ADDRESS)


@contextmanager
def refusing_while(asked: Callable[[], bool], vfs: Vfs) -> Iterator[None]:
    """Let the calls that write fail whenever a question is answered with yes."""
    at, held = ctypes.addressof(vfs), list[object]()  # SQLite holds only their addresses
    put = Set(vfs.set_system_call)
    for name, (returns, *takes) in CALLS.items():
        original = Get(vfs.get_system_call)(at, name.encode())
        if original is None:
            continue  # this SQLite was built without it
        kind = ctypes.CFUNCTYPE(returns, *takes, use_errno=True)
        held.append(ours := kind(_refusing(name, kind(original), asked)))
        put(at, name.encode(), ctypes.cast(ours, ADDRESS))
    try:
        yield
    finally:
        put(at, None, None)  # all as they were


def _refusing(name: str, really: Callable[..., int], asked: Callable[[], bool]) -> Any:  # noqa: ANN401 - takes what the call takes
    def call(*given: int) -> int:
        writes = name != "open" or given[1] & TO_WRITE
        if writes and asked():
            ctypes.set_errno(errno.EROFS)
            return -1
        return really(*given)

    return call


def main() -> None:
    """Run the command that is given after the switch."""
    _, switch, _python, _dash_m, module, *words = sys.argv
    sys.argv = [module, *words]
    with refusing_while(Path(switch).exists, default_vfs(newest_sqlite())):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
