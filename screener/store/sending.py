"""How a draft reaches the clinic: sealed with the clinic's public key, and not to be read back."""

from sqlalchemy import Connection, insert, select

from screener.store.errors import SendingClosed
from screener.store.models import clinic_key, submission
from screener.store.parcels import Parcel, bound, sealed


def ready(connection: Connection) -> bool:
    """Say whether there is a key to seal with: whether somebody could read what is sent."""
    return current(connection) is not None


def insert_parcel(
    connection: Connection, draft_id: str, reference: str, parcel: Parcel, now: int
) -> None:
    """Seal a parcel and keep it as a new submission.

    What must stand beside it in plain columns is sealed with it: see ``parcels.bound``.

    Raises:
        SendingClosed: the clinic has no key yet.
    """
    found = current(connection)
    if found is None:
        raise SendingClosed
    version, public = found
    beside = {"reference": reference, "arrived_at": now}
    columns = sealed(bound(parcel, beside), public)
    row = {"draft_id": draft_id, "key_version": version, **beside}
    connection.execute(insert(submission).values(row | columns))


def current(connection: Connection) -> tuple[int, bytes] | None:
    """Give the newest key that is in use: its version and its public half; None without one."""
    statement = (
        select(clinic_key.c.version, clinic_key.c.public)
        .where(clinic_key.c.retired_at.is_(None))
        .order_by(clinic_key.c.version.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return (row.version, row.public) if row else None
