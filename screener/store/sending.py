"""How a draft reaches the clinic: sealed with the clinic's public key, and not to be read back."""

from collections.abc import Callable

from sqlalchemy import Connection, insert, select

from screener.store.errors import SendingClosed
from screener.store.models import clinic_key, submission
from screener.store.parcels import Parcel, bound, sealed

# Says whether a key, by its number and its public half, is the clinic's own.
Trusts = Callable[[int, bytes], bool]


def ready(connection: Connection) -> bool:
    """Say whether there is a key to seal with: whether somebody could read what is sent."""
    return current(connection) is not None


def believed(_version: int, _public: bytes) -> bool:
    """Take the clinic's key as the database names it."""
    return True


def insert_parcel(  # noqa: PLR0913 - a submission has these parts
    connection: Connection,
    draft_id: str,
    reference: str,
    parcel: Parcel,
    now: int,
    *,
    trusts: Trusts = believed,
) -> None:
    """Seal a parcel and keep it as a new submission.

    What must stand beside it in plain columns is sealed with it: see ``parcels.bound``.

    Raises:
        SendingClosed: the clinic has no key yet, or the database names somebody else's.
    """
    found = current(connection)
    if found is None or not trusts(*found):
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
