"""Which passwords are refused: what is short, and what everybody tries first.

By NIST SP 800-63B, revision 4: a least length, any character, no rule about which kinds of
character, no change by the calendar. The second factor is always asked, so that 8 would do; 12 is
what a person can remember and a copied database does not give away.

The list of words is our own. A password is refused when the whole of it is made of three such words
at most, of years, rows of keys and repetitions, with three more signs at most.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from screener.store.staff.passwords import tidy_password

SHORTEST, LONGEST = 12, 200
SPARE = 3  # signs beside what is listed
FEW = 3  # words; a longer row of them is no longer what everybody tries
LEAST_WORD = 3
WORDS = Path(__file__).parent / "common_words.txt"
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
)
ROW = 3  # keys in a row that count as one
LEET = str.maketrans("013457@$!", "oieastasi")
YEAR = re.compile(r"(?:19|20)\d\d")
REPEATED = re.compile(r"(.{1,4}?)\1{2,}")

Fault = Literal["short", "long", "common"]


def fault(password: str, about: Iterable[str] = ()) -> Fault | None:
    """Say what is wrong with a new password, or nothing.

    Args:
        password: as it was typed.
        about: names that belong to this person and this clinic; everybody tries those too.
    """
    plain = tidy_password(password)
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    words = _words() | {word for name in about for word in _named(name)}
    folded = _folded(plain)
    common = _common(folded, words) or _common(folded.translate(LEET), words)
    return "common" if common else None


@cache
def _words() -> frozenset[str]:
    lines = WORDS.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _named(name: str) -> list[str]:
    """Return the words of a name, and the name written as one word."""
    words = [_folded(word) for word in re.findall(r"[^\W_]+", name)]
    return [word for word in (*words, _folded(name)) if len(word) >= LEAST_WORD]


def _folded(text: str) -> str:
    """Write a text as one word in small letters."""
    return re.sub(r"[\s_.,-]+", "", unicodedata.normalize("NFKC", text).casefold())


def _common(folded: str, words: Iterable[str]) -> bool:
    """Say whether next to nothing is left without what everybody tries."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    used, rest = set(re.findall(pattern, folded)), re.sub(pattern, " ", folded)
    for what in (YEAR, _rows(), REPEATED):
        rest = what.sub(" ", rest)
    return len(used) <= FEW and len(set(rest) - {" "}) <= SPARE


@cache
def _rows() -> re.Pattern[str]:
    """Match keys that lie beside each other, in either direction."""
    both = [row for one in ROWS for row in (one, one[::-1])]
    runs = {
        row[at : at + n]
        for row in both
        for n in range(ROW, len(row) + 1)
        for at in range(len(row) - n + 1)
    }
    return re.compile("|".join(re.escape(run) for run in sorted(runs, key=len, reverse=True)))
