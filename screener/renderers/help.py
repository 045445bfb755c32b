"""The help that stands before everything else: which block, which numbers, in which words.

A print has no links, so each number stands in digits and in words.
"""

import re
from dataclasses import dataclass
from typing import Literal

from screener.language import _
from screener.summary import HelpLine, Summary

Kind = Literal["emergency", "full", "soft", "footer"]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach a person."""

    name: str
    how: str
    spoken: str
    note: str
    checked: str


@dataclass(frozen=True, slots=True)
class HelpBlock:
    """A block of help: a heading, a sentence, the ways to reach a person."""

    kind: Kind
    heading: str
    lead: str
    ways: tuple[Way, ...]
    after: str = ""


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
    return HelpBlock(
        kind="emergency",
        heading=_("Call the emergency number now"),
        lead=_("What you told us can be an emergency. Get medical help first. This page can wait."),
        ways=(urgent(summary),),
    )


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
    )


def soft(summary: Summary) -> HelpBlock:
    """One line, for hard times that are long past."""
    lead = _("If hard thoughts come back, you can reach someone at any time.")
    return HelpBlock("soft", _("Help is here"), lead, (urgent(summary), *ways(summary)[:1]))


def urgent(summary: Summary) -> Way:
    """The emergency number, or the words for it where none is known."""
    numbers = summary.help.emergency
    if not numbers:
        return Way(
            _("In danger"),
            _("Call {number}").format(number=summary.help.emergency_words),
            "",
            "",
            "",
        )
    return Way(
        name=_("In danger"),
        how=_("Call {number}").format(number=_(" or ").join(numbers)),
        spoken=_(" or ").join(map(in_words, numbers)),
        note="",
        checked="",
    )


def ways(summary: Summary) -> tuple[Way, ...]:
    """Every line in a few words, in the order of the content."""
    return tuple(way(line) for line in summary.help.lines)


def way(line: HelpLine) -> Way:
    """One line: whom, how, when."""
    return Way(
        name=line.name,
        how=_(", or ").join(hows(line)),
        spoken=", ".join(
            in_words(number) for number in dict.fromkeys((line.call, line.text_to)) if number
        ),
        note=" ".join(part if part.endswith(".") else f"{part}." for part in notes(line)),
        checked=checked(line),
    )


def hows(line: HelpLine) -> tuple[str, ...]:
    """The ways to reach a line; an address only where there is no number."""
    found = []
    if line.call and line.call == line.text_to and not line.text_word:
        found.append(_("call or text {number}").format(number=line.call))
    else:
        if line.call:
            found.append(_("call {number}").format(number=line.call))
        if line.text_to:
            found.append(texted(line))
    if line.chat and not found:
        found.append(line.chat.removeprefix("https://"))
    return tuple(
        part[:1].upper() + part[1:] if n == 0 and not line.chat.endswith(part) else part
        for n, part in enumerate(found)
    )


def texted(line: HelpLine) -> str:
    """How to send a text."""
    if line.text_word:
        return _("text {word} to {number}").format(word=line.text_word, number=line.text_to)
    return _("text {number}").format(number=line.text_to)


def notes(line: HelpLine) -> tuple[str, ...]:
    """For whom, when, and what else to know."""
    return tuple(part for part in (line.for_whom, line.hours, line.note) if part)


def checked(line: HelpLine) -> str:
    """When the number was last compared with its source."""
    if line.verified and line.checked_on:
        return _("checked {day}").format(day=line.checked_on)
    return _("not checked yet")


def in_words(number: str) -> str:
    """A number digit by digit: "nine eight eight"; a comma where it is written with a gap."""
    names = (
        _("zero"), _("one"), _("two"), _("three"), _("four"),
        _("five"), _("six"), _("seven"), _("eight"), _("nine"),
    )  # fmt: skip
    groups = re.findall(r"\d+", number)
    return ", ".join(" ".join(names[int(digit)] for digit in group) for group in groups)
