"""The help that stands before everything else: which block, which numbers, in which words.

A print has no links, so each number stands in digits and in words.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules import Line
from screener.language import _, date_in_words
from screener.summary import Summary

Kind = Literal["emergency", "full", "soft", "footer"]


@dataclass(frozen=True, slots=True)
class Reach:
    """What to do to reach a person: "Call 988", and its number in words."""

    how: str
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A line, and how to reach it."""

    name: str
    reach: tuple[Reach, ...]
    note: str = ""
    unchecked: str = ""


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """A block of help: a heading, a sentence, the ways to reach a person."""

    kind: Kind
    heading: str
    lead: str
    ways: tuple[Way, ...]
    after: str = ""
    checked: str = ""


def blocks(summary: Summary) -> tuple[HelpBlock, ...]:
    """The blocks that come first on every rendering, the most urgent first."""
    found = []
    if summary.emergency:
        found.append(emergency(summary))
    if summary.crisis == "full":
        found.append(full(summary))
    if summary.crisis == "soft":
        found.append(soft(summary))
    return tuple(found)


def closing(summary: Summary) -> HelpBlock | None:
    """The line that ends a page on which no block came first; it is on every page otherwise."""
    if blocks(summary):
        return None
    lead = _("If things get harder before your visit, you can reach someone at any time.")
    return HelpBlock("footer", _("Need help sooner"), lead, (urgent(summary), *ways(summary)[:1]))


def emergency(summary: Summary) -> HelpBlock:
    """What to do about signs that may be an emergency."""
    if left_open(summary):
        lead = _(
            "You left open if you have a warning sign right now, or you were not sure. "
            "If you have one, get medical help first. This page can wait."
        )
    else:
        lead = _(
            "What you told us can be an emergency. Get medical help first. This page can wait."
        )
    heading = _("Call the emergency number now")
    return HelpBlock("emergency", heading, lead, (urgent(summary),))


def left_open(summary: Summary) -> bool:
    """Whether nothing told points to an emergency: only answers that are missing or not sure."""
    undecided = [point.undecided for point in summary.points if point.block == "emergency"]
    return bool(undecided) and all(undecided)


def full(summary: Summary) -> HelpBlock:
    """Every line for someone who may not be safe, or who did not say."""
    acute = summary.level == "now"
    return HelpBlock(
        kind="full",
        heading=_("Talk to someone now") if acute else _("You can talk to someone now"),
        lead=_(
            "If you might hurt yourself or someone else, call the emergency number or a help line."
        )
        + " "
        + _("They will listen. You can stop at any time."),
        ways=(urgent(summary), *ways(summary)),
        after=_("No one at the clinic reads this page right away. Do not wait for the clinic."),
        checked=checked(summary),
    )


def soft(summary: Summary) -> HelpBlock:
    """One line, for hard times that are long past."""
    lead = _("If hard thoughts come back, you can reach someone at any time.")
    return HelpBlock("soft", _("Help is here"), lead, (urgent(summary), *ways(summary)[:1]))


def urgent(summary: Summary) -> Way:
    """The emergency numbers, or the words for them where none is known."""
    found = summary.help
    reach = tuple(reached(_("Call {number}"), number) for number in found.emergency)
    if not reach:
        reach = (Reach(_("Call {number}").format(number=found.emergency_words)),)
    elif not found.country_told:
        elsewhere = _("In another country, call {number}").format(number=found.emergency_words)
        reach = (*reach, Reach(elsewhere))
    unchecked = "" if all(number.verified for number in found.numbers) else not_checked()
    return Way(_("In danger"), reach, unchecked=unchecked)


def not_checked() -> str:
    """What stands beside a number that no one has compared with a source."""
    return _("number not checked yet")


def ways(summary: Summary) -> tuple[Way, ...]:
    """Every line in a few words, in the order of the content."""
    return tuple(way(line) for line in summary.help.lines)


def way(line: Line) -> Way:
    """One line: whom, how, when."""
    notes = (part for part in (line.for_whom, line.hours, line.note) if part)
    return Way(
        name=line.name,
        reach=reaches(line),
        note=" ".join(part if part.endswith(".") else f"{part}." for part in notes),
        unchecked="" if line.verified else not_checked(),
    )


def reaches(line: Line) -> tuple[Reach, ...]:
    """The ways to reach a line; an address only where there is no number."""
    if line.call and line.call == line.text_to and not line.text_word:
        return (reached(_("Call or text {number}"), line.call),)
    found = [reached(_("Call {number}"), line.call)] if line.call else []
    if line.text_to and line.text_word:
        found.append(reached(_("Text {word} to {number}"), line.text_to, line.text_word))
    elif line.text_to:
        found.append(reached(_("Text {number}"), line.text_to))
    return tuple(found) or (Reach(line.chat.removeprefix("https://")),)


def reached(how: str, number: str, word: str = "") -> Reach:
    """One number, in digits and in words."""
    return Reach(how.format(number=number, word=word), in_words(number))


def checked(summary: Summary) -> str:
    """When the numbers were last compared with their sources: the oldest day counts."""
    days = [number.checked_on for number in summary.help.numbers]
    days += [line.checked_on for line in summary.help.lines]
    first = min((day for day in days if day), default="")
    if not first:
        return ""
    day = date_in_words(date.fromisoformat(first), summary.clinic.country)
    return _("Numbers last checked on {day}.").format(day=day)


def in_words(number: str) -> str:
    """A number digit by digit: "nine eight eight"; a comma where it is written with a gap."""
    names = (
        _("zero"), _("one"), _("two"), _("three"), _("four"),
        _("five"), _("six"), _("seven"), _("eight"), _("nine"),
    )  # fmt: skip
    groups = re.findall(r"\d+", number)
    return ", ".join(" ".join(names[int(digit)] for digit in group) for group in groups)
