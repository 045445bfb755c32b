"""What people type in a box, on both sides: kept as it was meant, without what cannot be seen."""

import rules


def prose(text: str) -> str:
    """Tidy free text: one kind of line end, no control characters, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return rules.UNPRINTABLE.sub("", text).strip()
