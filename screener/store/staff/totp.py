"""Six digits from an app: a code of now, or of half a minute before or after, each once.

RFC 6238 by `cryptography`. The secret is kept sealed, and the step that was used last with it.
"""

import base64
import hmac
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import select, update

from screener.store.models import staff
from screener.store.staff.account import Account
from screener.store.staff.factors import need_another
from screener.store.staff.room import Room
from screener.store.staff.sign_ins import SignIn

DIGITS, STEP = 6, 30
SECRET_BYTES = 20
GROUP = 4


@dataclass(frozen=True, repr=False)
class Offer:
    """A secret for an app to keep: as an address for its camera, and to be typed."""

    address: str
    typed: str


class Totp(Room):
    """The apps of all accounts; each account has one at most."""

    def offer(self, sign_in: SignIn, clinic: str) -> Offer:
        """Offer a secret. It is kept only once a code shows that the app has it.

        Until then it is worked out from the sign-in, so that nothing half-made is stored, and the
        page may be loaded again.
        """
        typed = base64.b32encode(self._offered(sign_in)).decode("ascii")
        label = quote(f"{clinic}:{sign_in.account.email}")
        asked = urlencode({"secret": typed, "issuer": clinic}, quote_via=quote)
        groups = (typed[at : at + GROUP] for at in range(0, len(typed), GROUP))
        return Offer(f"otpauth://totp/{label}?{asked}", " ".join(groups))

    def take(self, sign_in: SignIn, code: str) -> bool:
        """Keep the secret that was offered, when this code shows that the app has it."""
        secret, account_id = self._offered(sign_in), sign_in.account.id
        step = self._step(secret, code)
        if step is None:
            return False
        sealed = self._keys.seal("totp", secret, account_id)
        with self._database.writing() as connection:
            connection.execute(
                update(staff).where(staff.c.id == account_id).values(totp=sealed, totp_step=step)
            )
            self._tell(connection, account_id, "factor_added", account_id, "app")
        return True

    def check(self, account_id: str, code: str) -> bool:
        """Say whether a code fits, and let it fit only once."""
        with self._database.reading() as connection:
            row = connection.execute(select(staff).where(staff.c.id == account_id)).first()
        if row is None or row.totp is None:
            return False
        secret = self._keys.unseal("totp", row.totp, account_id)
        step = self._step(secret, code)
        if step is None:
            return False
        unused = (staff.c.id == account_id, staff.c.totp_step < step)
        with self._database.writing() as connection:
            used = connection.execute(update(staff).where(*unused).values(totp_step=step))
        return used.rowcount == 1

    def remove(self, account: Account) -> None:
        """Forget the app of an account.

        Raises:
            LastFactor: nothing would be left to sign in with.
        """
        with self._database.writing() as connection:
            need_another(connection, account.id, app=False)
            connection.execute(update(staff).where(staff.c.id == account.id).values(totp=None))
            self._tell(connection, account.id, "factor_removed", account.id, "app")

    def _offered(self, sign_in: SignIn) -> bytes:
        # Once it is kept, the next offer of the same sign-in is another one.
        kept = select(staff.c.totp).where(staff.c.id == sign_in.account.id)
        with self._database.reading() as connection:
            in_use = connection.execute(kept).scalar() or b""
        return self._keys.mac("totp offer", f"{sign_in.id}\0{in_use.hex()}")[:SECRET_BYTES]

    def _step(self, secret: bytes, code: str) -> int | None:
        """Find the step that a code belongs to; None when it does not fit now."""
        typed = "".join(sign for sign in code if not sign.isspace()).encode("utf-8", "replace")
        now, totp = self._now() // STEP, TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - RFC 6238
        for step in (now - 1, now, now + 1):
            if hmac.compare_digest(totp.generate(step * STEP), typed):
                return step
        return None
