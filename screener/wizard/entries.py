"""A list of things of one kind, such as medicines tried: add, change, remove, one at a time."""

import secrets
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

import rules
from screener.language import _
from screener.web.parts import parts
from screener.wizard import following, way
from screener.wizard.entry import Entry, card, entries_of, entry_of, fingerprint, form_of
from screener.wizard.forms import PageForm
from screener.wizard.kept import readable
from screener.wizard.locked import unsent
from screener.wizard.visit import State, Visit, address, require, save

CONFLICT = 409
REMEMBERED = 40  # how many "add" forms are known to have been sent


class Place(NamedTuple):
    """A list on the patient's way."""

    here: Visit | None  # None when the draft cannot be opened just now
    page: rules.Page
    question: rules.Question

    @property
    def kept(self) -> list[Entry]:
        """The entries so far."""
        return entries_of(self.here.answers.get(self.question.id)) if self.here else []

    def one(self, number: int) -> Entry:
        """Return one entry, counted from 1; send the patient to the list when it is not there."""
        if not 1 <= number <= len(self.kept):
            abort(self.listed())
        return self.kept[number - 1]

    def at(self, entries: list[Entry]) -> int | None:
        """Say where the entry stands that was on the page; None when it was changed or removed."""
        fit = readable(parts().content, {self.question.id: entries}).get(self.question.id)
        said = [fingerprint(one) for one in entries_of(fit)]
        was = request.form.get("was", "")
        return said.index(was) if was in said else None

    def listed(self) -> Response:
        """Send the patient to the list."""
        return redirect(address(self.page, way.then()), 303)

    def rewrite(self, change: Callable[[list[Entry], State], object]) -> Response:
        """Change the freshest list, and show it."""

        def rewritten(state: State) -> None:
            entries = list(state["answers"].get(self.question.id) or [])
            change(entries, state)
            state["answers"][self.question.id] = entries

        save(self.here or require(), rewritten)
        return self.listed()


def register(bp: Blueprint) -> None:
    """Add the routes of the entries."""
    both = ["GET", "POST"]
    bp.add_url_rule("/form/<page_id>/add", view_func=add, methods=both)
    bp.add_url_rule("/form/<page_id>/<int:number>", view_func=change, methods=both)
    bp.add_url_rule("/form/<page_id>/<int:number>/remove", view_func=remove, methods=both)


def asks(page: rules.Page) -> rules.Question | None:
    """Return the question for entries that a page asks, if it asks one."""
    entries = (question for question in page.questions if question.kind is rules.Kind.ENTRIES)
    return next(entries, None)


def listing(here: Visit, page: rules.Page, question: rules.Question) -> ResponseReturnValue:
    """Show what was added so far."""
    place = Place(here, page, question)
    return _draw("wizard/entries.html", place, cards=[card(question, one) for one in place.kept])


def done(here: Visit, page: rules.Page, question: rules.Question) -> ResponseReturnValue:
    """Go on: the list is complete, also when it is empty."""
    here = save(here, lambda state: state["answers"].setdefault(question.id, []))
    return redirect(following.after(here, page, way.then()), 303)


def add(page_id: str) -> ResponseReturnValue:
    """Ask about one more, and add it once, however often the button was pressed."""
    place = find(page_id)
    if len(place.kept) >= place.question.most:
        return place.listed()
    if request.method == "GET":
        return show(place, form_of(place.question))
    form = form_of(place.question, request.form)
    if form.slips:
        return show(place, form)
    once = request.form.get("once", "")[:32]

    def added(entries: list[Entry], state: State) -> None:
        known = state.get("once", [])
        if once not in known and len(entries) < place.question.most:
            entries.append(entry_of(form))
            state["once"] = [*known, once][-REMEMBERED:]

    return place.rewrite(added)


def change(page_id: str, number: int) -> ResponseReturnValue:
    """Change one entry, wherever it stands by now; one that is not there is looked at again."""
    place = find(page_id)
    if request.method == "GET":
        form = form_of(place.question)
        form.show(place.one(number), {})
        return show(place, form, number)
    form, here = form_of(place.question, request.form), place.at(place.kept)
    if here is None:
        return show(place, form, number, _look_again())
    if form.slips:
        return show(place, form, here + 1)
    done: list[int] = []

    def changed(entries: list[Entry], _state: State) -> None:
        done.clear()
        if (at := place.at(entries)) is not None:
            entries[at] = entry_of(form)
            done.append(at)

    listed = place.rewrite(changed)
    return listed if done else show(find(page_id), form, number, _look_again())


def remove(page_id: str, number: int) -> ResponseReturnValue:
    """Ask whether to remove an entry, and remove it."""
    place = find(page_id)
    if request.method == "GET" or place.at(place.kept) is None:
        kept = place.one(number)
        one = card(place.question, kept)
        return _draw("wizard/remove.html", place, number=number, card=one, was=fingerprint(kept))

    def removed(entries: list[Entry], _state: State) -> None:
        if (at := place.at(entries)) is not None:
            del entries[at]

    return place.rewrite(removed)


def find(page_id: str) -> Place:
    """Return the list on this page, or send the patient to the page that is due."""
    here = unsent()
    page = way.reach(here, page_id)
    question = asks(page)
    return Place(here, page, question) if question else abort(404)


def show(
    place: Place, form: PageForm, number: int = 0, on_top: way.OnTop = way.NOTHING
) -> ResponseReturnValue:
    """Draw the form of one entry (0: a new one), with what was never shown and it would replace."""
    kept = place.kept
    number = 0 if place.here and number > len(kept) else number  # what is gone can be added
    there = kept[number - 1] if kept and number else None
    drawn = _draw(
        "wizard/entry.html",
        place,
        form=form,
        errors=form.problems,
        tries=form.tries,
        can_skip=bool(form.may_be_empty),
        number=number,
        once=request.form.get("once") or secrets.token_urlsafe(12),
        was=request.form.get("was", "") if there is None else fingerprint(there),
        now=card(place.question, there) if there and on_top.status == CONFLICT else None,
        on_top=on_top,
    )
    return drawn, on_top.status_for(form)


def _draw(template: str, place: Place, **more: object) -> str:
    page, to_list = place.page, address(place.page, way.then())
    at_list = template == "wizard/entries.html"
    return render_template(
        template,
        page=page,
        question=place.question,
        back_url=way.back(place.here, page) if at_list else to_list,
        list_url=to_list,
        add_url=url_for("wizard.add", page_id=page.id, then=way.then() or None),
        **way.standing(page),
        **more,
    )


def _look_again() -> way.OnTop:
    changed = _("This list has changed in another window. Check this page, then save it again.")
    return way.OnTop(changed, CONFLICT)
