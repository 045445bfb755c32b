"""One account, as the rest of the program sees it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

LONGEST_NAME, LONGEST_EMAIL = 80, 254
EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)*")


@dataclass(frozen=True)
class Account:
    """One member of staff.

    Attributes:
        role: reviewer, lead or admin.
        disabled: may not come in.
        has_password: has taken up the invitation.
    """

    id: str
    name: str
    email: str
    role: str
    made_at: datetime
    disabled: bool
    has_password: bool
    has_totp: bool


def account_of(row: Row[Any]) -> Account:
    """Read the row of an account."""
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        role=row.role,
        made_at=datetime.fromtimestamp(row.made_at, UTC),
        disabled=row.disabled_at is not None,
        has_password=row.password is not None,
        has_totp=row.totp is not None,
    )


def is_email(text: str) -> bool:
    """Say whether a text can be an e-mail address; whether it is one shows when it is used."""
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None


def tidy(text: str) -> str:
    """Write a name the one way it is kept: NFC, single spaces, nothing that cannot be seen."""
    plain = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def tidy_email(text: str) -> str:
    """Write an e-mail address the one way it is kept: NFC, in small letters."""
    return tidy(text).lower()
