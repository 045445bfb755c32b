"""What stands around every page, on both sides: the clinic's name, colours and logo.

It asks no session and no database, so that the page that says "something went wrong" can be drawn
when everything else fails.
"""

from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, url_for

from screener import theme
from screener.web.files import version_of
from screener.web.parts import parts

STATIC = Path(__file__).parent.parent / "static"
A_YEAR = 365 * 24 * 60 * 60


def blueprint() -> Blueprint:
    """Make the blueprint of the clinic's colours and logo, which tells every page of the clinic."""
    bp = Blueprint("frame", __name__)
    bp.get("/theme.css", endpoint="theme")(colours)
    bp.get("/logo")(logo)
    bp.app_context_processor(frame)
    return bp


def frame() -> dict[str, Any]:
    """Return what the frame of every page uses."""
    return {
        "clinic": clinic(),
        "asset": asset,
        "theme_url": url_for("frame.theme", v=version_of(stylesheet().encode())),
        "logo_url": logo_url(),
    }


def clinic() -> dict[str, Any]:
    """Return the clinic as the pages show it."""
    face = parts().settings.clinic
    return {
        "name": face.name,
        "phone": face.phone,
        "hours": face.hours,
        "website": face.website,
        "has_logo": face.logo is not None,
    }


def asset(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that it can be kept."""
    return url_for("static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    return version_of((STATIC / name).read_bytes())


def stylesheet() -> str:
    """Write the clinic's colour as a stylesheet."""
    return theme.css(theme.shades(parts().settings.clinic.colour))


def colours() -> Response:
    """Send the clinic's colours."""
    return _kept(stylesheet().encode(), "text/css; charset=utf-8")


def logo() -> Response:
    """Send the clinic's logo."""
    drawn = parts().settings.clinic.logo
    return _kept(drawn.content, drawn.mime) if drawn else abort(404)


def logo_url() -> str:
    """Return the address of the logo; empty without one."""
    drawn = parts().settings.clinic.logo
    return url_for("frame.logo", v=version_of(drawn.content)) if drawn else ""


def _kept(content: bytes, mimetype: str) -> Response:
    """Answer with what a browser may keep: its address names its content."""
    response = Response(content, content_type=mimetype)
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR
    response.cache_control.immutable = True
    return response
