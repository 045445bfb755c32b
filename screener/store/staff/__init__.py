"""Who may come in to the staff side, and how they prove it."""

from collections.abc import Callable

from screener.store.audit import Audit
from screener.store.engine import Database
from screener.store.staff.account import Account
from screener.store.staff.accounts import Accounts
from screener.store.staff.errors import EmailTaken, LastAdmin, LastFactor, NoSuchAccount
from screener.store.staff.passkeys import Passkey, Passkeys, Site
from screener.store.staff.passwords import Passwords
from screener.store.staff.recovery_codes import RecoveryCodes
from screener.store.staff.sign_ins import SignIn, SignIns
from screener.store.staff.totp import Totp
from screener.store.staff.tries import From, Tries
from screener.store.staff_keys import StaffKeys

__all__ = [
    "Account",
    "EmailTaken",
    "From",
    "LastAdmin",
    "LastFactor",
    "NoSuchAccount",
    "Passkey",
    "SignIn",
    "Site",
    "Staff",
]


class Staff:
    """The rooms of this folder, put together."""

    def __init__(
        self, database: Database, keys: StaffKeys, audit: Audit, clock: Callable[[], float]
    ) -> None:
        rests_on = (database, keys, audit, clock)
        self.accounts = Accounts(*rests_on)
        self.passwords = Passwords(*rests_on)
        self.totp = Totp(*rests_on)
        self.passkeys = Passkeys(*rests_on)
        self.recovery_codes = RecoveryCodes(*rests_on)
        self.sign_ins = SignIns(*rests_on)
        self.tries = Tries(*rests_on)
