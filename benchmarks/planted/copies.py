"""Copies of the working tree, in which a fault can be planted and taken out again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.planted.table import HOUSE, Fault

LATER = 10  # seconds: Python sees by the time that a file is not the one that it compiled


class Gone(LookupError):
    """What a fault replaces does not stand there once."""


def copy(folder: Path) -> Path:
    """Copy what is tracked, and what would be, into a folder that is a repository of its own."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listed, cwd=HOUSE, check=True, capture_output=True, text=True)
    for name in filter(None, told.stdout.split("\0")):
        if (HOUSE / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HOUSE / name, folder / name)
    begin = ["git", "init", "-q"]  # some tests ask for what is tracked
    subprocess.run(begin, cwd=folder, check=True)
    return folder


def again(first: Path, folder: Path) -> Path:
    """Copy a copy, with what was compiled there."""
    return Path(shutil.copytree(first, folder))


@contextmanager
def planted(fault: Fault, folder: Path) -> Iterator[None]:
    """Plant a fault in a copy for a while.

    Raises:
        Gone: its text does not occur once.
    """
    file = folder / fault.file
    text, before = broken(fault, folder), file.read_bytes()
    when = file.stat().st_mtime
    file.write_text(text, "utf-8", newline="")
    os.utime(file, (when + LATER, when + LATER))
    try:
        yield
    finally:
        file.write_bytes(before)
        os.utime(file, (when, when))


def broken(fault: Fault, folder: Path = HOUSE) -> str:
    """Return a file as it is with a fault planted.

    Raises:
        Gone: its text does not occur once.
    """
    text = (folder / fault.file).read_text("utf-8")
    if text.count(fault.old) != 1:
        raise Gone(f"{fault.file} has {text.count(fault.old)} of: {fault.old}")
    return text.replace(fault.old, fault.new)


def around(folder: Path, *, compiles: bool) -> dict[str, str]:
    """Give the environment in which a copy is what Python imports."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("SCREENER_")}
    ours |= {"PYTHONPATH": str(folder), "PATH": f"{Path(sys.executable).parent}:{ours['PATH']}"}
    return ours if compiles else ours | {"PYTHONDONTWRITEBYTECODE": "1"}
