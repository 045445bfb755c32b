"""A long list of options, found by typing the first letters of any name: no script needed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules import Option

# "sertraline (Zoloft, Lustral)": brand names begin with a capital letter, a remark does not.
NAMED = re.compile(r"(?P<name>[^(]+) \((?P<brands>[A-Z][^()]*)\)")


OTHER = "other_antidepressant"


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    token: str
    label: str
    chosen: bool


def listed(options: Iterable[Option], chosen: object) -> list[Listed]:
    """Return the lines of the list; an option with brand names also stands under each of them.

    The order is that of the alphabet as far as there are brand names, else that of the options.
    """
    options = list(options)
    by_brand = [line for option in options for line in _brands(option)]
    own = [Listed(option.token, option.label, option.token == chosen) for option in options]
    if not by_brand:
        return own
    last = {option.token for option in options if option.meaning == "unknown"} | {OTHER}
    names = [line for line in own if line.token not in last]
    names = sorted(names + by_brand, key=lambda line: line.label.lower())
    return names + [line for line in own if line.token in last]


def _brands(option: Option) -> Iterator[Listed]:
    found = NAMED.match(option.label)
    if found is None:
        return
    for brand in found["brands"].split(", "):
        if brand[:1].isupper():
            rest = option.label[found.end() :]
            yield Listed(option.token, f"{brand} ({found['name']}){rest}", chosen=False)
