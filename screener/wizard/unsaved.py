"""What was sent and could not be kept: it stays on the page, and nothing typed is lost.

Three things can go wrong: the proof against forgery is old, the database does not answer, or this
browser holds no draft any more.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict

import rules
from screener.language import _
from screener.store import DraftGone, StoreUnavailable
from screener.web import errors
from screener.web.parts import parts
from screener.wizard import entries, pages, sending, urgency, way
from screener.wizard.entry import form_of
from screener.wizard.forms import PageForm
from screener.wizard.visit import RETURN_CODE, Away, Visit, onward, visit

OURS = {"csrf_token", RETURN_CODE}
ENTRY = {"wizard.add", "wizard.change"}
SEND = "wizard.send_answers"
TYPED = {"wizard.answer", SEND, *ENTRY}


def register(bp: Blueprint) -> None:
    """Answer what could not be kept, on the patients' pages."""
    bp.register_error_handler(CSRFError, old_page)
    bp.register_error_handler(StoreUnavailable, no_store)
    bp.register_error_handler(Away, away)
    bp.register_error_handler(DraftGone, gone)


def old_page(_error: CSRFError) -> ResponseReturnValue:
    """Show the page again, as it was filled in, with a fresh proof."""
    try:
        here = visit()
    except StoreUnavailable as error:
        return no_store(error)
    if here is None and request.endpoint in TYPED:
        return away(Away())
    if here and here.sent and request.endpoint in TYPED:
        return redirect(onward(here), 303)
    again = filled_in(here, _("Press Save and continue again. Your answers are on the page."), 400)
    return again or redirect(_shown_by_get(), 303)


def no_store(error: StoreUnavailable) -> ResponseReturnValue:
    """Keep the answers on the page while the database does not answer."""
    note = _("We could not save this page just now. Wait a minute, then press Save and continue.")
    answer = errors.store_unavailable(error)
    return filled_in(None, note + way.or_call(), 503) or answer


def gone(_error: DraftGone) -> ResponseReturnValue:
    """Say the same when the draft went while the request was answered: in another tab, say."""
    return away(Away())


def away(error: Away) -> ResponseReturnValue:
    """Ask for the return code, and keep what was typed on the page meanwhile."""
    if request.method != "POST":
        return redirect(url_for("wizard.start"), 303)
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in OURS]
    drawn = render_template(
        "wizard/away.html",
        kept=kept,
        typed=request.form.get(RETURN_CODE, "")[:60],
        wrong_code=error.wrong_code,
        seconds=error.retry_after,
        help_lines=_help(_told()),
    )
    if error.retry_after:
        return drawn, 429, {"Retry-After": str(error.retry_after)}
    return drawn, 422 if error.wrong_code else 403


def filled_in(here: Visit | None, note: str, status: int) -> ResponseReturnValue | None:
    """Draw the page that was sent, with all that was typed; None when it asks nothing of them."""
    if request.endpoint == SEND and request.method == "POST":
        return sending.again(here, status)
    page = _page()
    if page is None or request.method != "POST" or (here and not here.reachable(page.id)):
        return None
    on_top, question = way.OnTop(note, status, _help(_told())), entries.asks(page)
    if question and request.endpoint in ENTRY:
        form, number = form_of(question), (request.view_args or {}).get("number", 0)
        form.read(request.form, check=False)
        return entries.show(entries.Place(here, page, question), form, number, on_top)
    if question or request.endpoint != "wizard.answer":
        return None
    form = PageForm(here.asked(page) if here else page.questions)
    form.read(request.form, check=False)
    return pages.show(page, form, here, on_top)


def _page() -> rules.Page | None:
    with suppress(KeyError):
        return parts().content.questionnaire.page((request.view_args or {}).get("page_id", ""))
    return None


def _told() -> dict[str, Any]:
    """What was said on the page that was sent."""
    page = _page()
    if page is None or request.endpoint != "wizard.answer":
        return {}
    form = PageForm(page.questions)
    form.read(MultiDict(request.form), check=False)
    return urgency.as_values(form.told)


def _help(told: Mapping[str, Any]) -> rules.CountryHelp | None:
    """Whom to reach, when what was said calls for help: that must not wait until it is kept."""
    calls = any(finding.rule.block in urgency.ROOMS for finding in urgency.calling(told))
    home = parts().settings.clinic.country
    return parts().content.helplines.country(str(told.get("country") or home)) if calls else None


def _shown_by_get() -> str:
    adapter = current_app.create_url_adapter(request)
    shown = adapter is not None and adapter.test(request.path, "GET")
    # Quoted: a line break in an address would be one in a header.
    return quote(request.path) if shown else url_for("wizard.start")
