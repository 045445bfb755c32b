"""Secrets in files beside the database, never in it: made once, read by their owner alone."""

import os
import secrets
from pathlib import Path

from screener.store import folders
from screener.store.derived import KEY_BYTES
from screener.store.errors import StoreUnavailable

LEAST_DIFFERENT_BYTES = 12  # 32 random bytes hold at least 24 different ones in all but 1 in 10^5
OTHERS_MAY = 0o077


def read_or_make(file: Path, *, may_make: bool) -> bytes:
    """Read a secret of 32 bytes, or make it on the first start.

    Raises:
        StoreUnavailable: it is missing though records need it, or weak, or others may read it.
    """
    if not file.exists():
        if not may_make:
            raise StoreUnavailable(
                "keys",
                f"{file} is missing and what is in the database needs it: put it back from your "
                "copy of the keys, or from the other machine; or start with an empty database",
            )
        write(file, secrets.token_bytes(KEY_BYTES))
    return read(file)


def read(file: Path) -> bytes:
    """Read a secret that only its owner may read.

    Raises:
        StoreUnavailable: it is missing, weak, or others may read it.
    """
    try:
        _check_access(file)
        return _read(file)
    except FileNotFoundError as error:
        raise StoreUnavailable(
            "keys", f"{file} is missing: put it back from your copy of the keys"
        ) from error


def write(file: Path, secret: bytes) -> None:
    """Write a secret so that no one, not even another first start, sees half of it."""
    folders.make(file.parent)
    part = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secret.hex() + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(part, file)
    except FileExistsError:
        pass  # another process was first: its key is the key
    except OSError:
        part.rename(file)  # a disk without hard links
    finally:
        part.unlink(missing_ok=True)
    # Before anything is sealed with it: after a power cut, what was sealed would be lost for good.
    folders.sync(file.parent)


def destroy(file: Path) -> None:
    """Remove a secret: what stood in the file is written over first, as far as the disk does so."""
    try:
        with file.open("r+b") as opened:
            opened.write(bytes(file.stat().st_size))
            opened.flush()
            os.fsync(opened.fileno())
        file.unlink()
    except FileNotFoundError:
        pass  # it is gone already


def _check_access(file: Path) -> None:
    if os.name == "posix" and file.stat().st_mode & OTHERS_MAY:
        raise StoreUnavailable(
            "keys", f"{file} may be read by others: run chmod 600 {file}, and think about a new key"
        )


def _read(file: Path) -> bytes:
    try:
        root = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except ValueError:
        root = b""
    if len(root) < KEY_BYTES:
        raise StoreUnavailable(
            "keys", f"{file} must hold at least {KEY_BYTES * 2} hexadecimal digits: put it back"
        )
    if len(set(root)) < LEAST_DIFFERENT_BYTES:
        raise StoreUnavailable("keys", f"{file} holds a key that can be guessed: put yours back")
    return root
