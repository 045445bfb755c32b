"""Leaving fast, and deleting for good."""

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from screener.web import cookies
from screener.web.parts import parts
from screener.wizard.visit import onward, require

FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
FROM_HERE = {"same-origin", "none"}  # a page of ours, or an address that was typed
CLEAR = '"cache", "cookies", "storage"'


def register(bp: Blueprint) -> None:
    """Add the routes that end a visit."""
    bp.get("/leave")(leave)
    bp.get("/delete")(ask_first)
    bp.post("/delete")(delete)
    bp.get("/deleted")(deleted)


def leave() -> ResponseReturnValue:
    """End the visit in this browser and go to the clinic's neutral address.

    The answers stay for a holder of the code. A browser that only fetches ahead leaves nothing, and
    another site that shows this address as a picture ends nobody's visit.
    """
    if any("prefetch" in request.headers.get(name, "").lower() for name in FETCHED_AHEAD):
        return "", 204
    neutral = parts().settings.clinic.leave_to
    if request.headers.get("Sec-Fetch-Site", "none") not in FROM_HERE:
        return redirect(neutral, 303)
    return _ended(neutral)


def ask_first() -> ResponseReturnValue:
    """Ask before deleting."""
    here = require()
    return render_template(
        "side/delete.html",
        due_url=onward(here),
        sent=here.sent,
        reference=here.draft.reference,
    )


def delete() -> ResponseReturnValue:
    """Delete the answers and the code, for good."""
    here = require()
    parts().store.drafts.delete(here.token)
    return _ended(url_for("wizard.deleted", sent="yes" if here.sent else None))


def deleted() -> ResponseReturnValue:
    """Say that nothing is kept, but what the patient sent to the clinic."""
    return render_template("side/deleted.html", sent="sent" in request.args)


def _ended(address: str) -> Response:
    """Go elsewhere, with nothing of the visit left in this browser."""
    cookies.forget()
    session.clear()
    response = Response(status=303, headers={"Location": address, "Clear-Site-Data": CLEAR})
    response.cache_control.no_store = True
    return response
