"""Records on their way out: chosen in the store, opened one by one, written in one of three ways.

The pages of the staff and the command share it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Row

import rules
from screener.renderers.csv import as_csv
from screener.renderers.exported import CONTACT, Exported
from screener.renderers.jsonl import as_jsonl
from screener.renderers.page import usual_paper
from screener.renderers.pdf import pdf
from screener.renderers.zips import as_zip
from screener.store import Intake
from screener.store.exporting import Format, rows
from screener.store.listing import NOT_WHOLE
from screener.store.submissions import LEVELS, moment
from screener.store.trail import people
from screener.summary import Logo
from screener.summary.stored import from_store

MIME = {"csv": "text/csv", "jsonl": "application/x-ndjson", "pdf": "application/zip"}
# What the file is called: never after whom it is about.
NAMES = {"csv": "export.csv", "jsonl": "export.jsonl", "pdf": "export.zip"}
UNREADABLE = "not-readable.txt"


def written(
    intake: Intake,
    chosen: Sequence[str],
    made_as: Format,
    content: rules.Content,
    logo: Logo | None = None,
) -> Iterator[bytes]:
    """Write records in pieces, each sent before the next one is made.

    Args:
        intake: the staff side of the store.
        chosen: ids, as ``exporting.begin`` gave them.
        made_as: the form of the file.
        content: its questions get the columns of a CSV file.
        logo: the clinic's picture, for PDF.
    """
    records = opened(intake, chosen, logo)
    match made_as:
        case "csv":
            return as_csv(records, list(content.questionnaire.by_id))
        case "jsonl":
            return as_jsonl(records)
        case "pdf":
            return as_zip(printed(records))


def opened(intake: Intake, chosen: Sequence[str], logo: Logo | None) -> Iterator[Exported]:
    """Open records, one at a time."""
    with intake.database.reading() as connection:
        names = people(connection)
    for row in rows(intake, chosen):
        yield exported(intake, row, names.get(row.owner_id, ""), logo)


def exported(intake: Intake, row: Row[Any], owner: str, logo: Logo | None) -> Exported:
    """Open a record, or say of it what stands outside when it is not whole."""
    outside = (
        row.reference,
        moment(row.arrived_at),
        LEVELS[row.rank],
        row.status,
        owner,
        row.content_version,
    )
    try:
        contents = intake.submissions.opened(row).contents
        contact = {name: str(contents["contact"].get(name, "")) for name in CONTACT}
        answers = dict(contents["answers"])
        return Exported(*outside, contact, answers, from_store(contents["summary"], logo))
    except NOT_WHOLE:
        return Exported(*outside)


def printed(records: Iterable[Exported]) -> Iterator[tuple[str, bytes]]:
    """Print the clinician's copy of each record; at the end, name those that cannot be read."""
    unreadable = []
    for record in records:
        if record.summary is None:
            unreadable.append(record.reference)
            continue
        made = pdf(record.summary, "clinician", usual_paper(record.summary))
        yield f"{record.reference}.pdf", made
    if unreadable:
        yield UNREADABLE, "".join(f"{one}\r\n" for one in unreadable).encode()
