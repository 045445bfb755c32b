"""Read what a person types in a box: be liberal about how, strict about what."""

import re
from decimal import Decimal

WIDE = {code: chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), 0xFF0C, 0xFF0E)}
SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"(\d{1,9})(?:[.,](\d{0,9}))?", re.ASCII)
UNITS: dict[str, tuple[str, ...]] = {
    "mmHg": ("mmhg", "mm hg", "mm"),
    "years": ("years old", "years", "year", "yrs", "yr", "y"),
    "mg": ("milligrams", "mgs", "mg"),
    "cm": ("centimetres", "centimeters", "cms", "cm"),
    "kg": ("kilograms", "kilos", "kgs", "kg"),
    "lb": ("pounds", "pound", "lbs", "lb"),
    "ft": ("feet", "foot", "ft", "'", "\u2032", "\u2019"),
    "in": ("inches", "inch", "in", '"', "\u2033", "\u201d"),
}


class NotANumber(ValueError):
    """The text is not a number in plain digits."""


def number(text: str, unit: str = "", decimals: int = 0) -> int | float:
    """Read a number in digits, with or without its unit; raise NotANumber for anything else.

    Takes full-width digits, spaces and commas between thousands, and "120.0" for 120. No
    more than nine digits are ever converted.
    """
    text = SPACES.sub(" ", text.translate(WIDE)).strip()
    text = _without_unit(text, unit)
    if GROUPED.fullmatch(text) and text.isascii():
        text = text.replace(",", "").replace(" ", "")
    match = PLAIN.fullmatch(text)
    if match is None or len((match[2] or "").rstrip("0")) > decimals:
        raise NotANumber(text)
    value = Decimal(f"{match[1]}.{match[2] or 0}")
    return int(value) if value == value.to_integral_value() else float(value)


def _without_unit(text: str, unit: str) -> str:
    lowered = text.lower()
    for word in UNITS.get(unit, ()):
        if lowered.endswith(word):
            return text[: len(text) - len(word)].rstrip(" .")
    return text
