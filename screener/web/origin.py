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

    def readable_referrer() -> None:
        # Flask-WTF compares it over https, and trips over an address with half a bracket.
        if request.referrer and netloc(request.referrer) is None:
            abort(403)

    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(same_origin)
    app.before_request(readable_referrer)
    CSRFProtect(app)


def netloc(address: str) -> str | None:
    """Return the host of an address, with its port; None when it is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None
