"""What comes after a page that was answered."""

import rules
from screener.wizard import odd, urgency
from screener.wizard.visit import Visit, address, onward


def after(here: Visit, page: rules.Page, then: str = "") -> str:
    """Return the address that comes after a page: a word about it first, then the next page.

    A patient who changes an answer from the check page goes back there, by way of the questions
    that the change has opened.
    """
    if here.absent(page):
        return address(page, then, again=1)
    first = urgency.for_the_young(here, page, then) or odd.question(here, page, then)
    if first:
        return first
    following = None if here.declined or then else here.next(page)
    return address(following) if following else onward(here, then)
