"""Small parts of English that sentences are put together from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or the head of one and its points."""

    head: str
    points: tuple[str, ...] = ()


def spaced(name: str) -> str:
    """A name of a file, as words."""
    return name.replace("_", " ")


def listed(words: list[str], last: str) -> str:
    """Words with commas, and ``and`` or ``or`` before the last."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if words[1:] else words[0]


COMPARED = {
    "<": "is below {0}",
    "<=": "is {0} or less",
    ">": "is above {0}",
    ">=": "is {0} or more",
    "==": "is exactly {0}",
    "!=": "is not {0}",
}
SIGNS = {"+": "plus", "-": "minus", "*": "times"}
