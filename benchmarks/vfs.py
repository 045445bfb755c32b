"""How SQLite reaches the disk (its VFS), reached in turn by ctypes: no compiler is needed.

The shared object of Python's sqlite module exports what is wanted.
"""

import ctypes
import importlib
import sqlite3
import sys
from types import ModuleType

NOT_REACHED = "the SQLite that is in use here exports no functions"
BETWEEN = (  # xDelete … xCurrentTimeInt64: left as they are
    *("delete", "access", "full_path", "dl_open", "dl_error", "dl_symbol", "dl_close"),
    *("randomness", "sleep", "time", "last_error", "exact_time"),
)


class Vfs(ctypes.Structure):
    """SQLite's ``sqlite3_vfs``."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("own", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        *((name, ctypes.c_void_p) for name in BETWEEN),
        ("set_system_call", ctypes.c_void_p),
        ("get_system_call", ctypes.c_void_p),
        ("next_system_call", ctypes.c_void_p),
    )


def default_vfs(module: ModuleType) -> Vfs:
    """Find the functions by which this SQLite reaches the disk.

    Args:
        module: sqlite3 or pysqlite3, the one in use.

    Raises:
        AttributeError: its shared object does not export them.
    """
    within = "_sqlite3" if module is sqlite3 else "pysqlite3._sqlite3"
    library = ctypes.CDLL(getattr(importlib.import_module(within), "__file__", None))
    library.sqlite3_libversion.restype = ctypes.c_char_p
    found = library.sqlite3_libversion().decode()
    if found != module.sqlite_version:
        raise AttributeError(f"SQLite {module.sqlite_version} is in use, {found} was found")
    library.sqlite3_vfs_find.restype = ctypes.POINTER(Vfs)
    vfs: Vfs = library.sqlite3_vfs_find(None).contents
    return vfs


def can_be_reached(module: ModuleType) -> bool:
    """Say whether this works here: on Linux, with an SQLite that exports its functions."""
    try:
        default_vfs(module)
    except (AttributeError, ImportError, OSError):
        return False
    return sys.platform == "linux"
