"""What a disk would hold after a power cut: contents that were synced, under names that were.

Inside the server, ``Shadow`` copies a file when it is synced, and the names of a folder when the
folder is. Afterwards ``cut`` lays out what a start would find. Left out: names survive only as
they were last synced (real file systems often keep newer ones), sectors of 512 bytes are written
whole or not at all, and disks do what a sync asks of them.
"""

import json
import os
import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

SECTOR = 512
COUNT = "count"  # a byte for each sync
Names = dict[str, tuple[int, int]]  # name: inode and mode


class Shadow:
    """The synced state of one folder, kept beside it."""

    def __init__(self, folder: Path, of: Path) -> None:
        self.folder, self.of = folder, of.resolve()
        self._turn = Lock()  # an older copy must not replace a newer one

    def begin(self) -> None:
        """Take all that is there as synced: the power is on, and nothing was written since."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for place, _folders, files in os.walk(self.of):
            for name in files:
                self.synced(Path(place) / name)
            self.synced(Path(place))

    def synced(self, path: Path) -> None:
        """Remember a file, or the names in a folder, as it is now."""
        kept = self.folder / str(path.stat().st_ino)
        part = kept.with_suffix(".part")  # whole or not at all: the process may be killed here too
        with self._turn:
            with (self.folder / COUNT).open("ab") as count:
                count.write(b".")
            if path.is_dir():
                part.write_text(json.dumps(_names_in(path)), "utf-8")
            else:
                shutil.copyfile(path, part)
            part.replace(kept)

    @property
    def syncs(self) -> int:
        """How often anything was synced."""
        return (self.folder / COUNT).stat().st_size

    def holds(self, path: Path) -> bool:
        """Say whether a file of this name would be there after a power cut."""
        names = self._names(path.parent.stat().st_ino)
        return names.get(path.name, (0, 0))[0] == path.stat().st_ino

    def lay_out(self, to: Path, choose: random.Random | None = None) -> None:
        """Write what the disk holds to a new folder.

        Args:
            to: where.
            choose: lets any sectors that were written since reach the disk as well, in any order,
                as disks do; without it none has.
        """
        self._lay_out(self.of, self.of.stat().st_ino, to, choose)

    def _lay_out(self, was: Path, inode: int, to: Path, choose: random.Random | None) -> None:
        to.mkdir(mode=0o700)
        for name, (of, mode) in self._names(inode).items():
            if (was / name).is_dir():
                self._lay_out(was / name, of, to / name, choose)
                continue
            kept = self._content(of)
            if choose and (was / name).exists() and (was / name).stat().st_ino == of:
                kept = mixed(kept, (was / name).read_bytes(), choose)
            (to / name).write_bytes(kept)
            (to / name).chmod(mode)

    def _names(self, inode: int) -> Names:
        kept = self._content(inode)
        return {name: (of, mode) for name, (of, mode) in json.loads(kept or b"{}").items()}

    def _content(self, inode: int) -> bytes:
        kept = self.folder / str(inode)
        return kept.read_bytes() if kept.exists() else b""


def cut(folder: Path, shadow: Shadow, choose: random.Random | None = None) -> None:
    """Put in a folder's place what the disk holds of it; its server has been killed."""
    found = folder.with_name(f"{folder.name}.after")
    shadow.lay_out(found, choose)
    shutil.rmtree(folder)
    found.rename(folder)


def mixed(synced: bytes, written: bytes, choose: random.Random) -> bytes:
    """Let any of the sectors that were written since the last sync be on the disk, and any length.

    A sector that the file grew by and that did not reach the disk is empty.
    """
    length = choose.choice([len(synced), len(written)])
    both = (_padded(one, length) for one in (synced, written))
    pairs = zip(*map(_sectors, both), strict=True)
    return b"".join(old if old == new else choose.choice([old, new]) for old, new in pairs)


def _padded(content: bytes, length: int) -> bytes:
    return content[:length].ljust(length, b"\0")


def _sectors(content: bytes) -> Iterable[bytes]:
    return (content[at : at + SECTOR] for at in range(0, len(content), SECTOR))


def _names_in(folder: Path) -> Names:
    found: Names = {}
    for one in os.scandir(folder):
        status = one.stat()
        found[one.name] = (status.st_ino, status.st_mode & 0o777)
    return found
