"""A list on paper: a day's forms, or all that are not closed, in one file or one file a form.

As many forms leave the house as in an export, so that both factors are asked for as there.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener import batch, wall_clock
from screener.language import _, ngettext
from screener.staff import says
from screener.staff.asked import Asked
from screener.staff.guard import proven_recently
from screener.staff.record import CONFLICT, FORM_ID
from screener.staff.who import me
from screener.store.print_jobs import MOST, Job
from screener.store.queue import EVERY, Sought, places
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
    bp.post("/print/<job_id>")(print_again)
    bp.get("/print/<job_id>/file")(list_file)


@proven_recently
def print_list() -> ResponseReturnValue:
    """Ask what to print; at first what was sent today, or all that are open."""
    today = f"{says.local(moment(parts().intake.now())):%Y-%m-%d}"
    usual = {} if "open" in request.args else {"first": today, "last": today, "status": EVERY}
    asked = Asked({name: usual.get(name, "") for name in BOXES})
    return _page(asked, _chosen(asked))


@proven_recently
def begin_list() -> ResponseReturnValue:
    """Begin to print a list, or only say how many forms it has."""
    asked = Asked.read(request.form, BOXES)
    chosen = _chosen(asked)
    if "count" in request.form:
        return _page(asked, chosen), 422 if asked.errors else 200
    if not asked.errors:
        _hold_to_size(asked, len(chosen))
    for name, known in (
        ("copy", get_args(Copy)),
        ("paper", get_args(Paper)),
        ("made_as", _files()),
    ):
        asked.one_of(name, known, _("Select one"))
    if not asked.errors and _busy():
        asked.errors["first"] = _others()
    if asked.errors:
        return _page(asked, chosen), 422
    return _begun(chosen, asked.typed["copy"], asked.typed["paper"], asked.typed["made_as"])


@proven_recently
def print_again(job_id: str) -> ResponseReturnValue:
    """Begin a list that has stopped once more."""
    job = _job(job_id)
    if job.state != "stopped":
        return redirect(url_for("staff.list_state", job_id=job.id), 303)
    if _busy():
        return render_template("staff/print_state.html", job=job, busy=_others()), CONFLICT
    return _begun(job.chosen, job.copy, job.paper, job.made_as)


def list_state(job_id: str) -> ResponseReturnValue:
    """Say how far a list is; the page looks again by itself until it is done."""
    job = _job(job_id)
    headers = {"Refresh": SOON} if job.state == "running" else {}
    return render_template("staff/print_state.html", job=job, busy=""), 200, headers


def list_file(job_id: str) -> ResponseReturnValue:
    """Send the file of a list, under a name that says nothing about a person."""
    job = _job(job_id)
    if job.state != "ready" or not job.printed:
        abort(404)
    response = Response(parts().intake.print_jobs.file(job), content_type=batch.MIME[job.made_as])
    response.headers["Content-Disposition"] = f'attachment; filename="forms.{job.made_as}"'
    return response


def _chosen(asked: Asked) -> list[str]:
    """Find the forms of the list in the order of the queue; one more than it may hold is enough."""
    status = asked.one_of("status", {"", EVERY, *says.statuses()}, _("Select a status"))
    first, last = asked.day("first"), asked.day("last")
    if asked.errors:
        return []
    until = _start_of(last + timedelta(days=1)) if last else 0
    sought = Sought(status, since=_start_of(first) if first else 0, until=until)
    with parts().intake.database.reading() as connection:
        return [place.id for place in places(connection, sought, None, MOST + 1)]


def _start_of(day: date) -> int:
    return wall_clock.start_of(day, says.zone())


def _hold_to_size(asked: Asked, many: int) -> None:
    if many > MOST:
        asked.errors["first"] = _too_many()
    elif not many:
        asked.errors["first"] = _("No form matches. Choose other days, or another status.")


def _matching(many: int) -> str:
    """Say how many forms a list would have."""
    said = ngettext("1 form matches.", "{n} forms match.", many).format(n=many)
    return _too_many() if many > MOST else said


def _too_many() -> str:
    said = _("More than %(most)s forms match. Choose fewer days, or one status.")
    return said % {"most": MOST}


def _others() -> str:
    return _("Other lists are being printed. Try again in a minute.")


def _busy() -> bool:
    return parts().intake.print_jobs.running() >= BUSY


def _begun(chosen: Sequence[str], copy: str, paper: str, made_as: str) -> ResponseReturnValue:
    intake, picture = parts().intake, parts().settings.clinic.logo
    job = intake.print_jobs.begin(me().id, chosen, copy, paper, made_as)
    batch.start(intake, job, Logo(picture.content, picture.mime) if picture else None)
    return redirect(url_for("staff.list_state", job_id=job.id), 303)


def _job(job_id: str) -> Job:
    found = parts().intake.print_jobs.find(job_id, me().id) if FORM_ID.fullmatch(job_id) else None
    return found or abort(404)


def _page(asked: Asked, chosen: Sequence[str]) -> str:
    return render_template(
        "staff/print_list.html",
        asked=asked,
        matching="" if asked.errors else _matching(len(chosen)),
        statuses={EVERY: _("Every status"), **says.statuses()},
        copies={"clinician": _("Clinician copy"), "patient": _("Patient copy")},
        papers={"a4": "A4", "letter": "Letter"},
        files=_files(),
        most=MOST,
    )


def _files() -> dict[str, str]:
    return {
        "pdf": _("One file, for paper only"),
        "zip": _("A ZIP with a file for each form, which screen readers can follow"),
    }
