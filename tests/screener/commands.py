"""Run the program inside the test, and see what it printed and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    printed: bytes
    err: str

    @property
    def out(self) -> str:
        return self.printed.decode("utf-8")


Run = Callable[..., Done]
