"""Every sentence of the content files, with the place where it stands."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

TEXT = Path(__file__).parents[2] / "rules" / "content" / "text" / "en"
FOR_STAFF = {"clinician", "basis"}


class Said(NamedTuple):
    """One text and where it stands: file, then the keys that lead to it."""

    where: tuple[str, ...]
    text: str

    @property
    def for_patients(self) -> bool:
        return not FOR_STAFF.intersection(self.where)


def read(name: str) -> dict[str, Any]:
    """Read one text file; every scalar stays a string."""
    loaded: dict[str, Any] = yaml.load((TEXT / name).read_text("utf-8"), yaml.BaseLoader)
    return loaded


def scalars(node: object, where: tuple[str, ...]) -> Iterator[Said]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from scalars(value, (*where, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from scalars(value, (*where, str(index)))
    elif node:
        yield Said(where, str(node))


def everything() -> list[Said]:
    names = sorted(str(path.relative_to(TEXT)) for path in TEXT.rglob("*.yaml"))
    return [said for name in names for said in scalars(read(name), (name,))]
