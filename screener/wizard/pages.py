"""One pair of views for every question page: show it, and keep what was answered."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

import rules
from screener.wizard import entries, following, news, urgency, way
from screener.wizard.forms import PageForm
from screener.wizard.locked import unsent
from screener.wizard.visit import State, Visit, address, save


def register(bp: Blueprint) -> None:
    """Add the routes of the question pages."""
    bp.get("/form/<page_id>")(ask)
    bp.post("/form/<page_id>")(answer)


def ask(page_id: str) -> ResponseReturnValue:
    """Show a page, or send the patient to the one that is due."""
    here = unsent()
    page = way.reach(here, page_id)
    several = entries.asks(page)
    if several:
        return entries.listing(here, page, several)
    form, typed = PageForm(here.asked(page)), here.state.get("typed", {})
    form.show(here.answers, typed)
    if "again" in request.args:
        form.point_out(here.absent(page), typed, tries=request.args["again"])
    return show(page, form, here, way.OnTop(news.of(here)))


def answer(page_id: str) -> ResponseReturnValue:
    """Keep a page's answers, or show it again with what to put right.

    What can be kept is kept before a slip is named, and help comes before everything. The page
    that names a slip has an address of its own: Back and refresh find it again.
    """
    here = unsent()
    page = way.reach(here, page_id)
    several = entries.asks(page)
    if several:
        return entries.done(here, page, several)
    form = PageForm(here.asked(page))
    form.read(request.form)
    told = form.told
    if "skip" in request.form:
        form.leave_empty()
    here = keep(here, form)
    help_first = urgency.urgent(here, page, told, way.then())
    if help_first:
        return redirect(help_first, 303)
    if form.slips:
        return redirect(address(page, way.then(), again=form.tries), 303)
    return redirect(following.after(here, page, way.then()), 303)


def keep(here: Visit, form: PageForm) -> Visit:
    """Save what this page says, and nothing of any other page.

    An earlier answer does not stand in for one that cannot be kept: "none" must not outlive a tick.
    """
    asked = {field.question.id for field in form}
    now = {"answers": form.readable, "typed": form.typed}

    def change(state: State) -> None:
        for part, said in now.items():
            others = {key: value for key, value in state[part].items() if key not in asked}
            state[part] = others | said

    return save(here, change) if asked else here


def show(
    page: rules.Page, form: PageForm, here: Visit | None, on_top: way.OnTop = way.NOTHING
) -> ResponseReturnValue:
    """Draw a page. `here` is None when the draft cannot be opened just now."""
    drawn = render_template(
        "wizard/page.html",
        page=page,
        form=form,
        errors=form.problems,
        tries=form.tries,
        can_skip=bool(form.may_be_empty),
        back_url=way.back(here, page),
        on_top=on_top,
        **way.standing(page),
    )
    return drawn, on_top.status_for(form)
