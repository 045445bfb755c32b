"""Your own sign-in: the password, the second factors, and where you are signed in."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import making
from screener.staff.factors import site
from screener.staff.guard import proven_recently
from screener.staff.sign_in import to_the_door
from screener.staff.who import here_now, me
from screener.store.staff import LastFactor
from screener.web.parts import parts


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/account")(account)
    bp.get("/account/password")(password)
    bp.post("/account/password")(change_password)
    bp.get("/account/app")(app)
    bp.post("/account/app")(take_app)
    bp.post("/account/app/remove")(remove_app)
    bp.get("/account/passkey")(passkey)
    bp.post("/account/passkey")(take_passkey)
    bp.post("/account/passkey/<passkey_id>/remove")(remove_passkey)
    bp.post("/account/recovery-codes")(make_recovery_codes)
    bp.post("/account/sign-ins/<sign_in_id>/end")(end_sign_in)
    bp.post("/account/sign-ins/end")(sign_out_everywhere)


def account() -> ResponseReturnValue:
    """Show how somebody proves who they are, and where they are signed in."""
    staff, mine = parts().intake.staff, me()
    passkeys = staff.passkeys.listed(mine.id)
    return render_template(
        "staff/account.html",
        done=_done(),
        passkeys=passkeys,
        passkeys_work=site() is not None,
        factors=len(passkeys) + mine.has_totp,
        codes_left=staff.recovery_codes.left(mine.id),
        sign_ins=staff.sign_ins.listed(mine.id),
        this=here_now().id,
    )


@proven_recently
def password() -> ResponseReturnValue:
    """Ask for a new password."""
    return render_template("staff/password.html", error="")


@proven_recently
def change_password() -> ResponseReturnValue:
    """Change the password, and sign out everywhere else."""
    typed = request.form.get("new_password", "")
    if error := making.password_fault(typed, me()):
        return render_template("staff/password.html", error=error), 422
    parts().intake.staff.passwords.change(me().id, typed, but=here_now().id)
    return _back("password")


@proven_recently
def app() -> ResponseReturnValue:
    """Offer a secret to an app; the app of before works until the new one is shown to have it."""
    return making.page("staff/app.html")


@proven_recently
def take_app() -> ResponseReturnValue:
    """Keep the app."""
    if not making.taken():
        return making.page("staff/app.html", making.did_not_fit()), 422
    return _back("app")


@proven_recently
def remove_app() -> ResponseReturnValue:
    """Forget the app, if a passkey stays."""
    try:
        parts().intake.staff.totp.remove(me())
    except LastFactor:
        return _back("last")
    return _back("app_gone")


@proven_recently
def passkey() -> ResponseReturnValue:
    """Offer to make a passkey."""
    return making.page("staff/passkey.html")


@proven_recently
def take_passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser has made."""
    if not making.taken():
        return making.page("staff/passkey.html", making.did_not_fit()), 422
    return _back("passkey")


@proven_recently
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    """Forget a passkey, if another factor stays."""
    try:
        gone = parts().intake.staff.passkeys.remove(me().id, passkey_id)
    except LastFactor:
        return _back("last")
    return _back("passkey_gone") if gone else abort(404)


@proven_recently
def make_recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes, and show them, once."""
    return making.codes_page(me())


def end_sign_in(sign_in_id: str) -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    ended = parts().intake.staff.sign_ins.end(me().id, sign_in_id)
    return _back("ended") if ended else abort(404)


def sign_out_everywhere() -> ResponseReturnValue:
    """End all of one's own sign-ins, this one too."""
    parts().intake.staff.sign_ins.end_all(me().id)
    return to_the_door()


def _back(done: str) -> ResponseReturnValue:
    return redirect(url_for("staff.account", done=done), 303)


def _done() -> str:
    """Say what was done just now."""
    said = {
        "password": _("Your password is changed. Everywhere else you are signed out."),
        "app": _("Your app is set up."),
        "app_gone": _("The app is removed."),
        "passkey": _("Your passkey is kept."),
        "passkey_gone": _("The passkey is removed."),
        "ended": _("That sign-in has ended."),
        "last": _("One second step must stay. Set up another one first."),
    }
    return said.get(request.args.get("done", ""), "")
