"""Which way a text runs: neither the PDF engine nor plain text guesses it."""

import unicodedata


def is_rtl(text: str) -> bool:
    """Say whether the first letter with a direction runs from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False
