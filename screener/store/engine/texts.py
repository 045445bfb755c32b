"""Text that only one of the databases can keep."""

from typing import Any


def refuse_what_one_cannot_keep(*event_parts: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
    """Refuse text that PostgreSQL cannot keep, on SQLite too, so that tests on either find it.

    NUL characters and lone surrogates belong into sealed bytes, or have to be refused at the door.
    """
    given, many = event_parts[3], event_parts[5]
    for row in given if many else [given]:
        for value in row.values() if isinstance(row, dict) else row:
            if isinstance(value, str) and ("\0" in value or not _is_unicode(value)):
                raise ValueError("a text for the database holds a NUL or half a character")


def _is_unicode(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)
