"""A clinic's own limits, held against the bounds that the reviewed content gives them."""

from collections.abc import Mapping
from difflib import get_close_matches

import rules


def wrong_limits(values: Mapping[str, int], limits: "rules.Limits", file: str) -> list[str]:
    """Say what is wrong with a clinic's limits, one line each."""
    lines = [
        line for name, value in values.items() if (line := _wrong(name, value, limits)) is not None
    ]
    if not lines:
        try:
            limits.with_values(dict(values))
        except rules.LimitError as error:  # each is in bounds, but they do not go together
            lines = str(error).splitlines()
    return [f"{file}: [limits] {line}" for line in lines]


def _wrong(name: str, value: int, limits: "rules.Limits") -> str | None:
    if name not in limits:
        close = get_close_matches(name, list(limits), n=1)
        meant = f"did you mean {close[0]}?" if close else f"there is {', '.join(limits)}"
        return f"{name} is not a limit, {meant}"
    low, high = limits[name].low, limits[name].high
    if low <= value <= high:
        return None
    return f"{name} is {value}, it must be between {low} and {high}"
