"""What stands around every page, on both sides: the clinic's name, its logo, the files.

It asks no session and no database, so that the page that says "something went wrong" can be drawn
when everything else fails.
"""

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from screener.settings import Settings
from screener.web import files
from screener.web.parts import parts


def blueprint() -> Blueprint:
    """Make the blueprint of the clinic's logo, which tells every page of the clinic."""
    bp = Blueprint("frame", __name__)
    bp.get("/logo")(logo)
    bp.get("/favicon.ico")(icon)
    bp.app_context_processor(frame)
    return bp


def frame() -> dict[str, Any]:
    """Return what the frame of every page uses."""
    return {"clinic": face(parts().settings), "asset": asset, "logo_url": logo_url()}


def face(settings: Settings) -> dict[str, Any]:
    """Return the clinic as the pages show it."""
    clinic = settings.clinic
    return {
        "name": clinic.name,
        "phone": clinic.phone,
        "hours": clinic.hours,
        "website": clinic.website,
        "has_logo": clinic.logo is not None,
    }


def asset(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that it can be kept."""
    return url_for("static", filename=name, v=files.version(name))


def logo() -> Response:
    """Send the clinic's logo."""
    return files.send(files.LOGO)


def icon() -> ResponseReturnValue:
    """Lead a browser that shows a PDF of ours to the icon: a PDF cannot name one."""
    return redirect(asset("favicon.svg"), 303)


def logo_url() -> str:
    """Return the address of the logo; empty without one."""
    has = parts().settings.clinic.logo is not None
    return url_for("frame.logo", v=files.version(files.LOGO)) if has else ""
