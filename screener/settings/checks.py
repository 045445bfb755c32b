"""What a single setting must look like. Each check completes the sentence "it must be …"."""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from babel import Locale
from pydantic import AfterValidator

from screener import wall_clock

LOCAL = {"localhost", "127.0.0.1", "::1"}
PHONE = re.compile(r"\+?[\d\s().\-–/]{2,30}(?:\s?(?:ext|x)\.?\s?\d{1,6})?", re.IGNORECASE)
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?|[0-9a-f:]+", re.IGNORECASE)
# Hidden signs that turn the text after them around, past the end of what they stand in.
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
# Places in Unicode's list that are no country of their own.
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
NEEDED, ASKED, NO = "needed", "asked", "no"  # how much a clinic wants to know something


def between(low: int, high: int) -> AfterValidator:
    """Accept whole numbers from low to high, both included."""

    def check(number: int) -> int:
        if not low <= number <= high:
            raise ValueError(f"between {low} and {high}")
        return number

    return AfterValidator(check)


def _text(longest: int, *, needed: bool = False) -> Callable[[str], str]:
    def check(text: str) -> str:
        stripped = text.strip()
        if needed and not stripped:
            raise ValueError("at least one letter")
        if len(stripped) > longest:
            raise ValueError(f"{longest} characters or less, and it has {len(stripped)}")
        if any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in stripped):
            raise ValueError("one line of plain text, without line breaks")
        if any(unicodedata.bidirectional(letter) in TURNS for letter in stripped):
            raise ValueError("plain text, without hidden signs that turn it around")
        return stripped

    return check


def _phone(text: str) -> str:
    if text and not (PHONE.fullmatch(text) and any(letter.isdigit() for letter in text)):
        raise ValueError('a phone number, like "+1 555 010 0199"')
    return text


def _colour(text: str) -> str:
    if not COLOUR.fullmatch(text):
        raise ValueError('"#" and six of 0-9 and a-f, like "#1b5753"')
    return text.lower()


def _country(text: str) -> str:
    countries: set[str] = set(Locale("en").territories) - NO_COUNTRY
    if text and not (re.fullmatch("[A-Z]{2}", text.upper()) and text.upper() in countries):
        close = ' (the United Kingdom is "GB")' if text.upper() == "UK" else ""
        raise ValueError(f'a country code of two letters, like "US"{close}')
    return text.upper()


def _time_zone(text: str) -> str:
    try:
        wall_clock.zone(text)
    except LookupError:
        close = get_close_matches(text, wall_clock.names(), n=1)
        meant = f'; did you mean "{close[0]}"?' if close else ""
        raise ValueError(f'the name of a time zone, like "Europe/Dublin"{meant}') from None
    return text


def _wish(text: str) -> str:
    if text not in {NEEDED, ASKED, NO}:
        raise ValueError(f'"{NEEDED}", "{ASKED}" or "{NO}"')
    return text


def _web(text: str) -> str:
    if text and not _address(text, {"https", "http"}):
        raise ValueError('a web address, like "https://clinic.example"')
    return text


def _secure(text: str) -> str:
    if not _address(text, {"https"}):
        raise ValueError('a web address that begins with https://, like "https://weather.example"')
    return text


def _public(text: str) -> str:
    parts = _address(text, {"https", "http"})
    if parts is None or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError('the address alone, like "https://forms.clinic.example"')
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        raise ValueError("an https:// address: http:// sends answers that others can read")
    return text.rstrip("/")


def _hook(text: str) -> str:
    parts = _address(text, {"https", "http"})
    if text and (parts is None or (parts.scheme == "http" and parts.hostname not in LOCAL)):
        raise ValueError('a web address that begins with https://, like "https://hook.example/new"')
    return text


def _email(text: str) -> str:
    if text and not EMAIL.fullmatch(text):
        raise ValueError('one e-mail address, like "intake@clinic.example"')
    return text


def _host(text: str) -> str:
    if text and not HOST.fullmatch(text):
        raise ValueError('the name of a mail server, like "smtp.clinic.example"')
    return text


def _security(text: str) -> str:
    if text not in {"starttls", "tls", "none"}:
        raise ValueError('"starttls", "tls" or "none"')
    return text


def _address(text: str, schemes: set[str]) -> SplitResult | None:
    """Read a web address; None when it is not one, or when it holds a name and password."""
    try:
        parts = urlsplit(text)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        return None
    plain = text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\`{}|^")
    named = HOST.fullmatch(parts.hostname or "") and "@" not in parts.netloc
    return parts if plain and named and port_is_a_number and parts.scheme in schemes else None


Name = Annotated[str, AfterValidator(_text(60, needed=True))]
Line = Annotated[str, AfterValidator(_text(200))]
Phone = Annotated[str, AfterValidator(_text(40)), AfterValidator(_phone)]
Colour = Annotated[str, AfterValidator(_colour)]
Country = Annotated[str, AfterValidator(_country)]
TimeZone = Annotated[str, AfterValidator(_text(60, needed=True)), AfterValidator(_time_zone)]
Wish = Annotated[str, AfterValidator(_wish)]
Web = Annotated[str, AfterValidator(_web)]
Secure = Annotated[str, AfterValidator(_secure)]
Hook = Annotated[str, AfterValidator(_text(500)), AfterValidator(_hook)]
Email = Annotated[str, AfterValidator(_text(254)), AfterValidator(_email)]
Host = Annotated[str, AfterValidator(_text(253)), AfterValidator(_host)]
Security = Annotated[str, AfterValidator(_security)]
Public = Annotated[str, AfterValidator(_public)]
