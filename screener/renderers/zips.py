"""Many files as one ZIP, sent as it is made: only one file is in memory at a time."""

import io
import zipfile
from collections.abc import Iterable, Iterator

READABLE_BY_THE_OWNER = 0o600 << 16


def as_zip(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Pack files, each by its name, in pieces; a name that comes again gets a number.

    Nothing is pressed: a PDF already is.
    """
    out, names = Pieces(), Names()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, content in files:
            # A fixed time: when the file was packed says nothing worth knowing.
            about = zipfile.ZipInfo(names.free(name))
            about.external_attr = READABLE_BY_THE_OWNER
            packed.writestr(about, content)
            yield out.taken()
    yield out.taken()


class Pieces(io.RawIOBase):
    """A file that is written to and given away piece by piece; it cannot go back."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        """Hold a piece."""
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """Give away what is held."""
        given = bytes(self._held)
        self._held.clear()
        return given


class Names:
    """The names in a ZIP, each once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def free(self, name: str) -> str:
        """Return a name, with a number where it was used before."""
        self._used[name] = self._used.get(name, 0) + 1
        stem, dot, kind = name.rpartition(".")
        number = self._used[name]
        return name if number == 1 else f"{stem}-{number}{dot}{kind}"
