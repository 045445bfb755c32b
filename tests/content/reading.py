"""How hard a text is to read: the Flesch-Kincaid grade, by our own count.

Flesch, Kincaid: Derivation of new readability formulas for Navy enlisted personnel (1975).
Sentences of fewer than four words are labels and are left out: they would pull a grade down.
"""

import re
from collections.abc import Container, Iterable
from pathlib import Path

WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
SHORTEST = 4


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:])\s+", text) if part]


def syllables(word: str) -> int:
    word = word.lower()
    count = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le")
    silent = silent or re.search(r"[^aeioutd]ed$", word) is not None
    return max(1, count - silent)


def grade(texts: Iterable[str], known: Container[str] = ()) -> float:
    """Pool the texts; a word that is known counts as one syllable."""
    scored = [WORD.findall(sentence) for text in texts for sentence in sentences(text)]
    scored = [words for words in scored if len(words) >= SHORTEST]
    words = [word for sentence in scored for word in sentence]
    if not words:
        return 0.0
    sounds = sum(1 if word.lower() in known else syllables(word) for word in words)
    return 0.39 * len(words) / len(scored) + 11.8 * sounds / len(words) - 15.59


def listed(file: str) -> frozenset[str]:
    """Read a list of words that stands beside this module."""
    lines = (Path(__file__).parent / file).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
