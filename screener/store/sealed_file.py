"""A file that only who has the passphrase or the key can read, written and read as a stream.

It begins with a line in plain text that says how the key is made. Then come pieces, each sealed
with AES-256-GCM under its number and whether it is the last (as the STREAM construction does): none
can be changed, left out, moved or put after the end without notice.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from screener.store.derived import derive

MAGIC = b"SCREENER BACKUP 1 "
PIECE = 1024 * 1024
TAG = 16
LONGEST_HEADER = 1000
# RFC 9106's second choice for a file that somebody may guess at for years; and what a file may ask.
PASSES, LANES, KIB = 3, 4, 64 * 1024
MOST_PASSES, MOST_LANES, MOST_KIB = 16, 16, 1024 * 1024


class Unreadable(Exception):
    """The file cannot be read; the message says why."""


@dataclass(frozen=True)
class Secret:
    """What opens the file: a passphrase, or a key of 32 random bytes."""

    passphrase: str = ""
    key: bytes = b""

    @property
    def kind(self) -> str:
        """Name it."""
        return "key" if self.key else "passphrase"


@dataclass(frozen=True)
class Making:
    """How the key of a file is made. It stands at the file's start, for all to read."""

    by: str
    salt: str
    passes: int
    lanes: int
    kib: int

    def key(self, secret: Secret) -> bytes:
        """Make the key; a fresh salt makes it another one for each file."""
        salt = bytes.fromhex(self.salt)
        if self.by == "key":
            root = secret.key
        else:
            slow = Argon2id(
                salt=salt, length=32, iterations=self.passes, lanes=self.lanes, memory_cost=self.kib
            )
            root = slow.derive(secret.passphrase.encode())
        return derive(root, f"backup {self.header().hex()}")

    def header(self) -> bytes:
        """Write it down."""
        return MAGIC + json.dumps(asdict(self)).encode() + b"\n"


class Writer:
    """Writes such a file."""

    def __init__(self, stream: BinaryIO, secret: Secret) -> None:
        making = Making(secret.kind, secrets.token_hex(16), PASSES, LANES, KIB)
        self._sealing = AESGCM(making.key(secret))
        self._stream = stream
        self._waiting = bytearray()
        self._number = 0
        stream.write(making.header())

    def write(self, content: bytes) -> None:
        """Add something."""
        self._waiting += content
        while len(self._waiting) > PIECE:
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Write what is left, and the end."""
        self._piece(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _piece(self, content: bytes, *, last: bool) -> None:
        sealed = self._sealing.encrypt(_nonce(self._number, last=last), content, None)
        self._stream.write(len(sealed).to_bytes(4) + sealed)
        self._number += 1


class Reader:
    """Reads such a file, piece by piece; what it gives was checked."""

    def __init__(self, stream: BinaryIO, secret: Secret) -> None:
        """Read how the key is made, and make it.

        Raises:
            Unreadable: it is no such file, or another kind of secret opens it.
        """
        making = _making(stream.readline(LONGEST_HEADER))
        if making.by != secret.kind:
            raise Unreadable(f"the file was sealed with a {making.by}, not with a {secret.kind}")
        self._opening = AESGCM(making.key(secret))
        self._stream = stream
        self._ready = bytearray()
        self._number = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """Give exactly so many bytes.

        Raises:
            Unreadable: wrong secret, changed bytes, or the end came too soon.
        """
        while len(self._ready) < size:
            if self._ended:
                raise Unreadable("the file ends in the middle")
            self._next()
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given

    @property
    def at_end(self) -> bool:
        """Say whether everything was read."""
        while not self._ready and not self._ended:
            self._next()
        return not self._ready

    def _next(self) -> None:
        sealed = self._sealed()
        for last in (False, True):
            try:
                nonce = _nonce(self._number, last=last)
                self._ready += self._opening.decrypt(nonce, sealed, None)
            except InvalidTag:
                continue
            self._number += 1
            self._ended = last
            if last and self._stream.read(1):
                raise Unreadable("something was added after the end of the file")
            return
        raise Unreadable(
            "the file was changed, or is damaged"
            if self._number
            else "the secret is wrong, or the file is damaged at its start"
        )

    def _sealed(self) -> bytes:
        length = int.from_bytes(self._stream.read(4))
        if not TAG <= length <= PIECE + TAG:
            raise Unreadable("the file is cut off, or damaged")
        sealed = self._stream.read(length)
        if len(sealed) != length:
            raise Unreadable("the file is cut off")
        return sealed


def _nonce(number: int, *, last: bool) -> bytes:
    """The key is another one for each file, so that numbers do."""
    return number.to_bytes(11) + bytes([last])


def _making(header: bytes) -> Making:
    """Read how the key is made; nothing is believed that could use up this machine."""
    try:
        making = Making(**json.loads(header.removeprefix(MAGIC)))
        salt = bytes.fromhex(making.salt)
    except (ValueError, TypeError):
        raise Unreadable("it is not a backup of Screener") from None
    asked = ((making.passes, MOST_PASSES), (making.lanes, MOST_LANES), (making.kib, MOST_KIB))
    fair = all(type(value) is int and 0 < value <= most for value, most in asked)
    if not (fair and making.by in {"key", "passphrase"} and salt and making.header() == header):
        raise Unreadable("its first line is damaged")
    return making
