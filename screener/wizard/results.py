"""The summary: as a page, to print, and as files. Made from the answers each time it is shown."""

from datetime import UTC, datetime
from typing import cast, get_args

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.renderers import json, page, pdf, text
from screener.summary import Copy, Paper, Summary, summarise
from screener.web.frame import asset, logo_url
from screener.web.parts import parts
from screener.wizard.frame import help_url
from screener.wizard.visit import Visit, onward, require


def register(bp: Blueprint) -> None:
    """Add the routes of the summary."""
    bp.get("/summary")(summary)
    bp.get("/summary/print", endpoint="print")(on_paper)
    bp.get("/summary/summary.pdf", endpoint="pdf")(as_pdf)
    bp.get("/summary.txt", endpoint="text")(as_text)
    bp.get("/summary.json", endpoint="json")(as_json)


def summary() -> ResponseReturnValue:
    """Show the summary, and what to do with it."""
    made = _made()
    return render_template(
        "summary/page.html",
        summary=made,
        view=page.view(made),
        paper=page.usual_paper(made),
        check_url=url_for("wizard.check"),
    )


def on_paper() -> ResponseReturnValue:
    """Show a copy made for a printer."""
    made, back = _made(), url_for("wizard.summary")
    around = page.Frame(asset("print.css"), logo_url(), back, help_url(), asset("favicon.svg"))
    return page.html(made, _copy(), _paper(), around)


def as_pdf() -> ResponseReturnValue:
    """Send a copy as a PDF."""
    return _file(pdf.pdf(_made(), _copy(), _paper()), "application/pdf", "pdf")


def as_text() -> ResponseReturnValue:
    """Send a copy as plain text."""
    return _file(text.text(_made(), _copy()).encode(), "text/plain; charset=utf-8", "txt")


def as_json() -> ResponseReturnValue:
    """Send the summary for a program to read."""
    return _file(json.as_json(_made()).encode(), "application/json", "json")


def _made() -> Summary:
    """Make the summary, or send the patient to what is still to be done before it."""
    here = require()
    if not here.state.get("finished") or here.due or here.declined:
        abort(redirect(onward(here), 303))
    settings = parts().settings
    return summarise(
        parts().content,
        here.answers,
        parts().limits,
        settings.clinic,
        _completed(here),
        here.draft.reference,
        public_url=settings.public_url,
    )


def _completed(here: Visit) -> datetime:
    when = here.state.get("completed")
    return datetime.fromisoformat(when) if when else datetime.now(UTC)


def _copy() -> Copy:
    asked = request.args.get("copy", "patient")
    return cast("Copy", asked) if asked in get_args(Copy) else abort(404)


def _paper() -> Paper:
    asked = request.args.get("paper", "a4")
    return cast("Paper", asked) if asked in get_args(Paper) else abort(404)


def _file(content: bytes, kind: str, ending: str) -> Response:
    """Send a file under a name that says nothing about a person."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'inline; filename="summary.{ending}"'
    return response
