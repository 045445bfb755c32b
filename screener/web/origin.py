"""Refuse what another site sends, and tell a form of ours by its token."""

from urllib.parse import urlsplit

from flask import Flask, abort, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

SAFE = {"GET", "HEAD", "OPTIONS"}


def install(app: Flask, public_url: str) -> None:
    """Check every request that may change something.

    The token lives as long as the session: a patient may think for an hour.
    """
    ours = urlsplit(public_url).netloc

    def sent_from_here() -> None:
        if request.method in SAFE:
            return
        origin = request.headers.get("Origin")
        said = request.referrer if origin is None else origin
        if said is not None:
            if netloc(said) not in {ours, request.host}:
                abort(403)
        elif request.is_secure and request.endpoint:  # what no page answers is told so
            raise CSRFError("Neither an origin nor a referrer was sent.")

    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # It asks for a referrer, which somebody careful may have told the browser never to send.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.before_request(sent_from_here)
    CSRFProtect(app)


def netloc(address: str) -> str | None:
    """Return the host of an address, with its port; None when it is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return None
