"""Notices that did not reach the clinic, for leads: which, why, and try again."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import says
from screener.staff.who import me
from screener.store import trail
from screener.store.notices import TRIES
from screener.store.submissions import moment
from screener.web.parts import parts


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/notices")(undelivered)
    bp.post("/notices/again")(try_again)


def undelivered() -> ResponseReturnValue:
    """List the notices that were given up."""
    intake = parts().intake
    with intake.database.reading() as connection:
        given_up = intake.notices.undelivered(connection)
        ids = {one.submission_id for one in given_up if one.submission_id}
        forms = trail.references(connection, ids)
    rows = [
        {
            "when": says.when(moment(one.made_at)),
            "way": ways()[one.way],
            "id": one.submission_id,
            "form": forms.get(one.submission_id or "", ""),
            "fault": fault(one.fault),
        }
        for one in given_up
    ]
    return render_template("staff/undelivered.html", rows=rows, tries=TRIES)


def try_again() -> ResponseReturnValue:
    """Put every notice that was given up into the outbox again."""
    intake = parts().intake
    with intake.acting(me().id, "notices_tried_again") as connection:
        for one in intake.notices.undelivered(connection):
            intake.notices.again(connection, one.id, intake.now())
    return redirect(url_for("staff.undelivered"), 303)


def ways() -> dict[str, str]:
    """Name the ways in which the clinic is told."""
    return {"email": _("E-mail"), "webhook": _("Webhook")}


def fault(word: str) -> str:
    """Say why the last try failed; a word that has no sentence here stands for itself."""
    return {
        "not_set": _("This way is no longer set."),
        "timeout": _("The other side did not answer in time."),
        "no_connection": _("There was no connection."),
        "no_trust": _("The other side could not show who it is."),
    }.get(word, word)
