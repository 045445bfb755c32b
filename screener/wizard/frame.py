"""What the frame of a patient's page needs beside the clinic's face: help, and a way to stop.

It opens no session and no database.
"""

from typing import Any

from flask import Blueprint, g, url_for

from screener.web import cookies
from screener.web.parts import parts


def register(bp: Blueprint) -> None:
    """Tell every page where help is."""
    bp.app_context_processor(frame)


def frame() -> dict[str, Any]:
    """Return what `base.html` and the error pages use."""
    here = g.get("visit")
    return {
        "help_url": help_url(),
        "was_sent": bool(here and here.sent),
        "draft": cookies.draft_token() is not None,
        "home_help": parts().content.helplines.country(parts().settings.clinic.country),
    }


def help_url() -> str:
    """Return the address of the help page: for the country the patient told us, where we know it.

    It looks only at a draft that this request has opened already.
    """
    here = g.get("visit")
    return url_for("wizard.help", country=(here and here.told_country) or None)
