"""The one cookie that matters: it alone opens the patient's draft.

It lives as long as the browser is open. The draft itself ends on the server.
"""

from flask import Flask, Response, current_app, g, request

LONGEST = 200
SETTING = "SCREENER_DRAFT_COOKIE"


def install(app: Flask, *, https: bool) -> None:
    """Name the cookies (by the public address, never by the request) and send them."""
    app.config[SETTING] = "__Host-draft" if https else "screener-draft"
    app.config["SESSION_COOKIE_NAME"] = "__Host-session" if https else "screener-session"
    app.config["SESSION_COOKIE_SECURE"] = https
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.after_request(_send)


def draft_token() -> str | None:
    """Return the token that this browser holds, or None."""
    if "draft_token" in g:
        return str(g.draft_token) if g.draft_token else None
    token = request.cookies.get(current_app.config[SETTING], "")
    return token if token and len(token) <= LONGEST and token.isascii() else None


def keep(token: str) -> None:
    """Give this browser the token of a draft; it is sent with the response of this request."""
    g.draft_token = token


def forget() -> None:
    """Take the token away from this browser, with the response of this request."""
    g.draft_token = ""


def _send(response: Response) -> Response:
    if "draft_token" not in g:
        return response
    name, secure = current_app.config[SETTING], current_app.config["SESSION_COOKIE_SECURE"]
    if g.draft_token:
        response.set_cookie(name, g.draft_token, httponly=True, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(name, httponly=True, secure=secure, samesite="Lax")
    return response
