"""What we say when an answer cannot be read: what to do, and the way out. Never blame."""

import re

from rules import Kind, Option, Question
from screener.language import _
from screener.wizard.landmarks import CONSENT

WAYS_OUT = ("none", "not_sure", "does_not_apply", "prefer_not")
TYPED = (Kind.NUMBER, Kind.TEXT)


def missing(question: Question) -> str:
    """Say what to enter or select, and which option is the way out."""
    if question.id == CONSENT:
        return _("Select %(thing)s") % {"thing": question.thing}
    if question.kind in TYPED:
        return _("Enter %(thing)s, or choose ‘Leave it empty and go on’") % {
            "thing": question.thing
        }
    way = way_out(question)
    if way is None:
        return _("Select %(thing)s, or choose ‘Leave it empty and go on’") % {
            "thing": question.thing
        }
    said = {"thing": question.thing, "way": way.label}
    return _("Select %(thing)s, or select ‘%(way)s’") % said


def way_out(question: Question) -> Option | None:
    """Return the option for a person who cannot or does not want to answer."""
    offered = {option.token: option for option in question.options}
    wanted = WAYS_OUT if question.kind is Kind.MANY else WAYS_OUT[1:]
    return next((offered[token] for token in wanted if token in offered), None)


def clash(alone: Option) -> str:
    """Name the two ways out of "this, and none of these"."""
    return _("Select what applies to you, or select only ‘%(way)s’") % {"way": alone.label}


def not_a_number(question: Question) -> str:
    """Say how the number must look."""
    said = {"thing": capital(question.thing), "example": example(question)}
    if question.decimals:
        return _("%(thing)s must be a number, like %(example)s") % said
    return _("%(thing)s must be a whole number, like %(example)s") % said


def out_of_range(question: Question) -> str:
    """Say which numbers the question takes."""
    said = {"thing": capital(question.thing), "low": question.low, "high": question.high}
    return _("%(thing)s must be between %(low)s and %(high)s") % said


def not_above(question: Question, other: Question) -> str:
    """Say which of two numbers must be the larger."""
    said = {"thing": capital(question.thing), "other": other.thing}
    return _("%(thing)s must be larger than %(other)s") % said


def too_long(question: Question, length: int) -> str:
    """Say how long a text may be, and how long it is."""
    said = {"thing": capital(question.thing), "most": question.longest, "length": length}
    return _("%(thing)s must be %(most)s characters or less. Now it has %(length)s.") % said


def after_three(message: str) -> str:
    """Add the way out that is always there, for a person who has tried three times."""
    return _("%(message)s. You can also choose ‘Leave it empty and go on’.") % {
        "message": message.rstrip(".")
    }


def example(question: Question) -> str:
    """Take an example from the hint, else a number in the middle of what is usual."""
    low = question.odd_below or question.low or 0
    high = question.odd_above or question.high or 100
    named = re.search(r"\d+", question.hint)
    if named and low <= int(named[0]) <= high:
        return named[0]
    return str(int(low + high) // 2)


def capital(words: str) -> str:
    """Begin a sentence with these words."""
    return words[:1].upper() + words[1:]


def one_of_two(question: Question) -> str:
    """Ask for one unit, not both."""
    if question.unit == "cm":
        return _("Enter centimetres, or feet and inches, not both")
    return _("Enter kilograms or pounds, not both")
