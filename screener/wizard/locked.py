"""A form that was sent is only read: whoever comes to change it is told so."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from screener.store import DraftSent
from screener.wizard.visit import Visit, require

CONFLICT = 409


def register(bp: Blueprint) -> None:
    """Answer whoever comes to change what was sent."""
    bp.register_error_handler(DraftSent, already_sent)


def unsent() -> Visit:
    """Open the draft that this browser holds, to change it.

    Raises:
        DraftSent: it was sent.
        Away: there is none.
    """
    here = require()
    if here.sent:
        raise DraftSent
    return here


def already_sent(_error: DraftSent) -> ResponseReturnValue:
    """Say that the form was sent, and where to go from here."""
    return render_template(
        "wizard/already_sent.html", reference=require().draft.reference
    ), CONFLICT
