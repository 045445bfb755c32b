"""What state the clinic's keys are in: which there are, whether they are here, what they open."""

import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from screener.store.clinic_keys import ClinicKeys
from screener.store.errors import StoreUnavailable
from screener.store.intake import Intake
from screener.store.models import clinic_key, submission
from screener.store.parcels import record_key
from screener.store.rotation import START, Place, end_of, some_after
from screener.store.sealing import Broken


@dataclass(frozen=True)
class ClinicKey:
    """A key pair of the clinic.

    Attributes:
        version: its number.
        made_at: seconds since 1970, UTC.
        retired_at: when patients stopped sealing with it; None while they do.
        records: how many records it opens.
        fault: what is wrong with the private half here, in a few words; empty when it is right.
    """

    version: int
    made_at: int
    retired_at: int | None
    records: int
    fault: str


def listed(intake: Intake) -> list[ClinicKey]:
    """List the key pairs, the newest first."""
    count = func.count(submission.c.id)
    statement = (
        select(clinic_key, count.label("records"))
        .outerjoin(submission, submission.c.key_version == clinic_key.c.version)
        .group_by(*clinic_key.c)
        .order_by(clinic_key.c.version.desc())
    )
    with intake.database.reading() as connection:
        rows = connection.execute(statement).all()
    return [
        ClinicKey(
            row.version, row.made_at, row.retired_at, row.records, _fault(intake.clinic_keys, row)
        )
        for row in rows
    ]


def broken(intake: Intake, after: Place = START) -> tuple[list[str], Place | None]:
    """Try the keys of some records.

    Args:
        intake: the staff side of the store.
        after: where the last call ended.

    Returns:
        The ids of those that do not open, and where to go on; None when the end was reached.
    """
    with intake.database.reading() as connection:
        rows = connection.execute(some_after(after)).all()
    return [row.id for row in rows if not _opens(intake.clinic_keys, row)], end_of(rows)


def _opens(keys: ClinicKeys, row: Any) -> bool:  # noqa: ANN401 - a row of three columns
    try:
        record_key(keys, row)
    except (Broken, StoreUnavailable):
        return False
    return True


def _fault(keys: ClinicKeys, row: Row[Any]) -> str:
    try:
        right = hmac.compare_digest(keys.public(row.version), row.public)
    except StoreUnavailable as error:
        return str(error)
    return "" if right else f"{keys.file(row.version)} is the key of another clinic"
