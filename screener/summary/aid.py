"""Whom to reach, in the patient's country."""

from dataclasses import replace

from rules import Content, Line, Value
from screener.summary.model import Help

GROWN_UP = 18
NOT_SAID = frozenset({None, "", "prefer_not", "not_sure"})


def aid(content: Content, country: Value, home: str, age: Value) -> Help:
    """Collect the numbers to print.

    Args:
        content: the help lines.
        country: where the patient is; when it is not given, the clinic's country stands in,
            followed by the lists that cover the world.
        home: the clinic's country.
        age: under 18 the lines for young people come first, from 18 on they are left out,
            and when the age is not known they come last.
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
    return replace(found, lines=for_age(found.lines, age))


def place(content: Content, code: str) -> Help:
    """The numbers of one country, or of the world."""
    entry = content.helplines.country(code)
    return Help(
        country=entry.name,
        numbers=entry.numbers,
        emergency_words=entry.emergency_words,
        lines=entry.lines,
    )


def for_age(lines: tuple[Line, ...], age: Value) -> tuple[Line, ...]:
    """Order the lines for young people by the patient's age."""
    young = tuple(line for line in lines if line.youth)
    rest = tuple(line for line in lines if not line.youth)
    if not isinstance(age, int):
        return rest + young
    return young + rest if age < GROWN_UP else rest
