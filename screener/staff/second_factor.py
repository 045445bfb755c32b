"""Signing in, second step; and showing both factors again before what matters most."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import browsers, cookies, factors, onward
from screener.staff.onward import Onward
from screener.staff.who import here_now, me
from screener.web.parts import parts


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/second-factor")(second_factor)
    bp.post("/second-factor")(check_second_factor)
    bp.get("/prove")(prove)
    bp.post("/prove")(check_proof)


def second_factor() -> ResponseReturnValue:
    """Ask for the second factor."""
    return page(onward.read())


def check_second_factor() -> ResponseReturnValue:
    """Let somebody in who shows the second factor as well."""
    way, how = onward.read(), factors.shown()
    if not how:
        parts().intake.staff.tries.failed(me().id)
        return page(way, error=_wrong()), 422
    account = me()
    way = onward.belongs_to(way, account)
    let_in(how)
    return onward.arrive(way, account)


def prove() -> ResponseReturnValue:
    """Ask for both factors again."""
    return proof_page(onward.read())


def check_proof() -> ResponseReturnValue:
    """Note that both factors were shown again, and go on."""
    way, staff = onward.read(), parts().intake.staff
    staff.tries.password(me().email, factors.came())
    wrong = {}
    if not staff.passwords.fits(me().id, request.form.get("password", "")):
        wrong["password"] = _("That is not your password. Check it.")
    elif not factors.shown():
        wrong["code"] = _wrong()
    if wrong:
        staff.tries.failed(me().id)
        return proof_page(way, errors=wrong), 422
    staff.sign_ins.prove(here_now())
    return onward.arrive(way, me())


def let_in(how: str) -> None:
    """Begin a whole sign-in in place of the half of it, under a new token."""
    staff, account = parts().intake.staff, me()
    token = staff.sign_ins.complete(here_now(), browsers.name(), how)
    if token is None:
        abort(redirect(url_for("staff.sign_in"), 303))
    cookies.keep(token)
    cookies.remember(staff.tries.remember(account.email, cookies.known()))


def page(way: Onward, *, error: str = "", wait: str = "") -> str:
    """Draw the page that asks for the second factor; see ``sign_in.page``."""
    asked = factors.asked()
    return render_template("staff/second_factor.html", way=way, error=error, wait=wait, asked=asked)


def proof_page(way: Onward, *, errors: dict[str, str] | None = None, wait: str = "") -> str:
    """Draw the page that asks for both factors again; see ``sign_in.page``."""
    asked, wrong = factors.asked(), errors or {}
    return render_template("staff/prove.html", way=way, errors=wrong, wait=wait, asked=asked)


def _wrong() -> str:
    return _("That code does not fit. Wait for the next one, then try again.")
