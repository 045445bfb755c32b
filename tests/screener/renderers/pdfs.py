"""What stands in a PDF, read back."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def elements(made: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    waiting = [made.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Array):
            waiting[:0] = list(node)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            waiting[:0] = [node.K] if "/K" in node else []


def kinds(made: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(element.S) for element in elements(made))


def fonts(made: pikepdf.Pdf) -> dict[str, bool]:
    """The fonts, and whether each is embedded."""
    found = {}
    for item in made.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            found[str(item.FontName)] = any(f"/FontFile{kind}" in item for kind in ("", 2, 3))
    return found


def text(made: bytes) -> str:
    """Every word on the pages, in the order it is drawn, through each font's ToUnicode map."""
    return "\n".join(page_text(page) for page in opened(made).pages)


def page_text(page: pikepdf.Page) -> str:
    maps = {name: unicode_map(font) for name, font in page.Resources.get("/Font", {}).items()}
    said = ""
    font: dict[int, str] = {}
    for one in pikepdf.parse_content_stream(page):
        operands, operator = one.operands, one.operator
        match str(operator):
            case "Tf":
                font = maps[str(operands[0])]
            case "Tj" | "TJ":
                runs = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                said += "".join(
                    decoded(bytes(run), font) for run in runs if hasattr(run, "unparse")
                )
            case "Tm" | "Td" | "T*":
                said += " "
    return " ".join(said.split())


def unicode_map(font: Any) -> dict[int, str]:
    """What each glyph of a font says."""
    lines = font.ToUnicode.read_bytes().decode("latin-1").splitlines()
    pairs = (re.fullmatch(r"<([0-9A-F]+)> <([0-9A-F]+)>", line.strip()) for line in lines)
    return {
        int(pair[1], 16): bytes.fromhex(pair[2]).decode("utf-16-be")
        for pair in pairs
        if pair and pair[0] != "<0000> <FFFF>"
    }


def decoded(run: bytes, font: dict[int, str]) -> str:
    """The letters of a run of two-byte glyphs."""
    glyphs = (int.from_bytes(run[start : start + 2]) for start in range(0, len(run), 2))
    return "".join(font.get(glyph, "") for glyph in glyphs)
