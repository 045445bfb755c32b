"""The code that a camera reads: the address of a page's reference, say, drawn as one path."""

from dataclasses import dataclass

import segno

from screener.summary import Summary

MARGIN = 4  # modules, as the standard asks for


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as a square of ``size`` units and the path of its dark parts."""

    size: int
    path: str

    @property
    def svg(self) -> str:
        """The code as a picture."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<path d="{self.path}"/></svg>'
        )


def qr_code(summary: Summary) -> Code | None:
    """Draw the reference code; nothing when the app has no public address.

    In upper case the code stays small (alphanumeric mode); hosts, and our own path, read the same
    in either case.
    """
    if not summary.code_url:
        return None
    return draw(summary.code_url.upper())


def draw(text: str) -> Code:
    """Draw any text as a code."""
    rows = tuple(segno.make(text, error="m", micro=False).matrix)
    path = "".join(
        f"M{start + MARGIN} {y + MARGIN}h{end - start}v1h-{end - start}z"
        for y, row in enumerate(rows)
        for start, end in runs(row)
    )
    return Code(len(rows) + 2 * MARGIN, path)


def runs(row: bytearray) -> list[tuple[int, int]]:
    """Where the dark modules of a row start and end."""
    edges = [x for x in range(len(row) + 1) if (x > 0 and row[x - 1]) != (x < len(row) and row[x])]
    return list(zip(edges[::2], edges[1::2], strict=True))
