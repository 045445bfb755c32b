"""Passwords: kept as Argon2id, checked at the same cost for everybody.

An address that nobody has, an invitation that was not taken up, a disabled account and a wrong
password all cost one hash and get one answer.
"""

import secrets
import unicodedata
from functools import cached_property

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import delete, select, update

from screener.store.models import invitation, staff, staff_session
from screener.store.staff.account import Account, account_of, tidy_email
from screener.store.staff.room import Room
from screener.store.turns import Turns

# RFC 9106, the second recommended choice, in one lane: with more, OpenSSL takes threads from a
# pool in which two hashes wait for each other for ever. More than two would use up the machine.
PASSES, LANES, KIB = 3, 1, 64 * 1024
SALT_BYTES, HASH_BYTES = 16, 32
_TURNS = Turns()


class Passwords(Room):
    """The passwords of all accounts."""

    def check(self, email: str, password: str) -> Account | None:
        """Say whose password this is; None when it is nobody's.

        Raises:
            Throttled: too many wait for an answer.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                select(staff).where(staff.c.email == tidy_email(email))
            ).first()
        kept = row.password if row and row.password else self._nobodys
        fits = self._fits(password, kept)
        able = row is not None and row.password is not None and row.disabled_at is None
        return account_of(row) if row and able and fits else None

    def fits(self, account_id: str, password: str) -> bool:
        """Say whether this is the password of an account, for somebody who is signed in.

        Raises:
            Throttled: too many wait for an answer.
        """
        with self._database.reading() as connection:
            kept = connection.execute(
                select(staff.c.password).where(staff.c.id == account_id)
            ).scalar()
        return self._fits(password, kept or self._nobodys) and kept is not None

    def take_up(self, token: str, password: str) -> Account | None:
        """Use up an invitation and set the password; None when the link does not work (any more).

        Of two who press at once, one is let through.
        """
        hashed = self.hashed(password)
        where = invitation.c.locator == self._keys.mac("invitation", token)
        where &= invitation.c.ends_at > self._now()
        with self._database.writing() as connection:
            taken = delete(invitation).where(where).returning(invitation.c.staff_id)
            account_id = connection.execute(taken).scalar()
            if account_id is None:
                return None
            change = update(staff).where(staff.c.id == account_id, staff.c.disabled_at.is_(None))
            row = connection.execute(change.values(password=hashed).returning(*staff.c)).first()
            if row is None:
                return None
            self._tell(connection, account_id, "password_changed", account_id, "by invitation")
            return account_of(row)

    def change(self, account_id: str, password: str, *, but: str) -> None:
        """Give an account a new password: every sign-in ends but the one in use.

        The caller has seen the old password, and the second factor, a moment ago.
        """
        hashed = self.hashed(password)
        others = (staff_session.c.staff_id == account_id, staff_session.c.id != but)
        with self._database.writing() as connection:
            connection.execute(
                update(staff).where(staff.c.id == account_id).values(password=hashed)
            )
            connection.execute(delete(staff_session).where(*others))
            self._tell(connection, account_id, "password_changed", account_id)

    def hashed(self, password: str) -> str:
        """Turn a password into what is kept of it."""
        with _TURNS.one():
            return Argon2id(
                salt=secrets.token_bytes(SALT_BYTES),
                length=HASH_BYTES,
                iterations=PASSES,
                lanes=LANES,
                memory_cost=KIB,
                secret=self._pepper,
            ).derive_phc_encoded(_plain(password))

    def _fits(self, password: str, kept: str) -> bool:
        with _TURNS.one_soon():
            try:
                Argon2id.verify_phc_encoded(_plain(password), kept, self._pepper)
            except InvalidKey:
                return False
        return True

    @cached_property
    def _nobodys(self) -> str:
        """What is compared when there is nothing to compare: it costs the same, and never fits."""
        return self.hashed(secrets.token_urlsafe(32))

    @cached_property
    def _pepper(self) -> bytes:
        """A copied database without the key file cannot even be guessed at."""
        return self._keys.mac("password", "pepper")


def tidy_password(password: str) -> str:
    """Write a password the one way it is compared: NFC, so that every keyboard types the same."""
    return unicodedata.normalize("NFC", password)


def _plain(password: str) -> bytes:
    return tidy_password(password).encode("utf-8", "surrogatepass")
