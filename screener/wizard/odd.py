"""Numbers that are possible but odd: never refused, only asked about once."""

from flask import url_for

import rules
from screener.language import _
from screener.web.parts import parts
from screener.wizard.visit import Visit


def numbers(here: Visit, page: rules.Page) -> list[rules.Question]:
    """Return the questions of a page with an odd number that nobody has confirmed."""
    confirmed = here.state.get("confirmed", {})
    return [
        question
        for question in here.asked(page)
        if is_odd(question, value := here.path.counted.get(question.id))
        if confirmed.get(question.id) != value
    ]


def is_odd(question: rules.Question, value: rules.Value) -> bool:
    """Whether a number is worth a second look."""
    if not isinstance(value, int | float):
        return False
    low, high = question.odd_below, question.odd_above
    return (low is not None and value < low) or (high is not None and value > high)


def said(here: Visit, page: rules.Page) -> str:
    """Say what was entered; two numbers that belong together as one: "210 over 40"."""
    unconfirmed, counted, content = numbers(here, page), here.path.counted, parts().content
    pair = next((question for question in here.asked(page) if question.above), None)
    if pair and {pair.id, pair.above} & {question.id for question in unconfirmed}:
        both = {"top": counted.get(pair.id), "bottom": counted.get(pair.above)}
        return _("You entered %(top)s over %(bottom)s.") % both
    words = [rules.say(content, question, counted[question.id]) for question in unconfirmed]
    return _("You entered %(number)s.") % {"number": _(" and ").join(words)}


def question(here: Visit, page: rules.Page, then: str = "") -> str:
    """Return the address of "Is that right?" for a page, or "" when nothing is odd."""
    if not numbers(here, page):
        return ""
    return url_for("wizard.is_this_right", page_id=page.id, then=then or None)
