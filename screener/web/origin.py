"""Refuse what another site sends, and tell a form of ours by its token."""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf import CSRFProtect

SAFE = {"GET", "HEAD", "OPTIONS"}


def install(app: Flask, public_url: str) -> None:
    """Check every request that may change something.

    The token lives as long as the session: a patient may think for an hour.
    """
    ours = urlsplit(public_url).netloc

    def same_origin() -> None:
        origin = request.headers.get("Origin")
        if request.method in SAFE or origin is None:
            return
        if netloc(origin) not in {ours, request.host}:
            abort(403)

    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(same_origin)
    CSRFProtect(app)


def netloc(address: str) -> str:
    """Return the host of an address, with its port; "" when it cannot have one."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""
