"""Making what one signs in with: a password that can stand, an app, a passkey, recovery codes."""

import json

from flask import render_template, request

from screener.language import _
from screener.renderers.qr import draw
from screener.staff.factors import LONGEST_ANSWER, LONGEST_CODE, site
from screener.staff.who import here_now
from screener.store.staff import Account
from screener.store.staff.password_rules import LONGEST, SHORTEST, fault
from screener.web.parts import parts

LONGEST_NAME = 60


def password_fault(password: str, account: Account) -> str:
    """Say what is wrong with a new password; nothing when it can stand."""
    about = (account.name, account.email, parts().settings.clinic.name)
    match fault(password, about):
        case "short":
            return _("Use %(least)s or more letters, numbers or signs.") % {"least": SHORTEST}
        case "long":
            return _("Use %(most)s letters, numbers or signs at most.") % {"most": LONGEST}
        case "common":
            return _("That is easy to guess. Put four words together that do not belong together.")
        case _:
            return ""


def page(template: str, error: str = "") -> str:
    """Draw a page that offers a new second factor."""
    staff, here, this = parts().intake.staff, here_now(), site()
    offer = staff.totp.offer(here, parts().settings.clinic.name)
    return render_template(
        template,
        error=error,
        offer=offer,
        qr=draw(offer.address),
        passkey=json.dumps(staff.passkeys.offer(this, here)) if this else "",
    )


def taken() -> str:
    """Keep the second factor that a form brings; return which it was, or nothing."""
    staff, here, this = parts().intake.staff, here_now(), site()
    answer = request.form.get("credential", "")[:LONGEST_ANSWER]
    if answer:
        name = request.form.get("name", "").strip()[:LONGEST_NAME] or here.browser
        return "passkey" if this and staff.passkeys.take(this, here, answer, name) else ""
    return "app" if staff.totp.take(here, request.form.get("code", "")[:LONGEST_CODE]) else ""


def did_not_fit() -> str:
    """Say what to do when a new second factor was not kept."""
    if request.form.get("credential"):
        return _("The passkey was not kept. Try again, or use an app.")
    return _("That code does not fit. Enter the 6 digits that the app shows now.")


def codes_page(account: Account, *, first: bool = False) -> str:
    """Make recovery codes, and show them, once."""
    codes = parts().intake.staff.recovery_codes.make(account.id)
    return render_template("staff/recovery_codes.html", codes=codes, first=first)
