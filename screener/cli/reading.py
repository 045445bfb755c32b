"""Read a JSON object of answers, strictly: what is not plain JSON is refused, never guessed."""

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from screener.cli.faults import BadInputError

MOST_BYTES = 1_000_000  # a busy patient's answers are about 5,000


def read_object(file: str) -> dict[str, object]:
    """Read one JSON object from a file, or from standard input for `-`.

    Raises:
        BadInputError: with one line that names the file, the place and what is wrong there.
    """
    name = "standard input" if file == "-" else file
    try:
        found = parse(read_bytes(file))
    except ValueError as error:
        raise BadInputError(f"{name}: {error}") from error
    if not isinstance(found, dict):
        raise BadInputError(f"{name}: write one JSON object of answers, not {kind(found)}")
    return found


def read_bytes(file: str) -> bytes:
    """Read a file, but never more than is sensible."""
    try:
        if file == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror or error}") from error
    if len(content) > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES // 1_000_000} MB")
    return content


def parse(content: bytes) -> object:
    """Parse JSON, refusing what the standard module lets through.

    Raises:
        ValueError: not UTF-8, not JSON, a key twice, NaN, Infinity, a number too large for a
            computer, or a nesting that no set of answers needs.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"byte {error.start + 1}: not UTF-8 text") from error
    try:
        return json.loads(
            text,
            object_pairs_hook=unique,
            parse_constant=refuse_constant,
            parse_float=checked(float),
            parse_int=checked(int),
        )
    except json.JSONDecodeError as error:
        said = error.msg[:1].lower() + error.msg[1:]
        raise ValueError(f"line {error.lineno}, column {error.colno}: not JSON: {said}") from error
    except RecursionError as error:
        raise ValueError("lists or objects are nested too deeply") from error


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object whose keys are all different; JSON readers disagree about the others."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{shown(key)} is there twice; keep one")
        found[key] = value
    return found


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads though they are not JSON."""
    raise ValueError(f"{name} is not a number that JSON knows")


def checked(read: Callable[[str], float]) -> Callable[[str], float]:
    """Make a number reader that refuses what would end as infinity or take an hour."""

    def number(text: str) -> float:
        if len(text) > 100 or math.isinf(float(text)):  # noqa: PLR2004 - no answer is near either
            raise ValueError(f"the number {text[:12]}… is too large")
        return read(text)

    return number


def kind(value: object) -> str:
    """Name a JSON value as a person would."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case _:
            return "a list"


def shown(key: str) -> str:
    """Quote a key of a file for a message, cut to a length that stays readable."""
    return json.dumps(key if len(key) <= 40 else key[:39] + "…", ensure_ascii=False)  # noqa: PLR2004
