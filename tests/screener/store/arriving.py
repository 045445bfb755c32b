"""Forms that reach a clinic, for tests of what becomes of them."""

import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, update

from screener.store import Contact, Intake, Parcel, packed
from screener.store.changes import turn
from screener.store.models import submission
from screener.store.sending import insert_parcel
from screener.store.submissions import LEVELS
from tests.screener import summaries

PEOPLE = Contact(name="Jo Example", phone="+1 555 0134", may_name_clinic="no")


def parcel(rank: int = 2, name: str = "Jo Example") -> Parcel:
    """Just enough for a row of the queue; the record behind it cannot be read."""
    level, why = LEVELS[rank], ["A point"]
    headline = {"name": name, "level": level, "why": why, "more": 0}
    return Parcel(rank, "1+abc", headline, {})


def whole(contact: Contact = PEOPLE, /, **answers: Any) -> Parcel:
    """The form of the quiet patient, with some answers changed."""
    return packed(summaries.quiet(**answers), answers, contact, summaries.COMPLETED)


def named(name: str) -> Parcel:
    """The form of a quiet patient with this name."""
    return whole(replace(PEOPLE, name=name))


def arrive(
    intake: Intake, sent: Parcel, at: int | None = None, reference: str = "", **became: Any
) -> str:
    """Put a form into the database as if it had been sent at a moment; return its id."""
    draft = secrets.token_hex(16)
    with intake.database.writing() as connection:
        now = intake.now() if at is None else at
        insert_parcel(connection, draft, reference or "K7QM-4XRT", sent, now)
        this = submission.c.draft_id == draft
        if became:
            connection.execute(update(submission).where(this).values(became))
        row = connection.execute(submission.select().where(this)).one()
    return str(row.id)


def row(intake: Intake, form_id: str) -> Any:
    """What the database holds of a form."""
    with intake.database.reading() as connection:
        return connection.execute(submission.select().where(submission.c.id == form_id)).one()


def fill(intake: Intake, drawn: list[Any]) -> list[Any]:
    """Put bare rows into the queue, and nothing else; return them as they are kept.

    Each is drawn as rank, time of arrival, status, owner, and time of the first contact.
    """
    rows = [
        {
            "id": f"{number:032}",
            "draft_id": f"{number:032}",
            "reference": "K7QM-4XRT",
            "arrived_at": at,
            "rank": rank,
            "turn": turn(rank, contacted),
            "key_version": 1,
            "sealed_key": b"",
            "headline": b"",
            "contents": b"",
            "content_version": "1+abc",
            "status": status,
            "owner_id": owner,
            "contacted_at": contacted,
        }
        for number, (rank, at, status, owner, contacted) in enumerate(drawn)
    ]
    with intake.database.writing() as connection:
        connection.execute(delete(submission))
        if rows:
            connection.execute(submission.insert(), rows)
    return rows
