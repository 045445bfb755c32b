"""Read `--limit name=value` and lay it over the clinic's limits."""

import re
from collections.abc import Iterable, Mapping

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
        name, value = split(option)
        if name in asked:
            raise BadInputError(f"--limit {name} is given twice; keep one")
        asked[name] = value
    try:
        return shipped.with_values({**clinic, **asked})
    except rules.LimitError as error:
        raise BadInputError(f"--limit: {error}") from error


def split(option: str) -> tuple[str, int]:
    """Split `name=value` into a name and a whole number."""
    name, _, value = option.partition("=")
    if not name or not re.fullmatch(r"-?[0-9]{1,9}", value):
        raise BadInputError(f"--limit {option}: write NAME=NUMBER, with a whole number")
    return name, int(value)
