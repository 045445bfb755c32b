"""Taking up an invitation: a link that works once, a password, a second factor, recovery codes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import browsers, cookies, making, onward, second_factor
from screener.staff.onward import Onward
from screener.staff.sign_in import end_this
from screener.staff.who import me
from screener.store.staff import Account
from screener.web.parts import parts

LONGEST_TOKEN = 100


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/invitation/<token>")(invitation)
    bp.post("/invitation/<token>")(take_up)
    bp.get("/set-up")(set_up)
    bp.post("/set-up")(take_factor)


def invitation(token: str) -> ResponseReturnValue:
    """Ask for a password. Looking at the link does not use it up: mail programs look at links."""
    account = parts().intake.staff.accounts.invited(token[:LONGEST_TOKEN])
    return _password_page(token, account) if account else _no_such_link()


def take_up(token: str) -> ResponseReturnValue:
    """Use the link up, with a password that can stand."""
    staff, token = parts().intake.staff, token[:LONGEST_TOKEN]
    account = staff.accounts.invited(token)
    if account is None:
        return _no_such_link()
    password = request.form.get("new_password", "")
    if fault := making.password_fault(password, account):
        return _password_page(token, account, fault), 422
    taken = staff.passwords.take_up(token, password)
    if taken is None:
        return _no_such_link()
    end_this()
    cookies.keep(staff.sign_ins.begin(taken.id, "invited", browsers.name()))
    return redirect(url_for("staff.set_up"), 303)


def set_up() -> ResponseReturnValue:
    """Let somebody who was invited choose a second factor."""
    return making.page("staff/set_up.html")


def take_factor() -> ResponseReturnValue:
    """Keep the second factor, let them in, and show the recovery codes, once."""
    kind = making.taken()
    if not kind:
        return making.page("staff/set_up.html", making.did_not_fit()), 422
    account = me()
    onward.belongs_to(Onward(), account)
    second_factor.let_in(kind)
    # From now on somebody can read what patients send, so that they may.
    parts().intake.need_clinic_key()
    return making.codes_page(account, first=True)


def _password_page(token: str, account: Account, error: str = "") -> str:
    return render_template(
        "staff/invitation.html", token=token, account=account, error=error, title=_("Welcome")
    )


def _no_such_link() -> ResponseReturnValue:
    return render_template("staff/no_link.html"), 404
