"""Folders that are there after a power cut: a name is on the disk when its folder was synced."""

import os
from pathlib import Path


def make(folder: Path) -> None:
    """Make a folder for its owner alone, and those above it, unless it is there."""
    if folder.is_dir():
        return
    make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync(folder.parent)


def sync(folder: Path) -> None:
    """Put the names of a folder's files on the disk; Windows has no such call, and needs none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
