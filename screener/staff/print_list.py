"""A list on paper: a day's forms, or all that are open, in one file or one file a form."""

from typing import get_args

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener import batch
from screener.language import _
from screener.staff import says
from screener.staff.asked import Asked
from screener.staff.record import FORM_ID
from screener.staff.who import me
from screener.store import exporting
from screener.store.exporting import Choice, TooMany
from screener.store.print_jobs import MOST, Job
from screener.store.submissions import moment
from screener.summary import Copy, Logo, Paper
from screener.web.parts import parts

BOXES = ("first", "last", "status", "copy", "paper", "made_as")
BUSY = 2  # lists that may be worked off at once
SOON = "2"  # seconds until the page looks again how far it is


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/print")(print_list)
    bp.post("/print")(begin_list)
    bp.get("/print/<job_id>")(list_state)
    bp.get("/print/<job_id>/file")(list_file)


def print_list() -> ResponseReturnValue:
    """Ask what to print; at first what was sent today."""
    today = f"{moment(parts().intake.now()):%Y-%m-%d}"
    usual = {"first": today, "last": today, "copy": "clinician", "made_as": "pdf"}
    return _page(Asked({name: usual.get(name, "") for name in BOXES}))


def begin_list() -> ResponseReturnValue:
    """Begin to print a list."""
    asked = Asked.read(request.form, BOXES)
    chosen = _chosen(asked)
    for name, known in (
        ("copy", get_args(Copy)),
        ("paper", get_args(Paper)),
        ("made_as", _files()),
    ):
        asked.one_of(name, known, _("Select one"))
    if not asked.errors and parts().intake.print_jobs.running() >= BUSY:
        asked.errors["first"] = _("Other lists are being printed. Try again in a minute.")
    if asked.errors:
        return _page(asked), 422
    return _begun(chosen, asked.typed["copy"], asked.typed["paper"], asked.typed["made_as"])


def list_state(job_id: str) -> ResponseReturnValue:
    """Say how far a list is; the page looks again by itself until it is done."""
    job = _job(job_id)
    headers = {"Refresh": SOON} if job.state == "running" else {}
    return render_template("staff/print_state.html", job=job), 200, headers


def list_file(job_id: str) -> ResponseReturnValue:
    """Send the file of a list, under a name that says nothing about a person."""
    job = _job(job_id)
    if job.state != "ready":
        abort(404)
    response = Response(parts().intake.print_jobs.file(job), content_type=batch.MIME[job.made_as])
    response.headers["Content-Disposition"] = f'attachment; filename="forms.{job.made_as}"'
    return response


def _chosen(asked: Asked) -> list[str]:
    """Find the forms of the list; none, or too many, is a fault of the choice."""
    statuses = {"", *says.statuses()}
    status = asked.one_of("status", statuses, _("Select a status"))
    choice = Choice(status=status, first=asked.day("first"), last=asked.day("last"))
    if asked.errors:
        return []
    try:
        with parts().intake.database.reading() as connection:
            found = exporting.chosen(connection, choice)
    except TooMany:
        found = [""] * (MOST + 1)
    if len(found) > MOST:
        said = _("More than %(most)s forms match. Choose fewer days, or one status.")
        asked.errors["first"] = said % {"most": MOST}
    elif not found:
        asked.errors["first"] = _("No form matches. Choose other days, or another status.")
    return found


def _begun(chosen: list[str], copy: str, paper: str, made_as: str) -> ResponseReturnValue:
    intake, picture = parts().intake, parts().settings.clinic.logo
    job = intake.print_jobs.begin(me().id, chosen, copy, paper, made_as)
    batch.start(intake, job, Logo(picture.content, picture.mime) if picture else None)
    return redirect(url_for("staff.list_state", job_id=job.id), 303)


def _job(job_id: str) -> Job:
    found = parts().intake.print_jobs.find(job_id, me().id) if FORM_ID.fullmatch(job_id) else None
    return found or abort(404)


def _page(asked: Asked) -> str:
    return render_template(
        "staff/print_list.html",
        asked=asked,
        statuses=says.statuses(),
        copies={"clinician": _("Clinician copy"), "patient": _("Patient copy")},
        papers={"a4": "A4", "letter": "Letter"},
        files=_files(),
        most=MOST,
    )


def _files() -> dict[str, str]:
    return {
        "pdf": _("One file, for the printer"),
        "zip": _("A ZIP with a file for each form, which screen readers can follow"),
    }
