"""The pages beside the questions: start, help, privacy, leaving, coming back, deleting."""

import re
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener import language
from screener.language import _
from screener.store import Throttled
from screener.web import cookies
from screener.web.parts import parts
from screener.web.typed import prose
from screener.wizard import frame, helplines, leaving, news
from screener.wizard.landmarks import CONSENT
from screener.wizard.offer import offered
from screener.wizard.visit import onward, require, visit

REFERENCE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}", re.ASCII)
LONGEST = 60
# Drafts that may be begun in ten minutes, from one address and from all. The patients of a waiting
# room, and those of a telephone company, share one address: whoever uses up what it may keeps them
# out for no longer than that. An empty draft is small, and gone in a day.
MOST, MOST_OF_ALL, SECONDS = 40, 600, 600
# Codes that may be made in a minute: each costs a slow hash, and all pages wait for many of them.
CODES, CODES_OF_ALL = 30, 300


def register(bp: Blueprint) -> None:
    """Add the routes of the side pages."""
    for room in (frame, helplines, leaving):
        room.register(bp)
    bp.get("/")(start)
    bp.post("/start")(begin)
    bp.get("/privacy")(privacy)
    bp.get("/not-now")(not_now)
    bp.get("/finish-later")(finish_later)
    bp.post("/finish-later")(give_code)
    bp.get("/return", endpoint="come_back")(ask_code)
    bp.post("/return")(open_by_code)
    bp.get("/welcome-back")(welcome_back)
    bp.get("/code/<reference>")(about_code)
    bp.get("/CODE/<reference>", endpoint="about_code_from_paper")(about_code)


def start() -> ResponseReturnValue:
    """Say what this is, and offer to start or to go on."""
    here, content = visit(), parts().content
    return render_template(
        "side/start.html",
        draft=here,
        due_url=onward(here) if here else "",
        reviewed=bool(content.reviewed_by),
        not_reviewed=content.words.not_reviewed,
        steps_total=len(content.questionnaire.steps),
        can_send=offered(),
    )


def begin() -> ResponseReturnValue:
    """Open a draft, unless this browser has one, and go to the first page.

    A draft that was sent makes room for a new one only when the patient asks for that.
    """
    here, store = visit(), parts().store
    if here and not (here.sent and "new" in request.form):
        return redirect(onward(here), 303)
    address = request.remote_addr or ""
    store.throttle.take("start", address, most=MOST, most_of_all=MOST_OF_ALL, seconds=SECONDS)
    cookies.keep(store.drafts.begin().token)
    return redirect(_first_page(), 303)


def privacy() -> ResponseReturnValue:
    """Say what is asked, who reads it, and how long it is kept."""
    settings = parts().settings
    return render_template(
        "side/privacy.html",
        privacy=settings.privacy,
        can_send=offered(),
        submission_days=settings.retention.submission_days,
        **_kept_for(),
    )


def not_now() -> ResponseReturnValue:
    """Part as friends with a patient who does not want to go on."""
    return render_template("side/not_now.html", back_url=_first_page(), **_kept_for())


def finish_later() -> ResponseReturnValue:
    """Explain how to come back, and offer a code."""
    here = require()
    has_code = here.draft.has_code
    return render_template(
        "side/finish_later.html", has_code=has_code, due_url=onward(here), **_kept_for()
    )


def give_code() -> ResponseReturnValue:
    """Make a return code and show it, once."""
    here, store = require(), parts().store
    address, drafts = request.remote_addr or "", store.drafts
    store.throttle.take("new code", address, most=CODES, most_of_all=CODES_OF_ALL)
    code = drafts.give_code(here.token)
    kept = drafts.open(here.token) or here.draft
    return render_template(
        "side/code_shown.html",
        code=code,
        expires=in_words(kept.expires_at),
        return_address=_typed_address(),
        due_url=onward(here),
    )


def ask_code() -> ResponseReturnValue:
    """Ask for a return code."""
    return render_template("side/return.html", typed="", error="")


def open_by_code() -> ResponseReturnValue:
    """Open the answers of a return code; say the same of a wrong, an old and a deleted one."""
    typed = prose(request.form.get("code", "")[:LONGEST])
    if not typed:
        return _code_again(typed, _("Enter your code"))
    try:
        opened = parts().store.drafts.resume(typed, request.remote_addr or "")
    except Throttled as slow:
        page = render_template("errors/429.html", seconds=slow.retry_after)
        return page, 429, {"Retry-After": str(slow.retry_after)}
    if opened is None:
        return _code_again(typed, _("We cannot find that code. Check each letter."))
    cookies.keep(opened.token)
    return redirect(url_for("wizard.welcome_back"), 303)


def welcome_back() -> ResponseReturnValue:
    """Greet a patient who came back, and say where they stopped."""
    here, steps = require(), parts().content.questionnaire.steps
    return render_template(
        "side/welcome_back.html",
        step=steps[here.due.step - 1] if here.due else None,
        steps_total=len(steps),
        news=news.of(here),
        due_url=onward(here),
    )


def about_code(reference: str) -> ResponseReturnValue:
    """Say that the code on a printed page names it, and opens nothing."""
    if not REFERENCE.fullmatch(reference.upper()):
        abort(404)
    return render_template("side/code.html", reference=reference.upper())


def in_words(moment: datetime) -> str:
    """Write a day on which what expires is still there, wherever the reader lives."""
    return language.date_in_words(
        (moment - timedelta(days=1)).date(), parts().settings.clinic.country
    )


def _code_again(typed: str, error: str) -> ResponseReturnValue:
    return render_template("side/return.html", typed=typed, error=error), 422


def _kept_for() -> dict[str, Any]:
    kept = parts().settings.retention
    return {"hours": kept.draft_hours, "days": kept.coded_draft_days}


def _typed_address() -> str:
    """Return the address of the page for codes, as a person types it."""
    return f"{request.host}{url_for('wizard.come_back')}"


def _first_page() -> str:
    pages = parts().content.questionnaire.pages
    consent = (page for page in pages if CONSENT in {question.id for question in page.questions})
    return url_for("wizard.ask", page_id=next(consent, pages[0]).id)
