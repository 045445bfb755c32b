"""What stands on a PDF: its pages and its words."""

import io
import re
from collections.abc import Iterator

import pikepdf

CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
Letters = dict[int, str]


def pages(content: bytes) -> list[str]:
    """Return the words of each page, as a program that reads aloud would find them."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return ["".join(_written(page)) for page in pdf.pages]


def _written(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    letters: Letters = {}
    for step in pikepdf.parse_content_stream(page):
        operands = step.operands
        match str(step.operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                yield _read(operands[0], letters)
            case "TJ":
                yield "".join(_read(o, letters) for o in operands[0] if _is_text(o))
            case "ET":
                yield " "


def _is_text(operand: object) -> bool:
    return isinstance(operand, pikepdf.String)


def _read(text: pikepdf.Object, letters: Letters) -> str:
    codes = bytes(text)
    pairs = zip(codes[::2], codes[1::2], strict=True)
    return "".join(letters.get(high << 8 | low, "") for high, low in pairs)


def _letters(font: pikepdf.Object) -> Letters:
    """Read which code stands for which letter."""
    table, found = font.ToUnicode.read_bytes(), Letters()
    for code, said in _rows(CHARS, table, 2):
        found[int(code, 16)] = _text(said)
    for first, last, said in _rows(RANGES, table, 3):
        start, letter = int(first, 16), ord(_text(said))
        found |= {start + n: chr(letter + n) for n in range(int(last, 16) - start + 1)}
    return found


def _rows(block: re.Pattern[bytes], table: bytes, width: int) -> Iterator[tuple[bytes, ...]]:
    for rows in block.findall(table):
        cells = iter(HEX.findall(rows))
        yield from zip(*[cells] * width, strict=True)


def _text(hexed: bytes) -> str:
    return bytes.fromhex(hexed.decode()).decode("utf-16-be")
