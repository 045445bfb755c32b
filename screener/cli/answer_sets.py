"""Read many stored answer sets, one JSON object a line; a bad line is named, never dropped."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import rules
from screener.cli.faults import BadInputError
from screener.cli.reading import MOST_BYTES, kind, parse


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, how many bytes it has, and its answers or what is wrong with them."""

    number: int
    size: int
    answers: rules.Answers | None = None
    fault: str = ""


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """Open a file, or standard input for `-`."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = Path(file).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise BadInputError(f"{file}: cannot be read: {error.strerror}") from error
    with stream:
        yield stream


def read_lines(content: rules.Content, stream: BinaryIO) -> Iterator[Line]:
    """Read every line; what cannot be read comes with the reason."""
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        size = len(line)
        if size > MOST_BYTES:
            size += rest_of_line(stream)
            yield Line(number, size, fault=f"longer than {MOST_BYTES // 1_000_000} MB")
            continue
        try:
            yield Line(number, size, answers=answers_in(content, line.rstrip(b"\r\n")))
        except ValueError as error:
            yield Line(number, size, fault=str(error).removeprefix("line 1, "))


def rest_of_line(stream: BinaryIO) -> int:
    """Pass over what is left of a line that is too long, and say how long that was."""
    read: Callable[[], bytes] = lambda: stream.readline(MOST_BYTES)  # noqa: E731 - for iter
    size = 0
    for piece in iter(read, b""):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def answers_in(content: rules.Content, line: bytes) -> rules.Answers:
    """Read the answers of one line.

    Raises:
        ValueError: not a JSON object, or answers that cannot be read.
    """
    if not line.strip():
        raise ValueError("empty")
    found = parse(line)
    if not isinstance(found, dict):
        raise ValueError(f"write one JSON object of answers, not {kind(found)}")  # noqa: TRY004 - all faults of a line are alike
    return rules.read_answers(content, found)
