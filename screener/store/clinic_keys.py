"""The clinic's key pairs: whoever holds the public half can seal, only the private half opens.

HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM. It seals each record's own key, never the
record: turning to a new key pair seals a few bytes afresh for each record.
"""

import hmac
import logging
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from screener.store import key_files, sealing
from screener.store.derived import KEY_BYTES, derive
from screener.store.errors import StoreUnavailable
from screener.store.sealing import Broken

# The first byte names the algorithm, so that a later one can be told apart.
X25519_AES_256_GCM = b"\x01"
BY_THE_PRIVATE_HALF = b"\x02"
# As long as what HPKE seals: a row that keeps its length is written over in its place.
PADDING = bytes(19)
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

log = logging.getLogger(__name__)


def seal_for_clinic(public: bytes, plain: bytes, about: str) -> bytes:
    """Seal bytes that only the clinic can open, bound to what they are about."""
    key = X25519PublicKey.from_public_bytes(public)
    return X25519_AES_256_GCM + SUITE.encrypt(plain, key, about.encode())


class ClinicKeys:
    """The private halves, one file a version. Only the staff side has them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[int, X25519PrivateKey] = {}
        self._wrappings: dict[int, bytes] = {}

    def make(self, version: int) -> bytes:
        """Make a key pair, keep its private half in a file, and return the public half."""
        private = X25519PrivateKey.generate()
        key_files.write(self.file(version), private.private_bytes_raw())
        # Another process may have been first: what counts is what the file holds.
        return self._private(version).public_key().public_bytes_raw()

    def unseal(self, version: int, sealed: bytes, about: str) -> bytes:
        """Open what ``seal_for_clinic`` sealed.

        Raises:
            Broken: wrong key, wrong purpose, or changed bytes.
            StoreUnavailable: the private half is not here.
        """
        if sealed[:1] == BY_THE_PRIVATE_HALF:
            return sealing.unseal(self._wrapping(version), sealed[1:], about)[:KEY_BYTES]
        if sealed[:1] != X25519_AES_256_GCM:
            raise Broken
        try:
            return SUITE.decrypt(sealed[1:], self._private(version), about.encode())
        except (InvalidTag, ValueError):
            raise Broken from None

    def seal(self, version: int, key: bytes, about: str) -> bytes:
        """Seal a record's key so that only this one opens it, where its private half is.

        Far quicker than ``seal_for_clinic``, and as long.

        Raises:
            StoreUnavailable: the private half is not here.
        """
        return BY_THE_PRIVATE_HALF + sealing.seal(self._wrapping(version), key + PADDING, about)

    def public(self, version: int) -> bytes:
        """Give the public half of a key pair."""
        return self._private(version).public_key().public_bytes_raw()

    def trusts(self, version: int, public: bytes) -> bool:
        """Say whether a public half is the clinic's own, as far as that can be told here.

        Whoever can write to the database could put their own key there, and read what is sent from
        then on. Where the clinic's private halves are, it must belong to one of them; where there
        is none, on a host of the patients' side alone, the database is believed.
        """
        if not any(self._folder.glob("clinic-*.key")):
            return True
        own = self.file(version).exists() and hmac.compare_digest(self.public(version), public)
        if not own:
            log.error("clinic_key_foreign", extra={"count": version})
        return own

    def destroy(self, version: int) -> None:
        """Remove a private half for good: nothing sealed with its public half can be read again."""
        self._read.pop(version, None)
        self._wrappings.pop(version, None)
        key_files.destroy(self.file(version))

    def file(self, version: int) -> Path:
        """Say where the private half of a version is."""
        return self._folder / f"clinic-{version}.key"

    def _wrapping(self, version: int) -> bytes:
        if version not in self._wrappings:
            private = self._private(version).private_bytes_raw()
            self._wrappings[version] = derive(private, "clinic wrapping")
        return self._wrappings[version]

    def _private(self, version: int) -> X25519PrivateKey:
        found = self._read.get(version)
        if found is None:
            raw = key_files.read(self.file(version))
            if len(raw) != KEY_BYTES:
                raise StoreUnavailable("keys", f"{self.file(version)} holds no key: put yours back")
            found = self._read[version] = X25519PrivateKey.from_private_bytes(raw)
        return found
