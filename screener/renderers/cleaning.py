"""Patient text made fit to print: nothing hidden, nothing that turns a line, no empty boxes."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from screener.language import _, ngettext

LONGEST = 4000
MOST_LINES = 60
LONGEST_RUN = 28
ZERO_WIDTH_SPACE = "\u200b"

# Kept although they show nothing: they join or part letters in Arabic and Indic scripts.
JOINERS = frozenset("\u200c\u200d")
# They choose between pictures of one character ("❤" in colour); paper has one.
VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
LONG_RUN = re.compile(rf"[^\s{ZERO_WIDTH_SPACE}]{{{LONGEST_RUN + 1},}}")
FONTS = Path(__file__).parent / "pdf" / "fonts"


def tidy(text: str) -> str:
    """Drop what cannot be seen or could mislead, and write line ends and letters in one way.

    Dropped are control, bidi-control, surrogate, private-use and unassigned code points.
    """
    lines = re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", unicodedata.normalize("NFC", text))
    return "\n".join("".join(filter(visible, line.replace("\t", " "))) for line in lines)


def visible(character: str) -> bool:
    """Say whether a character may stay."""
    if character in JOINERS:
        return True
    return not VARIATION.match(character) and unicodedata.category(character) not in DROPPED


def printable(text: str) -> str:
    """Make a text fit for the PDF: tidy, in letters that the fonts have, with places to break.

    A character that no shipped font has becomes words in brackets, since a PDF that must be read
    aloud may hold no empty boxes.
    """
    # Most text is plain, and needs no look at each letter.
    plain = text.isascii() and text.isprintable()
    return LONG_RUN.sub(parted, shortened(text) if plain else in_letters(shortened(tidy(text))))


def shortened(text: str) -> str:
    """Cap a text that would fill the print, and say so."""
    lines = text.split("\n")
    kept = "\n".join(lines[:MOST_LINES])[:LONGEST]
    if kept == text:
        return text
    return f"{kept}\n[{_('shortened in print, full text on screen')}]"


def parted(run: re.Match[str]) -> str:
    """Give a long run without spaces places where a line may end."""
    text = run[0]
    parts = [text[start : start + LONGEST_RUN] for start in range(0, len(text), LONGEST_RUN)]
    return ZERO_WIDTH_SPACE.join(parts)


def in_letters(text: str) -> str:
    """Put characters that no font covers into words."""
    if covered().issuperset(map(ord, text.replace("\n", ""))):
        return text
    pieces = groupby(text, key=kind)
    return "".join(say("".join(characters)) for say, characters in pieces)


def kind(character: str) -> Callable[[str], str]:
    """How a character is put on paper: as it is, as a count of letters, or by its name."""
    if character == "\n" or ord(character) in covered():
        return str
    return letters if unicodedata.category(character)[0] in "LMN" else names


def letters(run: str) -> str:
    """Say how many letters of a script could not be printed. Marks without a letter say nothing."""
    count = sum(unicodedata.category(one)[0] != "M" for one in run)
    if not count:
        return ""
    script = unicodedata.name(run[0], _("another script")).split()[0].capitalize()
    said = ngettext(
        "{count} letter, {script}: see the screen",
        "{count} letters, {script}: see the screen",
        count,
    )
    return f"[{said.format(count=count, script=script)}]"


def names(run: str) -> str:
    """Name symbols: "[grinning face]". Joiners and colour marks between them have no name."""
    said = [unicodedata.name(one, "").lower() for one in run if unicodedata.category(one) != "Sk"]
    return " ".join(f"[{name}]" for name in said if name)


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Every code point that the shipped fonts have a glyph for."""
    found: set[int] = set()
    for line in (FONTS / "coverage.txt").read_text(encoding="ascii").split():
        first, _dash, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)
