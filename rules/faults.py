"""What is wrong with the content: where it stands, and what to write instead."""

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a content file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def along(self, characters: int) -> "Place":
        """Move right on the same line."""
        return Place(self.file, self.line, self.column + characters)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and how to put it right."""

    place: Place
    what: str
    instead: str = ""

    def __str__(self) -> str:
        told = f"{self.place}: {self.what}"
        return f"{told}; {self.instead}" if self.instead else told


class ContentError(Exception):
    """The content cannot be used. One line for each fault, in file order."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class Faults:
    """Collect faults, so that one run tells an author all of them."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Keep the faults of the block instead of stopping at them."""
        try:
            yield
        except ContentError as error:
            self._found += error.faults

    def settle(self) -> None:
        """Stop here if anything was found."""
        if self._found:
            raise ContentError(*self._found)


def refuse(place: Place, what: str, instead: str = "") -> NoReturn:
    """Stop with one fault."""
    raise ContentError(Fault(place, what, instead))


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Suggest the closest known name, or say something else."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean '{close[0]}'?" if close else otherwise
