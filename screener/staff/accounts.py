"""Accounts, for admins: who works here, in which role, and links to start with."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff.guard import proven_recently
from screener.staff.who import me
from screener.store.models import ROLES
from screener.store.staff import Account, EmailTaken, LastAdmin, NoSuchAccount
from screener.store.staff.account import LONGEST_NAME, is_email, tidy, tidy_email
from screener.web.parts import parts

LONGEST_TYPED = 300


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/accounts")(accounts)
    bp.get("/accounts/add")(new_account)
    bp.post("/accounts/add")(add_account)
    bp.get("/accounts/<account_id>")(one_account)
    bp.post("/accounts/<account_id>/role")(change_role)
    bp.post("/accounts/<account_id>/disable")(disable)
    bp.post("/accounts/<account_id>/enable")(enable)
    bp.post("/accounts/<account_id>/link")(new_link)


def accounts() -> ResponseReturnValue:
    """List who works here."""
    listed = parts().intake.staff.accounts.listed()
    return render_template("staff/accounts.html", accounts=listed, roles=roles())


@proven_recently
def new_account() -> ResponseReturnValue:
    """Ask whom to add."""
    return _form({"name": "", "email": "", "role": ""}, {})


@proven_recently
def add_account() -> ResponseReturnValue:
    """Add somebody, and show the link to start with, once."""
    fields = ("name", "email", "role")
    typed = {name: tidy(request.form.get(name, "")[:LONGEST_TYPED]) for name in fields}
    wrong = faults(typed)
    if wrong:
        return _form(typed, wrong), 422
    try:
        token = parts().intake.staff.accounts.add(**typed, by=me().id)
    except EmailTaken:
        return _form(typed, {"email": _("Somebody else has this e-mail. Enter another one.")}), 422
    return _link_page(typed["name"], token)


@proven_recently
def one_account(account_id: str) -> ResponseReturnValue:
    """Show one account, and what can be done with it."""
    return _one(account_id)


@proven_recently
def change_role(account_id: str) -> ResponseReturnValue:
    """Give somebody another role."""
    role = request.form.get("role", "")
    if role not in ROLES:
        return _one(account_id, _("Select a role")), 422
    _there(account_id)
    try:
        parts().intake.staff.accounts.change_role(account_id, role, me().id)
    except LastAdmin:
        return _one(account_id, _last_admin()), 422
    return redirect(url_for("staff.accounts"), 303)


@proven_recently
def disable(account_id: str) -> ResponseReturnValue:
    """Keep somebody out from now on."""
    _there(account_id)
    try:
        parts().intake.staff.accounts.disable(account_id, me().id)
    except LastAdmin:
        return _one(account_id, _last_admin()), 422
    return redirect(url_for("staff.accounts"), 303)


@proven_recently
def enable(account_id: str) -> ResponseReturnValue:
    """Let somebody in again."""
    _there(account_id)
    parts().intake.staff.accounts.enable(account_id, me().id)
    return redirect(url_for("staff.accounts"), 303)


@proven_recently
def new_link(account_id: str) -> ResponseReturnValue:
    """Let somebody else start afresh, and show the link for it, once."""
    account = _there(account_id)
    if account.id == me().id:
        abort(403)
    try:
        token = parts().intake.staff.accounts.invite(account_id, me().id)
    except NoSuchAccount:
        abort(404)
    return _link_page(account.name, token)


def faults(typed: dict[str, str]) -> dict[str, str]:
    """Say what is wrong with what was typed about somebody."""
    wrong = {}
    if not typed["name"]:
        wrong["name"] = _("Enter a name")
    elif len(typed["name"]) > LONGEST_NAME:
        wrong["name"] = _("Enter a shorter name")
    if not is_email(tidy_email(typed["email"])):
        wrong["email"] = _("Enter an e-mail address, such as sam@clinic.org")
    if typed["role"] not in ROLES:
        wrong["role"] = _("Select a role")
    return wrong


def roles() -> dict[str, tuple[str, str]]:
    """Name the roles, and say what each of them may do."""
    return {
        "reviewer": (_("Reviewer"), _("Reads the forms, calls back, prints.")),
        "lead": (_("Lead"), _("Also sees the figures and the trail, exports and deletes.")),
        "admin": (_("Admin"), _("Also looks after the accounts.")),
    }


def _form(typed: dict[str, str], wrong: dict[str, str]) -> str:
    return render_template("staff/account_add.html", typed=typed, wrong=wrong, roles=roles())


def _one(account_id: str, error: str = "") -> str:
    account = _there(account_id)
    return render_template("staff/account_one.html", account=account, error=error, roles=roles())


def _there(account_id: str) -> Account:
    return parts().intake.staff.accounts.find(account_id) or abort(404)


def _link_page(name: str, token: str) -> str:
    public = parts().settings.public_url.rstrip("/")
    link = public + url_for("staff.invitation", token=token)
    return render_template("staff/account_link.html", name=name, link=link)


def _last_admin() -> str:
    return _("Nobody else could look after the accounts. Make another person an admin first.")
