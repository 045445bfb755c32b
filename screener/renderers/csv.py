"""Records as CSV (RFC 4180), which a spreadsheet may open: no cell may act as a formula there.

Spreadsheets run what begins with certain signs, and some cut a cell at a semicolon or a line break
although quotes are around it. So an apostrophe stands before each such sign, and before each
apostrophe in such a place. ``plain`` takes exactly these away again: no text is changed for good.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from screener.renderers.exported import CONTACT, NOT_ASKED, Exported, in_a_cell

MARK = "'"
SIGNS = "=+\\-@\t\r\n\0＝＋－＠"  # noqa: RUF001 - the full-width ones, which some spreadsheets obey
BEGINS = "(?:^|(?<=[;,\t\r\n]))"  # where a cell begins, or may be taken to
RISKY = re.compile(f"{BEGINS}(?=[{SIGNS}{MARK}])")
MARKED = re.compile(f"(^|[;,\t\r\n]){MARK}")
OTHER = "other_answers"  # to questions that the content no longer asks, as JSON
UTF8_MARK = b"\xef\xbb\xbf"  # without it a spreadsheet takes the letters for others


def as_csv(records: Iterable[Exported], questions: Sequence[str]) -> Iterator[bytes]:
    """Write records as CSV, a line at a time, the names of the columns first.

    Args:
        records: to write.
        questions: ids of the questions that get a column, in order.
    """
    contact = [f"contact_{name}" for name in CONTACT]
    known = frozenset(questions)
    yield UTF8_MARK
    yield line([*_FRAME, "readable", *contact, *questions, OTHER])
    for record in records:
        told = record.told
        unasked = NOT_ASKED if record.summary else ""
        others = {name: answer for name, answer in told.items() if name not in known}
        yield line(
            [
                *record.frame.values(),
                "yes" if record.summary else "no",
                *(record.contact.get(name, "") for name in CONTACT),
                *(in_a_cell(told.get(question, unasked)) for question in questions),
                in_a_cell(others) if others else "",
            ]
        )


_FRAME = ("reference", "sent", "level", "status", "owner", "content_version")


def line(cells: Iterable[str]) -> bytes:
    """Write one line; every cell is quoted, and none acts."""
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(cell, cells))
    return written.getvalue().encode("utf-8", "replace")


def cell(text: str) -> str:
    """Make a text fit for a cell.

    >>> cell("=1+1;@x")
    "'=1+1;'@x"
    """
    return RISKY.sub(MARK, text)


def plain(cell: str) -> str:
    """Read what ``cell`` wrote.

    >>> plain("'=1+1;'@x")
    '=1+1;@x'
    """
    return MARKED.sub(r"\1", cell)
