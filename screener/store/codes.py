"""Return codes and references: letters and digits that survive paper, phones and bad handwriting.

28 symbols: no vowels, so that no word is spelt by chance; no 0, 1, I, L, O, so that none is taken
for another. 16 of them hold 76.9 bits.
"""

import secrets
import unicodedata

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_SYMBOLS = 16
REFERENCE_SYMBOLS = 8
GROUP = 4


def new_code() -> str:
    """Make a return code, in groups of four: "BCDF-GHJK-MNPQ-RSTV"."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_SYMBOLS)))


def read_code(typed: str) -> str | None:
    """Read a code as a person typed it; None when it cannot be a code.

    Capital or small, with spaces, dashes or full-width letters: all the same code.
    """
    code = _symbols(typed)
    return code if len(code) == CODE_SYMBOLS and set(code) <= set(ALPHABET) else None


def read_reference(typed: str) -> str | None:
    """Read a reference as a person typed it, in the same ways; None when it cannot be one."""
    symbols = _symbols(typed)
    ours = len(symbols) == REFERENCE_SYMBOLS and set(symbols) <= set(ALPHABET)
    return _grouped(symbols) if ours else None


def reference_from(number: bytes) -> str:
    """Turn random-looking bytes into a reference that fits on paper: "K7QM-4XRT"."""
    left = int.from_bytes(number)
    symbols = []
    for _ in range(REFERENCE_SYMBOLS):
        left, symbol = divmod(left, len(ALPHABET))
        symbols.append(ALPHABET[symbol])
    return _grouped("".join(symbols))


def _symbols(typed: str) -> str:
    return "".join(
        symbol
        for symbol in unicodedata.normalize("NFKC", typed[:200]).upper()
        if symbol.isprintable() and unicodedata.category(symbol)[0] not in "ZPC"
    )


def _grouped(symbols: str) -> str:
    return "-".join(symbols[at : at + GROUP] for at in range(0, len(symbols), GROUP))
