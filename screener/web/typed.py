"""What people type in a box, on both sides: kept as it was meant, without what cannot be seen."""

import unicodedata

UNWANTED = {"Cc", "Cs"}


def prose(text: str) -> str:
    """Tidy free text: one kind of line end, no control characters, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (mark for mark in text if mark in "\n\t" or unicodedata.category(mark) not in UNWANTED)
    return "".join(kept).strip()
