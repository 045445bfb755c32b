"""One secret becomes many, each for one purpose only."""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(secret: bytes, purpose: str) -> bytes:
    """Derive a key of 32 bytes for one purpose; none tells anything about another."""
    info = b"screener/1/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


def mac(key: bytes, text: str) -> bytes:
    """Stand in for a text that must not be kept: the same each time, and not to be turned back."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
