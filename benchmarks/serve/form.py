"""The form that all are asked, as the contestants read it; nothing else of ours is read with it."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

EARLY, LATE = "early", "late"
ONE, MANY, TEXT, NUMBER = "one", "many", "text", "number"


@dataclass(frozen=True)
class Box:
    """One question on a page: what it is called, what it says, and what it offers."""

    name: str
    label: str
    kind: str
    options: list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """One page of the form, and what the patient says there."""

    path: str
    boxes: list[Box]
    told: dict[str, list[str]] = field(repr=False)


@dataclass(frozen=True)
class Flow:
    """All pages in their order, and what the draft holds in the end."""

    pages: list[Page]
    state: dict[str, Any] = field(repr=False)

    @property
    def size(self) -> int:
        """The bytes of the whole draft, before it is sealed."""
        return len(json.dumps(self.state, separators=(",", ":")).encode())

    @property
    def late(self) -> int:
        """Which page stands for a late step: the last but one, which asks five questions."""
        return len(self.pages) - 2

    def at(self, when: str) -> Page:
        """Return the page that stands for an early step, or for a late one."""
        return self.pages[self.late if when == LATE else 0]

    def write(self, file: Path) -> None:
        """Keep it for the contestants."""
        file.write_text(json.dumps(asdict(self)), "utf-8")

    @classmethod
    def read(cls, file: Path) -> Self:
        """Read what was kept."""
        said = json.loads(file.read_text("utf-8"))
        pages = [
            Page(page["path"], [_box(**box) for box in page["boxes"]], page["told"])
            for page in said["pages"]
        ]
        return cls(pages, said["state"])


def _box(name: str, label: str, kind: str, options: list[list[str]]) -> Box:
    return Box(name, label, kind, [(value, said) for value, said in options])


def told_flow() -> Flow:
    """Read the flow that the environment names."""
    return Flow.read(Path(os.environ["SERVE_FLOW"]))
