"""The two cookies of the staff side: the sign-in, and that this browser is known.

Both are named by the public address, never by the request. "Known" opens nothing: it gives a
browser that signed in before tries of its own, so that nobody can use up those of its owner.
"""

from typing import Any

from flask import Flask, Response, current_app, g, request

LONGEST = 1000
SIGN_IN, KNOWN = "SCREENER_SIGN_IN_COOKIE", "SCREENER_KNOWN_COOKIE"
HALF_A_YEAR = 180 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Name the cookies."""
    https = app.config["SESSION_COOKIE_SECURE"]
    app.config[SIGN_IN] = "__Host-staff" if https else "screener-staff"
    app.config[KNOWN] = "__Host-known" if https else "screener-known"


def token() -> str:
    """Return the token of the sign-in that this browser holds; empty without one."""
    return _read(SIGN_IN)


def known() -> str:
    """Return what this browser holds to show that it is known; empty without it."""
    return _read(KNOWN)


def keep(token: str) -> None:
    """Give this browser a sign-in, with the response of this request."""
    g.staff_cookies = {**g.get("staff_cookies", {}), SIGN_IN: token}
    g.pop("sign_in", None)  # who is signed in is not who it was


def remember(known: str) -> None:
    """Let this browser be known, with the response of this request."""
    g.staff_cookies = {**g.get("staff_cookies", {}), KNOWN: known}


def forget() -> None:
    """Take the sign-in away from this browser, with the response of this request."""
    keep("")


def send(response: Response) -> Response:
    """Put on the response what this browser should hold from now on."""
    for setting, value in g.get("staff_cookies", {}).items():
        name = current_app.config[setting]
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        how: dict[str, Any] = {"httponly": True, "secure": secure, "samesite": "Strict"}
        if value:
            age = HALF_A_YEAR if setting == KNOWN else None
            response.set_cookie(name, value, max_age=age, **how)
        else:
            response.delete_cookie(name, **how)
    return response


def _read(setting: str) -> str:
    given: dict[str, str] = g.get("staff_cookies", {})
    held = given.get(setting, request.cookies.get(current_app.config[setting], ""))
    return held if len(held) <= LONGEST and held.isascii() else ""
