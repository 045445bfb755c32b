"""Read `--limit name=value` and lay it over the clinic's limits."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import rules
from screener.cli.faults import BadInputError


def with_limits(
    shipped: rules.Limits, clinic: Mapping[str, int], given: Iterable[str]
) -> rules.Limits:
    """Return the limits that hold: shipped, then the clinic's, then those given here.

    Raises:
        BadInputError: a limit that is unknown, given twice, not a whole number or out of bounds.
    """
    asked: dict[str, int] = {}
    for option in given:
        name, value = split(option, shipped)
        if name in asked:
            raise BadInputError(f"--limit {name} is given twice; keep one")
        asked[name] = value
    try:
        return shipped.with_values({**clinic, **asked})
    except rules.LimitError as error:
        raise BadInputError(f"--limit: {error}") from error


def split(option: str, known: Iterable[str]) -> tuple[str, int]:
    """Split `name=value` into a limit that exists and a whole number."""
    name, equals, value = option.partition("=")
    names = list(known)
    if name not in names:
        close = get_close_matches(name, names, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there is {', '.join(names)}"
        raise BadInputError(f"--limit {option}: there is no limit {name!r}; {hint}")
    if not equals or not re.fullmatch(r"[0-9]{1,9}", value):
        raise BadInputError(f"--limit {option}: write {name}=NUMBER, with a whole number")
    return name, int(value)
