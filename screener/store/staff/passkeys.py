"""Passkeys: a key in a device that signs a challenge of this site, and of no other.

WebAuthn by `fido2`. A challenge is worked out from the sign-in that it is for, so that nothing has
to be stored between page and answer: it ends with that sign-in, or with the proof it led to.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from screener.store.models import passkey
from screener.store.staff.factors import need_another
from screener.store.staff.room import Room
from screener.store.staff.sign_ins import SignIn

LONGEST = 80
# The password comes with it, so that a touch is enough; a device that can ask for more will.
VERIFICATION = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True)
class Site:
    """This site, as browsers tell it apart: its host, and the origins that are its own."""

    host: str
    name: str
    own: Callable[[str], bool]

    @property
    def server(self) -> Fido2Server:
        """What checks the answers of browsers to this site."""
        return Fido2Server(
            PublicKeyCredentialRpEntity(id=self.host, name=self.name), None, self.own
        )


@dataclass(frozen=True)
class Passkey:
    """One passkey, as its owner sees it."""

    id: str
    name: str
    made_at: datetime


class Passkeys(Room):
    """The passkeys of all accounts."""

    def listed(self, account_id: str) -> list[Passkey]:
        """List the passkeys of an account, the oldest first."""
        return [
            Passkey(row.credential_id.hex(), row.name, datetime.fromtimestamp(row.made_at, UTC))
            for row in self._rows(account_id)
        ]

    def offer(self, site: Site, sign_in: SignIn) -> dict[str, Any]:
        """Return what a browser needs to make a passkey."""
        account = sign_in.account
        user = PublicKeyCredentialUserEntity(
            id=bytes.fromhex(account.id), name=account.email, display_name=account.name
        )
        options, _state = site.server.register_begin(
            user,
            self._credentials(account.id),
            user_verification=VERIFICATION,
            challenge=self._challenge("make", sign_in),
        )
        return dict(options.public_key)

    def take(self, site: Site, sign_in: SignIn, answer: str, name: str) -> bool:
        """Keep the passkey that a browser has made; False when its answer does not hold."""
        try:
            made = site.server.register_complete(self._state("make", sign_in), json.loads(answer))
            credential = made.credential_data
        except Exception:  # noqa: BLE001 - whatever a browser sends, fido2 says no in many ways
            return False
        if credential is None:
            return False
        row = {
            "credential_id": credential.credential_id,
            "staff_id": sign_in.account.id,
            "credential": bytes(credential),
            "sign_count": made.counter,
            "name": name[:LONGEST],
            "made_at": self._now(),
        }
        with self._database.writing() as connection:
            try:
                connection.execute(insert(passkey).values(row))
            except IntegrityError:
                return False
            self._tell(
                connection, sign_in.account.id, "factor_added", sign_in.account.id, "passkey"
            )
        return True

    def ask(self, site: Site, sign_in: SignIn) -> dict[str, Any] | None:
        """Return what a browser needs to use a passkey; None when the account has none."""
        credentials = self._credentials(sign_in.account.id)
        if not credentials:
            return None
        options, _state = site.server.authenticate_begin(
            credentials, VERIFICATION, self._challenge("use", sign_in)
        )
        return dict(options.public_key)

    def check(self, site: Site, sign_in: SignIn, answer: str) -> bool:
        """Say whether a browser's answer was signed by a passkey of this account."""
        account_id = sign_in.account.id
        try:
            given = AuthenticationResponse.from_dict(json.loads(answer))
            used = site.server.authenticate_complete(
                self._state("use", sign_in), self._credentials(account_id), given
            )
        except Exception:  # noqa: BLE001 - as above
            return False
        count = given.response.authenticator_data.counter
        mine = (passkey.c.credential_id == used.credential_id, passkey.c.staff_id == account_id)
        # A device that counts never goes back: a count seen before comes from a copy.
        later = (passkey.c.sign_count < count) | ((passkey.c.sign_count == 0) & (count == 0))
        with self._database.writing() as connection:
            kept = connection.execute(update(passkey).where(*mine, later).values(sign_count=count))
        return kept.rowcount == 1

    def remove(self, account_id: str, passkey_id: str) -> bool:
        """Forget a passkey of an account; False when there is none like this.

        Raises:
            LastFactor: nothing would be left to sign in with.
        """
        try:
            credential_id = bytes.fromhex(passkey_id)
        except ValueError:
            return False
        mine = (passkey.c.credential_id == credential_id, passkey.c.staff_id == account_id)
        with self._database.writing() as connection:
            others = passkey.c.credential_id != credential_id
            need_another(connection, account_id, app=True, other=others)
            gone = connection.execute(delete(passkey).where(*mine)).rowcount
            if gone:
                self._tell(connection, account_id, "factor_removed", account_id, "passkey")
        return bool(gone)

    def _rows(self, account_id: str) -> Any:  # noqa: ANN401 - SQLAlchemy's type names every column
        mine = select(passkey).where(passkey.c.staff_id == account_id)
        with self._database.reading() as connection:
            return connection.execute(
                mine.order_by(passkey.c.made_at, passkey.c.credential_id)
            ).all()

    def _credentials(self, account_id: str) -> list[AttestedCredentialData]:
        return [AttestedCredentialData(row.credential) for row in self._rows(account_id)]

    def _challenge(self, what: str, sign_in: SignIn) -> bytes:
        return self._keys.mac(f"{what} a passkey", f"{sign_in.id}\0{sign_in.proven_at}")

    def _state(self, what: str, sign_in: SignIn) -> dict[str, Any]:
        challenge = websafe_encode(self._challenge(what, sign_in))
        return {"challenge": challenge, "user_verification": VERIFICATION}
