"""Where somebody was going, and what they had typed, while they sign in.

`to` is a page of ours to show afterwards. When a form arrives that nobody is signed in for, its
address is `send_to`, and what was typed waits in hidden fields of the pages between. Afterwards it
is shown again, to be sent by the same person: not lost, and not sent unseen.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from screener.staff.access import ACCESS, HALF_WAY, may
from screener.store.staff import Account
from screener.web.parts import parts

KEPT = "kept-"  # in front of the name of a field that waits
OURS = {"csrf_token", "to", "send_to"}
# A form that holds one of these is a step of signing in, or a change of it: typed anew.
SECRET = {"password", "new_password", "code", "credential"}
WHOSE = "whose"
NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Onward:
    """Where to go, and what waits. Empty: nowhere in particular, and nothing."""

    to: str = ""
    send_to: str = ""
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The hidden fields that carry this through a form."""
        ways = [("to", self.to), ("send_to", self.send_to)]
        waiting = [(KEPT + name, value) for name, value in self.fields]
        return [(name, value) for name, value in (*ways, *waiting) if value]


def read() -> Onward:
    """Read what a step of the sign-in carries; an address that is not ours is left out."""
    fields = [
        (name.removeprefix(KEPT), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(KEPT)
    ]
    to, send_to = request.values.get("to", ""), request.form.get("send_to", "")
    return Onward(own_page(to), own_form(send_to), kept(fields))


def interrupted() -> Onward:
    """Say where this request was going."""
    if request.method != "POST":
        return Onward(to=own_page(request.full_path))
    back = own_page(_path_of(request.referrer or "")) or own_page(request.path)
    if SECRET & request.form.keys() or not session.get(WHOSE):
        return Onward(to=back)
    return Onward(back, own_form(request.path), kept(request.form.items(multi=True)))


def kept(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Keep the fields that a form of ours can have, without signs that no page can hold."""
    named = ((name, value) for name, value in fields if name not in OURS and NAME.fullmatch(name))
    return tuple((name, NOT_TEXT.sub("", value)) for name, value in named)


def arrive(way: Onward, account: Account) -> ResponseReturnValue:
    """Go where somebody was going, or show what they had typed."""
    if way.send_to and way.fields and may(account.role, _endpoint(way.send_to, "POST")):
        return render_template("staff/kept.html", way=way, why="")
    return redirect(way.to or url_for("staff.home"), 303)


def belongs_to(way: Onward, account: Account) -> Onward:
    """Drop what was typed by somebody else in this browser, and let the browser be this person's.

    A fresh proof against forgery goes with it: a form that one person opened cannot be sent by
    another.
    """
    whose = parts().intake.keys.mac("whose browser", account.id).hex()
    if session.get(WHOSE) == whose:
        return way
    session.clear()
    g.pop("csrf_token", None)  # where Flask-WTF keeps the one it has just read
    session[WHOSE] = whose
    return Onward(to=way.to)


def own_page(address: str) -> str:
    """Return the address if it is a page of the staff side to come back to; else nothing."""
    return _own(address, "GET")


def own_form(address: str) -> str:
    """Return the address if the staff side takes a form there; else nothing."""
    return _own(address, "POST")


def _own(address: str, method: str) -> str:
    """Build an address anew from the route that it leads to, so that it cannot lead elsewhere."""
    route = _route(address, method)
    if route is None:
        return ""
    endpoint, values = route
    if ACCESS.get(endpoint, "anyone") in {"anyone", *HALF_WAY}:
        return ""
    query = urlsplit(address).query if method == "GET" else ""
    return url_for(endpoint, **values) + (f"?{query}" if query.isprintable() and query else "")


def _endpoint(address: str, method: str) -> str:
    route = _route(address, method)
    return route[0] if route else ""


def _route(address: str, method: str) -> tuple[str, dict[str, Any]] | None:
    adapter = current_app.create_url_adapter(request)
    try:
        parts_of = urlsplit(address)
        if adapter is None or parts_of.scheme or parts_of.netloc:
            return None
        endpoint, values = adapter.match(parts_of.path, method)
    except (HTTPException, RequestRedirect, ValueError):
        return None
    return str(endpoint), dict(values)


def _path_of(address: str) -> str:
    try:
        parts_of = urlsplit(address)
    except ValueError:
        return ""
    own = parts_of.netloc == request.host
    return parts_of.path + (f"?{parts_of.query}" if parts_of.query else "") if own else ""
