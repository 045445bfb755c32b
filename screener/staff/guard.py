"""The guard: one check before every request of the staff side, so that no page can forget it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from screener.staff import onward, second_factor, sign_in
from screener.staff.access import ACCESS, HALF_WAY, may
from screener.staff.who import here_now, me, signed_in
from screener.web.parts import parts

__all__ = ["here_now", "me", "only_who_may", "proven_recently"]

RECENTLY = 10 * 60  # seconds that a proof of both factors lasts for what matters most
NEXT_STEP = {"password": "staff.second_factor", "invited": "staff.set_up"}
Given = ParamSpec("Given")
View = Callable[Given, ResponseReturnValue]


def only_who_may() -> ResponseReturnValue | None:
    """Let a request through to its view, or answer it in its place."""
    need, here = ACCESS[request.endpoint or ""], signed_in()
    if need == "anyone" or (need in HALF_WAY and here and here.stage == need):
        return None
    if here is None:
        return _ask_to_sign_in()
    if not here.whole:
        way = onward.interrupted()
        return redirect(url_for(NEXT_STEP[here.stage], to=way.to or None), 303)
    if need in HALF_WAY:
        return redirect(url_for("staff.home"), 303)
    return None if may(here.account.role, request.endpoint or "") else abort(403)


def proven_recently(view: View[Given]) -> View[Given]:
    """Ask for both factors again, unless they were shown a few minutes ago.

    For what matters most: export, deletion, accounts, keys, one's own sign-in. What was typed is
    kept meanwhile.
    """

    @wraps(view)
    def proven(*args: Given.args, **kwargs: Given.kwargs) -> ResponseReturnValue:
        if parts().intake.now() - here_now().proven_at < RECENTLY:
            return view(*args, **kwargs)
        return _ask_for_proof()

    return proven


def _ask_to_sign_in() -> ResponseReturnValue:
    way = onward.interrupted()
    if request.method != "POST":
        return redirect(url_for("staff.sign_in", to=way.to or None), 303)
    return sign_in.page(way), 403


def _ask_for_proof() -> ResponseReturnValue:
    way = onward.interrupted()
    if request.method != "POST":
        return redirect(url_for("staff.prove", to=way.to or None), 303)
    return second_factor.proof_page(way), 403
