"""An instance with something of everything in it, its backup, and the way back."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from screener.settings import Settings
from screener.store import Intake, Store, backup, restore
from screener.store.audit import COMMAND
from screener.store.models import metadata, review, submission, throttle
from screener.store.sealed_file import Secret, Writer
from tests.screener.store.test_submissions import PARCEL

KEY = Secret(key=bytes(range(32)))
LEFT_OUT = {"throttle", "staff_session", "invitation", "print_job"}
Target = Callable[[str], Settings]


def taken(intake: Intake, keys: Path | None = None) -> io.BytesIO:
    stream = io.BytesIO()
    backup.write(intake, Writer(stream, KEY), keys)
    stream.seek(0)
    return stream


def bring_back(stream: io.BytesIO, settings: Settings) -> None:
    contents = restore.look(stream, KEY)
    stream.seek(0)
    restore.bring_back(stream, KEY, contents, settings)


def filled(store: Store, intake: Intake) -> str:
    """Leave a row in every table that a backup holds, or must not; return the token of a draft."""
    intake.staff.accounts.add("Sam Lee", "sam@example.org", "lead", COMMAND)
    (sam,) = intake.staff.accounts.listed()
    intake.staff.sign_ins.begin(sam.id, "whole", "")
    intake.print_jobs.begin(sam.id, [], "clinician", "a4", "pdf")
    sent = store.drafts.begin().token
    store.drafts.send(sent, PARCEL)
    token = store.drafts.begin().token
    store.drafts.save(token, lambda state: {**state, "answers": {"wants": "Zoë \x00 \ud800"}})
    with intake.database.writing() as connection:
        record = connection.execute(select(submission.c.id)).scalar_one()
        intake.notices.add(connection, record, intake.now())
        note = {"submission_id": record, "at": 1, "kind": "note", "sealed": bytes(range(256))}
        connection.execute(insert(review).values([note, note]))
        connection.execute(insert(throttle).values(who=b"w", window=1, tries=1, ends_at=2**40))
    return token


def everything(intake: Intake) -> dict[str, list[tuple[Any, ...]]]:
    with intake.database.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).all()
            ]
            for table in metadata.sorted_tables
            if table.name not in LEFT_OUT
        }
