"""Three members of staff of the demo, one in each role, ready to sign in."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from screener.demo.people import MARK
from screener.store import Intake
from screener.store.audit import COMMAND
from screener.store.staff.totp import DIGITS, STEP

BROWSER = "screener demo"
NAMES = {"reviewer": "Riley Reviewer", "lead": "Lou Lead", "admin": "Ali Admin"}


@dataclass(frozen=True)
class DemoAccount:
    """What somebody signs in with. It is printed once, and is worth nothing elsewhere."""

    role: str
    email: str
    password: str = field(repr=False)
    app_secret: str = field(repr=False)  # to be typed into an authenticator app
    recovery_codes: tuple[str, ...] = field(repr=False)


def accounts(intake: Intake, clock: Callable[[], float]) -> tuple[DemoAccount, ...]:
    """Make an account in each role, with a password and both kinds of second step."""
    return tuple(_account(intake, clock, role, name) for role, name in NAMES.items())


def _account(intake: Intake, clock: Callable[[], float], role: str, name: str) -> DemoAccount:
    staff, email = intake.staff, f"{role}@example.com"
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    invitation = staff.accounts.add(f"{name} {MARK}", email, role, COMMAND)
    account = staff.passwords.take_up(invitation, password)
    if account is None:
        raise LookupError("the invitation was taken up by somebody else")
    token = staff.sign_ins.begin(account.id, "invited", BROWSER)
    sign_in = staff.sign_ins.open(token, BROWSER)
    if sign_in is None:
        raise LookupError("the sign-in has ended")
    app_secret = staff.totp.offer(sign_in, MARK).typed
    # The step before this one, so that what the app shows now works for the first sign-in.
    staff.totp.take(sign_in, code(app_secret, clock() - STEP))
    codes = tuple(staff.recovery_codes.make(account.id))
    staff.sign_ins.end_all(account.id)
    return DemoAccount(role, email, password, app_secret, codes)


def code(app_secret: str, at: float) -> str:
    """Give the six digits that an app shows at a moment, in seconds since 1970, UTC."""
    secret = base64.b32decode(app_secret.replace(" ", ""))
    totp = TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - what RFC 6238 names, and apps expect
    return totp.generate(int(at)).decode("ascii")
