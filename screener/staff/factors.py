"""The second factor, as forms show it: a code from an app, a recovery code, or a passkey."""

import json
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import request

from screener.staff import cookies
from screener.staff.who import here_now
from screener.store.staff import From, Site
from screener.web.hosts import hostname
from screener.web.parts import parts

LONGEST_CODE, LONGEST_ANSWER = 60, 20_000


def came() -> From:
    """Say where a try comes from."""
    return From(request.remote_addr or "", cookies.known())


def site() -> Site | None:
    """Return this site as browsers tell it apart; None where they offer no passkeys.

    They do so for names only: not for the address of a machine, such as 127.0.0.1.
    """
    host = hostname(request.host)
    try:
        ip_address(host)
    except ValueError:
        return Site(host, parts().settings.clinic.name, _own)
    return None


def asked() -> dict[str, Any]:
    """Return what a form needs that asks for the second factor."""
    here, this = here_now(), site()
    options = parts().intake.staff.passkeys.ask(this, here) if this else None
    return {"passkey": json.dumps(options) if options else "", "app": here.account.has_totp}


def shown() -> str:
    """Check the second factor that a form brings; return which it was, or nothing.

    Raises:
        Throttled: there were too many tries.
    """
    staff, here, this = parts().intake.staff, here_now(), site()
    staff.tries.factor(here.account.email, came())
    answer = request.form.get("credential", "")[:LONGEST_ANSWER]
    code = request.form.get("code", "")[:LONGEST_CODE]
    if answer:
        return "passkey" if this and staff.passkeys.check(this, here, answer) else ""
    if staff.totp.check(here.account.id, code):
        return "app"
    return "recovery code" if staff.recovery_codes.use(here.account.id, code) else ""


def _own(origin: str) -> bool:
    """Say whether a browser's answer was made on a page of ours."""
    try:
        told = urlsplit(origin)
    except ValueError:
        return False
    public = urlsplit(parts().settings.public_url)
    return told.scheme == public.scheme and told.netloc in {public.netloc, request.host}
