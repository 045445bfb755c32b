"""Tells of each sync that SQLite and Python ask for, in this process.

Of the functions by which SQLite reaches the disk, the one that opens files is replaced by one that
gives each file a copy of its own table, in which the sync is replaced as well.
"""

import ctypes
import os
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Self

from benchmarks.vfs import default_vfs

Synced = Callable[[Path], None]
OK, IOERR = 0, 10
SYNC, FUNCTIONS = 4, {1: 12, 2: 16, 3: 18}  # the place of xSync; how many there are by version

# The name is a bare address: SQLite keeps it, and reads what stands behind its end.
Open = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.c_void_p,
)
Sync = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class Methods(ctypes.Structure):
    """SQLite's ``sqlite3_io_methods``: what can be done with an open file."""

    _fields_ = (("version", ctypes.c_int), ("functions", ctypes.c_void_p * FUNCTIONS[3]))


class Files:
    """The files that SQLite opens meanwhile, each with a sync that is told of.

    Args:
        module: sqlite3 or pysqlite3, the one in use.
        synced: is told of a file when it is on the disk.
    """

    def __init__(self, module: ModuleType, synced: Synced) -> None:
        self._synced = synced
        self._paths: dict[int, Path] = {}
        self._tables: dict[int, Methods] = {}  # the original's address: ours
        self._vfs = default_vfs(module)
        self._really_open = Open(self._vfs.open)
        # Kept, for SQLite holds only their addresses.
        self._open, self._sync = Open(self._opened), Sync(self._synced_too)

    def __enter__(self) -> Self:
        self._vfs.open = ctypes.cast(self._open, ctypes.c_void_p).value
        return self

    def __exit__(self, *_: object) -> None:
        """Let SQLite open files by itself again; those that are open must be closed by now."""
        self._vfs.open = ctypes.cast(self._really_open, ctypes.c_void_p).value

    def _opened(
        self, vfs: int, name: int | None, file: int, flags: int, granted: int | None
    ) -> int:
        code: int = self._really_open(vfs, name, file, flags, granted)
        if code == OK and name is not None:
            self._paths[file] = Path(os.fsdecode(ctypes.string_at(name)))
            methods = ctypes.c_void_p.from_address(file)
            methods.value = ctypes.addressof(self._table(methods.value or 0))
        return code

    def _table(self, original: int) -> Methods:
        if original not in self._tables:
            ours = Methods()
            version = ctypes.c_int.from_address(original).value
            size = Methods.functions.offset + 8 * FUNCTIONS[min(version, 3)]
            ctypes.memmove(ctypes.addressof(ours), original, size)
            self._really_sync = Sync(  # the same in all tables of one VFS
                ours.functions[SYNC]
            )
            ours.functions[SYNC] = ctypes.cast(self._sync, ctypes.c_void_p).value
            self._tables[original] = ours
        return self._tables[original]

    def _synced_too(self, file: int, flags: int) -> int:
        code: int = self._really_sync(file, flags)
        try:
            if code == OK:
                self._synced(self._paths[file])
        except BaseException:  # noqa: BLE001 - SQLite is C: nothing may fly through it
            traceback.print_exc()
            return IOERR
        return code


def tell_of_python(synced: Synced) -> None:
    """Tell of each os.fsync, of a file or of a folder."""
    really = os.fsync

    def fsync(descriptor: int) -> None:
        really(descriptor)
        synced(Path(f"/proc/self/fd/{descriptor}").resolve())

    os.fsync = fsync  # type: ignore[assignment]
