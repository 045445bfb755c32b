"""The server's own secret, and what is derived from it.

One random root key lies in a file beside the database, never in it. It opens no draft by itself:
each draft's key is wrapped only with the patient's token and the patient's return code. What the
root adds is that a copied database without the key file cannot even be searched.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from screener.store.codes import reference_from
from screener.store.derived import derive, mac
from screener.store.turns import Turns

# OWASP's and the design's figures for a code that already holds 76.9 random bits.
CODE_PASSES, CODE_LANES, CODE_KIB = 2, 1, 19 * 1024
_TURNS = Turns()


@dataclass(frozen=True, repr=False)
class CodeKeys:
    """What a return code turns into: where its draft is, and the key that opens it."""

    locator: bytes
    wrapping: bytes


class Keys:
    """Everything that is derived from the root key, each for one purpose only."""

    def __init__(self, root: bytes) -> None:
        self.session = derive(root, "session cookie")
        self._token = derive(root, "token locator")
        self._wrapping = derive(root, "token wrapping")
        self._code = derive(root, "return code")
        self._reference = derive(root, "reference")
        self._throttle = derive(root, "throttle")

    def token_locator(self, token: str) -> bytes:
        """Say where the draft of a token is. A token holds 256 bits: a plain HMAC is enough."""
        return mac(self._token, token)

    def token_wrapping(self, token: str) -> bytes:
        """Derive the key that opens a draft's key, from the patient's token."""
        return derive(mac(self._wrapping, token), "draft key by token")

    def from_code(self, code: str) -> CodeKeys:
        """Derive both keys of a return code with one slow hash.

        The salt is this installation's own secret, so that the code leads to one row. A salt in
        the row would need a fast locator, which is what someone with the file would attack.

        Raises:
            Throttled: too many wait for theirs.
        """
        with _TURNS.one_soon():
            slow = Argon2id(
                salt=self._code,
                length=64,
                iterations=CODE_PASSES,
                lanes=CODE_LANES,
                memory_cost=CODE_KIB,
            ).derive(code.encode())
        return CodeKeys(derive(slow, "code locator"), derive(slow, "draft key by code"))

    def throttled(self, what: str, prefix: str) -> bytes:
        """Stand in for an address: the same each time, and no address in the database."""
        return mac(self._throttle, f"{what}\0{prefix}")

    def reference(self, draft_id: str) -> str:
        """Make the reference that is printed on a summary. It opens nothing."""
        return reference_from(mac(self._reference, draft_id))
