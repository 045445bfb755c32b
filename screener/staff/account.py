"""Your own sign-in: the password, the second factors, and where you are signed in."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/account")(account)


def account() -> ResponseReturnValue:
    """Show how somebody proves who they are, and where they are signed in."""
    return render_template("staff/account.html")
