"""The summary: as a page, to print, and as files. Made from the answers each time it is shown."""

from datetime import UTC, datetime
from typing import cast, get_args

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.renderers import json, page, pdf, text, words
from screener.summary import Copy, Logo, Paper, Summary, summarise
from screener.summary.stored import from_store
from screener.web.frame import asset, logo_url
from screener.web.packing import packed
from screener.web.parts import parts
from screener.wizard.frame import help_url
from screener.wizard.offer import offered
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
    made = _asked()
    return packed(
        render_template(
            "summary/page.html",
            summary=made,
            view=page.view(made),
            paper=page.usual_paper(made),
            sent=words.sent(made),
            can_send=not made.sent and offered(),
            check_url=url_for("wizard.check"),
        )
    )


def on_paper() -> ResponseReturnValue:
    """Show a copy made for a printer."""
    made, back = _asked(), url_for("wizard.summary")
    around = page.Frame(asset("print.css"), logo_url(), back, help_url(), asset("favicon.svg"))
    return packed(page.html(made, _copy(), _paper(), around))


def as_pdf() -> ResponseReturnValue:
    """Send a copy as a PDF."""
    return _file(pdf.pdf(_asked(), _copy(), _paper()), "application/pdf", "pdf")


def as_text() -> ResponseReturnValue:
    """Send a copy as plain text."""
    return _file(text.text(_asked(), _copy()).encode(), "text/plain; charset=utf-8", "txt")


def as_json() -> ResponseReturnValue:
    """Send the summary for a program to read."""
    return _file(json.as_json(_asked()).encode(), "application/json", "json")


def is_made(here: Visit) -> bool:
    """Whether the patient has asked for the summary, and changed nothing since."""
    return here.sent or bool(here.state.get("finished") and not here.due and not here.declined)


def made(here: Visit) -> Summary:
    """Make the summary; of a form that was sent, give the one that the clinic has."""
    settings = parts().settings
    kept = here.state.get("summary")
    if here.sent and kept:
        logo = settings.clinic.logo
        return from_store(kept, Logo(logo.content, logo.mime) if logo else None)
    return summarise(
        parts().content,
        here.answers,
        parts().limits,
        settings.clinic,
        _completed(here),
        here.draft.reference,
        public_url=settings.public_url,
    )


def _asked() -> Summary:
    """Give the summary, or send the patient to what is still to be done before it."""
    here = require()
    return made(here) if is_made(here) else abort(redirect(onward(here), 303))


def _completed(here: Visit) -> datetime:
    when = here.state.get("completed")
    # To the second, as it is kept: a PDF takes no finer moment.
    return datetime.fromisoformat(when) if when else datetime.now(UTC).replace(microsecond=0)


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
