"""How often somebody may try, so that guessing leads nowhere and nobody can be locked out.

An account is never locked. Tries are counted before anything slow is done: for an account from one
address, for an account from anywhere, for an address, and for all. A browser that signed in to the
account before holds a sign of it, and its tries are counted apart: whoever floods an account uses
up the tries of browsers that are not known, and never those of its owner.
"""

import hmac
import secrets
from dataclasses import dataclass

from screener.store.errors import Throttled
from screener.store.staff.account import tidy_email
from screener.store.staff.room import Room
from screener.store.throttle import counted, prefix

MINUTE, HOUR = 60, 60 * 60
MOST_ACCOUNTS = 8  # that one browser is known to, a shared desk for example
SIGN_BYTES = 16
TOLD_AT = (1, 10, 100, 1000, 10_000)  # failed tries in an hour that make a line of the trail


@dataclass(frozen=True)
class From:
    """Where a try comes from: the address, and what the browser holds to show it is known."""

    address: str
    known: str = ""


class Tries(Room):
    """Counts the tries of signing in."""

    def password(self, email: str, came: From) -> None:
        """Count one try at a password, of an account that may or may not exist.

        Raises:
            Throttled: it is one too many. It does not count.
        """
        self._take("password", tidy_email(email), came)

    def factor(self, email: str, came: From) -> None:
        """Count one try at a second factor, by somebody who has shown the password.

        Raises:
            Throttled: it is one too many. It does not count.
        """
        self._take("factor", tidy_email(email), came)

    def failed(self, account_id: str) -> None:
        """Count a failed try; now and then the count becomes a line of the trail.

        Never each of them: whoever floods an account would fill the trail too.

        Args:
            account_id: whose account was tried; empty when there is none.
        """
        with self._database.writing() as connection:
            key, now = self._keys.throttled("failed", account_id), self._now()
            ends_at = (now // HOUR + 1) * HOUR
            count = counted(connection, key, now // HOUR, ends_at, max(TOLD_AT))
            if count in TOLD_AT:
                detail = f"{count} in this hour"
                self._tell(connection, "system", "sign_in_failed", account_id, detail)

    def remember(self, email: str, known: str) -> str:
        """Return what a browser holds from now on to show that it signed in to this account."""
        browser, *signs = known.split(".") if known else [secrets.token_urlsafe(16)]
        mine = self._sign(browser, email)
        others = [sign for sign in signs if sign != mine]
        return ".".join([browser, mine, *others[: MOST_ACCOUNTS - 1]])

    def _take(self, what: str, email: str, came: From) -> None:
        browser, *signs = came.known.split(".")
        sign, now = self._sign(browser, email), self._now()
        if any(hmac.compare_digest(sign, one) for one in signs):
            limits = [(f"known {what}", f"{browser}\0{email}", 10, 5 * MINUTE)]
        else:
            near = prefix(came.address)
            limits = [
                (f"{what} from one address", f"{near}\0{email}", 5, MINUTE),
                (f"{what} from anywhere", email, 20, HOUR),
                (f"{what} by address", near, 30, MINUTE),
                (f"{what} of all", "", 120, MINUTE),
            ]
        with self._database.writing() as connection:
            for name, who, most, seconds in limits:
                key, ends_at = self._keys.throttled(name, who), (now // seconds + 1) * seconds
                if counted(connection, key, now // seconds, ends_at, most) is None:
                    raise Throttled(ends_at - now)

    def _sign(self, browser: str, email: str) -> str:
        return self._keys.mac("known browser", f"{browser}\0{tidy_email(email)}")[:SIGN_BYTES].hex()
