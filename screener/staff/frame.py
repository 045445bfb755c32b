"""What the frame of every staff page needs: who is signed in, and where they may go.

It opens no session and no database, so that an error page can be drawn when everything else fails.
"""

from typing import Any

from flask import Blueprint, current_app, g, request, url_for

from screener.language import _
from screener.staff import says
from screener.staff.access import may
from screener.store.staff import SignIn


def register(bp: Blueprint) -> None:
    """Tell every page who is signed in."""
    bp.app_context_processor(frame)


def frame() -> dict[str, Any]:
    """Return what `staff/base.html` uses."""
    here: SignIn | None = g.get("sign_in")
    whole = here is not None and here.whole
    return {
        "me": here.account if here and whole else None,
        "clock": says.clock(),
        "by_clock": says.by_clock,
        "places": places(here.account.role) if here and whole else [],
    }


def places(role: str) -> list[dict[str, Any]]:
    """Return the rooms that somebody in this role may enter."""
    rooms = {
        "staff.queue": _("Queue"),
        "staff.figures": _("Figures"),
        "staff.trail": _("Trail"),
        "staff.export": _("Export"),
        "staff.delete": _("Delete"),
        "staff.accounts": _("Accounts"),
        "staff.account": _("Your sign-in"),
    }
    return [
        {"href": url_for(endpoint), "words": words, "here": request.endpoint == endpoint}
        for endpoint, words in rooms.items()
        if endpoint in current_app.view_functions and may(role, endpoint)
    ]
