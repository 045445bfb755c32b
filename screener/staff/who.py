"""Who is signed in, in this browser."""

from flask import abort, g

from screener.staff import browsers, cookies
from screener.store.staff import Account, SignIn
from screener.web.parts import parts


def signed_in() -> SignIn | None:
    """Return the sign-in of this browser, whole or half-way; None without one."""
    if "sign_in" not in g:
        token = cookies.token()
        opened = parts().intake.staff.sign_ins.open(token, browsers.name()) if token else None
        g.sign_in = opened
    found: SignIn | None = g.sign_in
    return found


def me() -> Account:
    """Return who is signed in; only for views behind the guard."""
    here = signed_in()
    return here.account if here else abort(403)


def here_now() -> SignIn:
    """Return the sign-in in use; only for views behind the guard."""
    return signed_in() or abort(403)
