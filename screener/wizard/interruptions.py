"""Pages that come before the next question: help to call, or "Is that right?".

They keep the answers and never lock: going on is always one button. Their addresses and
titles say nothing of why they are shown: both stay in the browser's history.
"""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from screener.web.parts import parts
from screener.wizard import following, odd, urgency
from screener.wizard.locked import unsent
from screener.wizard.offer import offered
from screener.wizard.visit import State, Visit, onward, save
from screener.wizard.way import reach, standing, then


def register(bp: Blueprint) -> None:
    """Add the routes of the interruptions."""
    bp.get("/form/a-word-1", endpoint="emergency")(emergency)
    bp.get("/form/a-word-2", endpoint="crisis")(crisis)
    bp.get("/form/a-word-3", endpoint="young")(young)
    bp.post("/form/carry-on")(carry_on)
    bp.get("/form/<page_id>/is-this-right")(is_this_right)
    bp.post("/form/<page_id>/is-this-right")(it_is_right)


def emergency() -> ResponseReturnValue:
    """Name the emergency number for signs that cannot wait."""
    return _shown("wizard/emergency.html", unsent())


def crisis() -> ResponseReturnValue:
    """Offer a person to talk to: at once when the patient might act, else as an offer."""
    here = unsent()
    return _shown("wizard/crisis.html", here, might_act=urgency.might_act(here.answers))


def young() -> ResponseReturnValue:
    """Name the help lines for young people; the form can still be filled in."""
    return _shown("wizard/young.html", unsent())


def carry_on() -> ResponseReturnValue:
    """Go on with the form, from the page that led here."""
    here = urgency.carried_on(unsent())
    page = here.reachable(request.form.get("page", ""))
    if page is None:
        return redirect(onward(here, then()), 303)
    more = urgency.urgent(here, page, then=then())
    return redirect(more or following.after(here, page, then()), 303)


def is_this_right(page_id: str) -> ResponseReturnValue:
    """Ask about a number that is possible but odd."""
    here = unsent()
    page = reach(here, page_id)
    if not odd.numbers(here, page):
        return redirect(following.after(here, page, then()), 303)
    return render_template(
        "wizard/odd.html",
        page=page,
        said=odd.said(here, page),
        **standing(page),
    )


def it_is_right(page_id: str) -> ResponseReturnValue:
    """Keep an odd number as it is, and ask about it no more."""
    here = unsent()
    page = reach(here, page_id)
    confirmed = {question.id: here.answers[question.id] for question in odd.numbers(here, page)}

    def change(state: State) -> None:
        state["confirmed"] |= confirmed

    return redirect(following.after(save(here, change), page, then()), 303)


def _shown(template: str, here: Visit, **more: object) -> str:
    page = here.reachable(request.args.get("page", ""))
    lines = parts().content.helplines
    first = lines.country(here.country)
    return render_template(
        template,
        help=first,
        youth=first.youth_lines,
        # Where we do not know the country, the clinic's own may be the wrong one.
        world=lines.world if not here.told_country and first is not lines.world else None,
        page=page,
        then=then(),
        can_send=offered(),
        **more,
    )
