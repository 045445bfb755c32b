"""The server's own secret, and what is derived from it.

One random root key lies in a file beside the database, never in it. It opens no draft by itself:
each draft's key is wrapped only with the patient's token and the patient's return code. What the
root adds is that a copied database without the key file cannot even be searched.
"""

import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from screener.store.codes import reference_from
from screener.store.errors import StoreUnavailable

KEY_BYTES = 32
LEAST_DIFFERENT_BYTES = 12  # 32 random bytes hold at least 24 different ones in all but 1 in 10^5
OTHERS_MAY = 0o077

# OWASP's and the design's figures for a code that already holds 76.9 random bits. More than two
# at a time would let an open page use up the machine.
CODE_PASSES, CODE_LANES, CODE_KIB = 2, 1, 19 * 1024
_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True, repr=False)
class CodeKeys:
    """What a return code turns into: where its draft is, and the key that opens it."""

    locator: bytes
    wrapping: bytes


class Keys:
    """Everything that is derived from the root key, each for one purpose only."""

    def __init__(self, root: bytes) -> None:
        self.session = _derive(root, "session cookie")
        self._token = _derive(root, "token locator")
        self._wrapping = _derive(root, "token wrapping")
        self._code = _derive(root, "return code")
        self._reference = _derive(root, "reference")
        self._throttle = _derive(root, "throttle")

    def token_locator(self, token: str) -> bytes:
        """Say where the draft of a token is. A token holds 256 bits: a plain HMAC is enough."""
        return _mac(self._token, token)

    def token_wrapping(self, token: str) -> bytes:
        """Derive the key that opens a draft's key, from the patient's token."""
        return _derive(_mac(self._wrapping, token), "draft key by token")

    def from_code(self, code: str) -> CodeKeys:
        """Derive both keys of a return code with one slow hash.

        The salt is this installation's own secret, so that the code leads to one row. A salt in
        the row would need a fast locator, which is what someone with the file would attack.
        """
        with _TURNS:
            slow = Argon2id(
                salt=self._code,
                length=64,
                iterations=CODE_PASSES,
                lanes=CODE_LANES,
                memory_cost=CODE_KIB,
            ).derive(code.encode())
        return CodeKeys(_derive(slow, "code locator"), _derive(slow, "draft key by code"))

    def throttled(self, what: str, prefix: str) -> bytes:
        """Stand in for an address: the same each time, and no address in the database."""
        return _mac(self._throttle, f"{what}\0{prefix}")

    def reference(self, draft_id: str) -> str:
        """Make the reference that is printed on a summary. It opens nothing."""
        return reference_from(_mac(self._reference, draft_id))


def read_or_make(file: Path, *, may_make: bool) -> Keys:
    """Read the root key, or make it on the first start.

    Raises:
        StoreUnavailable: the key is missing though drafts need it, or weak, or others may read it.
    """
    if not file.exists():
        if not may_make:
            raise StoreUnavailable(
                "keys",
                f"{file} is missing and the drafts in the database need it: put it back from your "
                "copy of the keys, or move the database away to start with an empty one",
            )
        _make(file)
    _check_access(file)
    return Keys(_read(file))


def _make(file: Path) -> None:
    """Write a fresh key so that no one, not even another first start, sees half of it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(KEY_BYTES) + "\n")
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


def _derive(secret: bytes, purpose: str) -> bytes:
    info = b"screener/1/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(secret)


def _mac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")
