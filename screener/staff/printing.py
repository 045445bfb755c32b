"""A form on paper: the clinician's copy and the patient's, as a page to print and as a PDF."""

from dataclasses import replace
from typing import cast, get_args

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

from screener.renderers import page, pdf
from screener.staff.record import contact_of, opened, summary_of
from screener.store.reviews import PRINTED
from screener.summary import Copy, Paper, Summary
from screener.web.frame import asset, logo_url


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/forms/<form_id>/print", endpoint="print")(on_paper)
    bp.get("/forms/<form_id>/summary.pdf", endpoint="pdf")(as_pdf)


def on_paper(form_id: str) -> ResponseReturnValue:
    """Show a copy made for a printer."""
    copy, paper = _copy(), _paper()
    back = url_for("staff.record", form_id=form_id)
    around = page.Frame(asset("print.css"), logo_url(), back, icon=asset("favicon.svg"))
    return page.html(named(form_id, copy), copy, paper, around)


def as_pdf(form_id: str) -> ResponseReturnValue:
    """Send a copy as a PDF, under a name that says nothing about a person."""
    copy, paper = _copy(), _paper()
    response = Response(pdf.pdf(named(form_id, copy), copy, paper), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="form.pdf"'
    return response


def named(form_id: str, copy: Copy) -> Summary:
    """Open what is printed, with its line in the trail, and say whose it is."""
    form = opened(form_id, PRINTED, copy).form
    return replace(summary_of(form), name=contact_of(form).name)


def _copy() -> Copy:
    asked = request.args.get("copy", "clinician")
    return cast("Copy", asked) if asked in get_args(Copy) else abort(404)


def _paper() -> Paper:
    asked = request.args.get("paper", "a4")
    return cast("Paper", asked) if asked in get_args(Paper) else abort(404)
