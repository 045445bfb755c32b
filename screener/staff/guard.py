"""The guard: one check before every request of the staff side, so that no page can forget it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from screener.staff import browsers, cookies, onward
from screener.staff.access import ACCESS, HALF_WAY, may
from screener.store.staff import Account, SignIn
from screener.web.parts import parts

RECENTLY = 10 * 60  # seconds that a proof of both factors lasts for what matters most
NEXT_STEP = {"password": "staff.second_factor", "invited": "staff.set_up"}
Given = ParamSpec("Given")
View = Callable[Given, ResponseReturnValue]


def only_who_may() -> ResponseReturnValue | None:
    """Let a request through to its view, or answer it in its place."""
    need, here = ACCESS[request.endpoint or ""], sign_in()
    if need == "anyone" or (need in HALF_WAY and here and here.stage == need):
        return None
    if here is None:
        return onward.ask_to_sign_in()
    if not here.whole:
        return redirect(url_for(NEXT_STEP[here.stage]), 303)
    if need in HALF_WAY:
        return redirect(url_for("staff.home"), 303)
    return None if may(here.account.role, request.endpoint or "") else abort(403)


def sign_in() -> SignIn | None:
    """Return the sign-in of this browser, whole or half-way; None without one."""
    if "sign_in" not in g:
        token = cookies.token()
        opened = parts().intake.staff.sign_ins.open(token, browsers.name()) if token else None
        g.sign_in = opened
    found: SignIn | None = g.sign_in
    return found


def me() -> Account:
    """Return who is signed in; only for views behind the guard."""
    here = sign_in()
    return here.account if here else abort(403)


def here_now() -> SignIn:
    """Return the sign-in in use; only for views behind the guard."""
    return sign_in() or abort(403)


def proven_recently(view: View[Given]) -> View[Given]:
    """Ask for both factors again, unless they were shown a few minutes ago.

    For what matters most: export, deletion, accounts, keys, one's own sign-in. What was typed is
    kept meanwhile.
    """

    @wraps(view)
    def proven(*args: Given.args, **kwargs: Given.kwargs) -> ResponseReturnValue:
        if parts().intake.now() - here_now().proven_at < RECENTLY:
            return view(*args, **kwargs)
        return onward.ask_for_proof()

    return proven
