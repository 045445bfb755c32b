"""Read how to reach a person, as people type it: liberal about the form, strict about the sense."""

import re
import unicodedata

from screener.renderers.cleaning import tidy

LONGEST_READ = 1000  # more than this is cut before anybody looks at it
# After the signs of other keyboards became plain ones. The extension is dialled by hand.
PHONE = re.compile(r"\+?[\d ().\-/]+?(?: ?(?:ext|extension|x|#)\.? ?\d{1,6})?", re.IGNORECASE)
FEWEST_DIGITS, MOST_DIGITS = 6, 15
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
EMAIL = re.compile(rf"[^\s@<>()\[\]\\,;:\"]{{1,64}}@(?:{LABEL}\.)+{LABEL}")
AROUND = re.compile(r" ?([@.]) ?")  # what a telephone's keyboard puts after a word
LONGEST_EMAIL = 254


class CannotReach(ValueError):
    """This reaches nobody."""


def line(text: str) -> str:
    """Read one line of plain text: nothing hidden, nothing that turns it around, one space each."""
    return " ".join(tidy(text[:LONGEST_READ]).split())


def name(text: str) -> str:
    """Read what to call somebody; raise CannotReach when it holds no letter."""
    if not any(unicodedata.category(sign).startswith("L") for sign in text):
        raise CannotReach
    return text


def phone(text: str) -> str:
    """Read a telephone number, in the digits of any script; raise CannotReach for anything else."""
    plain = "".join(map(_dialled, unicodedata.normalize("NFKC", text)))
    plain = " ".join(plain.removeprefix("tel:").split())
    number = re.split(r"[ex#]", plain, maxsplit=1, flags=re.IGNORECASE)[0]
    digits = sum(sign.isdigit() for sign in number)
    if not PHONE.fullmatch(plain) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        raise CannotReach
    return plain


def email(text: str) -> str:
    """Read an e-mail address; raise CannotReach for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip(" <>,;.").removeprefix("mailto:")
    plain = AROUND.sub(r"\1", plain)
    if len(plain) > LONGEST_EMAIL or not EMAIL.fullmatch(plain):
        raise CannotReach
    return plain


def _dialled(sign: str) -> str:
    """Write a sign as it stands on a telephone."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    dash = unicodedata.category(sign) == "Pd" or sign == "\N{MINUS SIGN}"
    return "-" if dash else sign
