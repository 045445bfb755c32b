"""Sealing: answers become bytes that only the holder of the record's key can read or change.

AES-256-GCM. What a record is *about* (table, id, version) is authenticated with it, so that a
sealed state cannot be moved to another row or put back to an older version without notice.
"""

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# The first byte names the algorithm, so that a later one can be told apart.
AES_256_GCM = b"\x01"
NONCE_BYTES = 12
LENGTH_BYTES = 4
# Sizes tell a story too: a long medicine list is a longer row. Whole kilobytes tell less of it.
BLOCK = 1024


class Broken(Exception):
    """These bytes were not sealed with this key for this purpose, or were changed since."""


def new_key() -> bytes:
    """Make a fresh key for one record."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, plain: bytes, about: str) -> bytes:
    """Seal bytes with a key, bound to what they are about."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return AES_256_GCM + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str) -> bytes:
    """Open what ``seal`` sealed.

    Raises:
        Broken: wrong key, wrong purpose, or changed bytes.
    """
    algorithm, nonce, rest = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    if algorithm != AES_256_GCM:
        raise Broken
    try:
        return AESGCM(key).decrypt(nonce, rest, about.encode())
    except (InvalidTag, ValueError):
        # From None: the cause holds nothing that a log should repeat.
        raise Broken from None


def pack(state: dict[str, Any]) -> bytes:
    """Write a state as JSON, padded to whole kilobytes.

    ASCII escapes keep every character a browser can send, NUL and lone surrogates included.
    """
    written = json.dumps(state, allow_nan=False, separators=(",", ":")).encode("ascii")
    body = len(written).to_bytes(LENGTH_BYTES) + written
    return body + bytes(-len(body) % BLOCK)


def unpack(padded: bytes) -> dict[str, Any]:
    """Read what ``pack`` wrote."""
    length = int.from_bytes(padded[:LENGTH_BYTES])
    state: dict[str, Any] = json.loads(padded[LENGTH_BYTES : LENGTH_BYTES + length])
    return state
