"""Signing in, first step: the password. And signing out."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import browsers, cookies, onward, second_factor
from screener.staff.factors import came
from screener.staff.who import signed_in
from screener.store.staff.account import tidy
from screener.web.parts import parts

LONGEST = 320  # of an e-mail address


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/")(home)
    bp.get("/sign-in", endpoint="sign_in")(ask)
    bp.post("/sign-in")(check_password)
    bp.post("/sign-out")(sign_out)
    bp.get("/stay")(stay)


def home() -> ResponseReturnValue:
    """Go to what this person does most."""
    first = "staff.queue" if "staff.queue" in current_app.view_functions else "staff.account"
    return redirect(url_for(first), 303)


def ask() -> ResponseReturnValue:
    """Ask who this is, unless it is known."""
    here, way = signed_in(), onward.read()
    if here and here.whole:
        return onward.arrive(way, here.account)
    return page(way)


def check_password() -> ResponseReturnValue:
    """Check the password. A wrong one and an address that nobody has get the same answer."""
    staff, way = parts().intake.staff, onward.read()
    email = _typed_email()
    staff.tries.password(email, came())
    account = staff.passwords.check(email, request.form.get("password", ""))
    if account is None:
        known = staff.accounts.by_email(email)
        staff.tries.failed(known.id if known else "")
        said = _("That e-mail and password do not fit. Check both, then try again.")
        return page(way, error=said), 422
    end_this()
    cookies.keep(staff.sign_ins.begin(account.id, "password", browsers.name()))
    if way.fields:  # they go along in the page, never in an address
        return second_factor.page(way)
    return redirect(url_for("staff.second_factor", to=way.to or None), 303)


def page(way: onward.Onward, *, error: str = "", wait: str = "") -> str:
    """Draw the page that asks for e-mail and password.

    Args:
        way: where somebody was going.
        error: what is to put right.
        wait: how long to wait before another try.
    """
    return render_template(
        "staff/sign_in.html", way=way, email=_typed_email(), error=error, wait=wait
    )


def end_this() -> None:
    """End the sign-in that this browser holds, if any: a new one never takes over an old token."""
    here = signed_in()
    if here:
        parts().intake.staff.sign_ins.end(here.account.id, here.id)


def sign_out() -> ResponseReturnValue:
    """End this sign-in, here and in the database."""
    end_this()
    return to_the_door()


def to_the_door() -> ResponseReturnValue:
    """Go back to where one signs in, and leave nothing behind in the browser.

    The proof that a browser is known stays.
    """
    cookies.forget()
    response = redirect(url_for("staff.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def stay() -> ResponseReturnValue:
    """Show that somebody is still here; the guard has noted it."""
    return "", 204


def _typed_email() -> str:
    return tidy(request.form.get("email", "")[:LONGEST])
