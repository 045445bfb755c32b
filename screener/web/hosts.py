"""Answer only to our own name: an address built from another one could lead anywhere.

Not Flask's TRUSTED_HOSTS: it cannot name an IPv6 address, and refuses before a page can be drawn.
"""

import logging
from urllib.parse import urlsplit

from flask import Flask, abort, request

from screener.web import health

LOCAL = {"localhost", "127.0.0.1", "::1"}

log = logging.getLogger(__name__)


def install(app: Flask, public_url: str) -> None:
    """Refuse requests for any other host than the public one (for a local one: any local one)."""
    ours = urlsplit(public_url).hostname or ""
    trusted = LOCAL if ours in LOCAL else {ours}

    def own_name_only() -> None:
        # Whoever watches over the machine asks by its number, and is told of no address.
        if request.blueprint != health.NAME and hostname(request.host) not in trusted:
            log.warning("host_refused")
            abort(400)

    app.before_request(own_name_only)


def hostname(host: str) -> str:
    """Return the name in a Host header, without its port; "" when it cannot be one."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
