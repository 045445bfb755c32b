"""Whom to reach, in the patient's country."""

from dataclasses import replace

from rules import Content, Line, Value
from screener.summary import ages
from screener.summary.model import Help

NOT_SAID = frozenset({None, "", "prefer_not", "not_sure"})


def aid(content: Content, country: Value, home: str, age: Value) -> Help:
    """Collect the numbers to print.

    Args:
        content: the help lines.
        country: where the patient is; when it is not given, the clinic's country stands in,
            followed by the lists that cover the world.
        home: the clinic's country.
        age: the lines for young people come first for those under age, are left out for adults,
            and come last when the age is not known.
    """
    if country in NOT_SAID:
        at_home, world = place(content, home), place(content, "")
        known = {line.id for line in at_home.lines}
        found = replace(
            at_home,
            lines=at_home.lines + tuple(line for line in world.lines if line.id not in known),
            country_told=False,
        )
    else:
        found = place(content, str(country))
    return replace(found, lines=for_age(found.lines, under_age=ages.under_age(content, age)))


def place(content: Content, code: str) -> Help:
    """The numbers of one country, or of the world."""
    entry = content.helplines.country(code)
    return Help(
        country=entry.name,
        numbers=entry.numbers,
        emergency_words=entry.emergency_words,
        lines=entry.lines,
    )


def for_age(lines: tuple[Line, ...], *, under_age: bool | None) -> tuple[Line, ...]:
    """Put the lines for young people where they belong; None: nobody knows the age."""
    young = tuple(line for line in lines if line.youth)
    rest = tuple(line for line in lines if not line.youth)
    if under_age is None:
        return rest + young
    return young + rest if under_age else rest
