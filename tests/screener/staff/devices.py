"""A device that makes passkeys and signs with them, as a browser would hand its answers on."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

PRESENT = AuthenticatorData.FLAG.UP
HOLDS_A_KEY = AuthenticatorData.FLAG.AT


class Device:
    """One key, for one site. It counts how often it has signed, unless it is told not to."""

    def __init__(self, *, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.counts = counts
        self.count = 0

    def makes(self, asked: dict[str, Any], origin: str = "http://localhost") -> str:
        """The answer to being asked to make a passkey."""
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32), numbers.y.to_bytes(32)
        public = ES256({1: 2, 3: -7, -1: 1, -2: x, -3: y})  # COSE's words for this curve
        made = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        held = self._held(asked["rp"]["id"], PRESENT | HOLDS_A_KEY, made)
        told = self._told("webauthn.create", asked["challenge"], origin)
        attested = AttestationObject.create("none", held, {})
        return self._answer(told, attestationObject=bytes(attested))

    def signs(self, asked: dict[str, Any], origin: str = "http://localhost") -> str:
        """The answer to being asked to use the passkey."""
        held = self._held(asked["rpId"], PRESENT)
        told = self._told("webauthn.get", asked["challenge"], origin)
        signed = self.key.sign(held + hashlib.sha256(told).digest(), ec.ECDSA(SHA256()))
        return self._answer(told, authenticatorData=bytes(held), signature=signed)

    def _held(self, host: str, flags: Any, made: Any = b"") -> AuthenticatorData:
        self.count += self.counts
        hashed = hashlib.sha256(host.encode()).digest()
        held: AuthenticatorData = AuthenticatorData.create(hashed, flags, self.count, made)
        return held

    def _answer(self, told: bytes, **parts: bytes) -> str:
        name = websafe_encode(self.id)
        response = {"clientDataJSON": told, **parts}
        written = {part: websafe_encode(value) for part, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": written})

    @staticmethod
    def _told(kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
