"""Who may come in to the staff side, and how they prove it."""

from collections.abc import Callable

from screener.store.audit import Audit
from screener.store.engine import Database
from screener.store.staff.account import Account
from screener.store.staff.accounts import Accounts
from screener.store.staff.errors import EmailTaken, LastAdmin, NoSuchAccount
from screener.store.staff.passwords import Passwords
from screener.store.staff.sign_ins import SignIn, SignIns
from screener.store.staff.tries import From, Tries
from screener.store.staff_keys import StaffKeys

__all__ = ["Account", "EmailTaken", "From", "LastAdmin", "NoSuchAccount", "SignIn", "Staff"]


class Staff:
    """The rooms of this folder, put together."""

    def __init__(
        self, database: Database, keys: StaffKeys, audit: Audit, clock: Callable[[], float]
    ) -> None:
        self.accounts = Accounts(database, keys, audit, clock)
        self.passwords = Passwords(database, keys, audit, clock)
        self.sign_ins = SignIns(database, keys, audit, clock)
        self.tries = Tries(database, keys, audit, clock)
