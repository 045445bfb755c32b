"""Forms that were sent, for tests of the staff's pages."""

from flask import Flask
from sqlalchemy import select

from screener.store import Contact, Parcel, packed
from screener.store.models import submission
from tests.rules.patients import BASE
from tests.screener import summaries
from tests.staff import intake_of

JO = Contact("Jo Example", "+1 555 0134", "jo@example.org", "no", "mornings")


def a_form() -> Parcel:
    """The quiet patient's form."""
    return packed(summaries.quiet(), BASE, JO, summaries.COMPLETED)


def sent(app: Flask, parcel: Parcel | None = None) -> tuple[str, str]:
    """Send a form: its id and its reference."""
    intake_of(app).need_clinic_key()
    drafts = app.extensions["store"].drafts
    draft = drafts.send(drafts.begin().token, parcel or a_form())
    with intake_of(app).database.reading() as connection:
        row = select(submission.c.id).where(submission.c.draft_id == draft.id)
        return str(connection.execute(row).scalar_one()), str(draft.reference)
