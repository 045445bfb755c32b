"""Send the form to the clinic: only when the patient says so, and once."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _, ngettext
from screener.renderers import page, words
from screener.store import Contact, DraftChanged, DraftGone, SendingClosed, Throttled, packed
from screener.web.parts import parts
from screener.wizard import results, way
from screener.wizard.offer import offered
from screener.wizard.reach_form import ReachForm
from screener.wizard.visit import RETURN_CODE, Away, Visit, onward, require

FINE, WRONG, CONFLICT, SLOW, AWAY = 200, 422, 409, 429, 503
# The patients of a waiting room, and of a telephone company, share one address.
MOST, MOST_OF_ALL, HOUR = 30, 1500, 3600


def register(bp: Blueprint) -> None:
    """Add the routes of sending."""
    bp.get("/send")(send)
    bp.post("/send")(send_answers)
    bp.get("/sent")(sent)


def send() -> ResponseReturnValue:
    """Ask how to reach the patient, as far as the clinic wants to know."""
    here = require()
    if here.sent:
        return redirect(url_for("wizard.sent"), 303)
    if not results.is_made(here):
        return redirect(onward(here), 303)
    if not offered():
        return redirect(url_for("wizard.summary"), 303)
    return _draw(here, _form())


def send_answers() -> ResponseReturnValue:
    """Send the form, unless something is to be put right; a second time changes nothing."""
    here = require()
    if here.sent:
        return redirect(url_for("wizard.sent"), 303)
    if not offered():
        return _closed()
    form = _form()
    form.read(request.form)
    if form.problems:
        return _draw(here, form, status=WRONG)
    if RETURN_CODE in request.form:
        return _draw(here, form, _("Your answers are open again. Nothing is sent yet."))
    return _send(here, form)


def sent() -> ResponseReturnValue:
    """Say that the form was sent, what happens next and when."""
    here = require()
    if not here.sent:
        return redirect(url_for("wizard.summary"), 303)
    made = results.made(here)
    return render_template(
        "wizard/sent.html",
        summary=made,
        paper=page.usual_paper(made),
        when=words.sent(made),
        **_terms(),
    )


def again(here: Visit | None, status: int) -> ResponseReturnValue:
    """Show the form as it was filled in, when it could not be sent just now."""
    notes = {
        400: _("Press Send my answers again. What you typed is on the page."),
        AWAY: _("We could not send this just now. Wait a minute, then press Send my answers.")
        + way.or_call(),
    }
    form = _form()
    form.read(request.form, check=False)
    return _draw(here, form, notes[status], status)


def _send(here: Visit, form: ReachForm) -> ResponseReturnValue:
    store = parts().store
    if not results.is_made(here):
        return _draw(here, form, _changed(), CONFLICT)
    try:
        address = request.remote_addr or ""
        store.throttle.take("send", address, most=MOST, most_of_all=MOST_OF_ALL, seconds=HOUR)
        _post(here, form.contact)
    except Throttled as slow:
        drawn, status = _draw(here, form, _wait(slow.retry_after), SLOW)
        return drawn, status, {"Retry-After": str(slow.retry_after)}
    except DraftChanged:
        return _draw(here, form, _changed(), CONFLICT)
    except SendingClosed:
        return _closed()
    except DraftGone as gone:
        raise Away from gone
    return redirect(url_for("wizard.sent"), 303)


def _post(here: Visit, contact: Contact) -> None:
    """Seal what the patient sees for the clinic, and keep the draft as it was sent."""
    # An answer left behind by a change of mind is on no page, and is not sent.
    kept = here.state["answers"]
    answers = {name: kept[name] for name in here.path.counted if name in kept}
    now = datetime.now(UTC).replace(microsecond=0)
    parcel = packed(results.made(here), answers, contact, now, here.state["shown"])
    keep = {"summary": parcel.contents["summary"]}
    drafts = parts().store.drafts
    drafts.send(here.token, parcel, keep=keep, made_from=here.draft.version)


def _form() -> ReachForm:
    return ReachForm(parts().settings.sending)


def _draw(
    here: Visit | None, form: ReachForm, note: str = "", status: int = FINE
) -> tuple[str, int]:
    """Draw the form. `here` is None when the draft cannot be opened just now."""
    drawn = render_template(
        "wizard/send.html",
        form=form,
        note=note,
        errors=form.problems,
        summary=results.made(here) if here and results.is_made(here) else None,
        **_terms(),
    )
    return drawn, status


def _terms() -> dict[str, Any]:
    """Who reads what is sent, when they answer, and how long it is kept."""
    settings = parts().settings
    return {
        "staff": settings.privacy.staff,
        "within": settings.sending.answered_within.rstrip("."),
        "days": settings.retention.submission_days,
    }


def _closed() -> ResponseReturnValue:
    return render_template("wizard/not_sent.html"), CONFLICT


def _changed() -> str:
    return _("An answer was changed in another window. Look at your summary again, then send it.")


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    said = ngettext("Try again in %(num)s minute.", "Try again in %(num)s minutes.", minutes)
    many = _("Many forms were sent from here in a short time. Nothing you typed is lost.")
    return f"{many} {said % {'num': minutes}}"
