"""A list of forms on paper: printed one after the other, two at a time, with how far it is.

It runs in a thread of the process that was asked; every process can tell how far it is.
"""

import io
import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import cast

import pikepdf

from screener.renderers.pdf import pdf
from screener.renderers.zips import as_zip
from screener.store import Intake
from screener.store.errors import StoreUnavailable
from screener.store.exporting import rows
from screener.store.listing import NOT_WHOLE
from screener.store.packing import Contact
from screener.store.print_jobs import Job, Made
from screener.store.reviews import PRINTED, RecordGone
from screener.summary import Copy, Logo, Paper
from screener.summary.stored import from_store

NAME = "print list"  # of the thread
AT_ONCE = 2  # the engine lets go of the interpreter while it works
MIME = {"pdf": "application/pdf", "zip": "application/zip"}
UNREADABLE = "not-readable.txt"

log = logging.getLogger(__name__)
Printed = tuple[str, bytes | None]  # its reference, and the PDF; None when it cannot be opened


class Forgotten(LookupError):
    """The list is there no more: it was replaced, or its time was over."""


def start(intake: Intake, job: Job, logo: Logo | None) -> None:
    """Work a list off beside the pages."""
    threading.Thread(target=_work, args=(intake, job, logo), daemon=True, name=NAME).start()


def _work(intake: Intake, job: Job, logo: Logo | None) -> None:
    try:
        intake.print_jobs.finish(job, made(intake, job, logo))
    except Forgotten:
        return  # somebody began another one, and nobody waits for this
    except Exception as error:  # noqa: BLE001 - it is logged, in a function of its own
        # Its page then says that it has stopped, and offers to begin again.
        _log(error)
        with suppress(StoreUnavailable):  # then it says so in half a minute
            intake.print_jobs.stop(job.id)


def _log(error: Exception) -> None:
    """Log why a list stopped: what the database says needs no place in the program."""
    if isinstance(error, StoreUnavailable):
        log.error("print_list_stopped", extra={"reason": error.reason})
    else:
        log.error("print_list_stopped", exc_info=error)


def made(intake: Intake, job: Job, logo: Logo | None) -> Made:
    """Print a list; each form with its line in the trail, kept before the form is opened."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        printed = list(pool.map(lambda form: _one(intake, job, form, logo), job.chosen))
    found = [one for one in printed if one is not None]
    left_out = tuple(reference for reference, content in found if content is None)
    file = b"".join(as_zip(_files(found, left_out))) if job.made_as == "zip" else merged(found)
    return Made(file, len(found) - len(left_out), left_out)


def _one(intake: Intake, job: Job, form_id: str, logo: Logo | None) -> Printed | None:
    """Print a form; None when it was deleted meanwhile."""
    if not intake.print_jobs.advance(job.id):
        raise Forgotten
    try:
        form = intake.reviews.open(form_id, job.staff_id, PRINTED, f"list {job.copy}").form
        kept = from_store(form.contents["summary"], logo)
        summary = replace(kept, name=Contact.read(form.contents).name)
    except RecordGone:
        return None
    except NOT_WHOLE:
        return next(((row.reference, None) for row in rows(intake, [form_id])), None)
    return form.reference, pdf(summary, cast("Copy", job.copy), cast("Paper", job.paper))


def _files(printed: list[Printed], left_out: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for number, (reference, content) in enumerate(printed, 1):
        if content is not None:
            yield f"{number:03}-{reference}.pdf", content
    if left_out:
        yield UNREADABLE, "".join(f"{name}\r\n" for name in left_out).encode()


def merged(printed: list[Printed]) -> bytes:
    """Put PDFs behind one another, for paper: the tags that a screen reader follows get lost."""
    whole = pikepdf.Pdf.new()
    for _reference, content in printed:
        if content is not None:
            with pikepdf.open(io.BytesIO(content)) as one:
                whole.pages.extend(one.pages)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
