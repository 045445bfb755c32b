"""What both kinds of second factor share: one of them stays."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, true

from screener.store.models import passkey, staff
from screener.store.staff.errors import LastFactor


def need_another(
    connection: Connection, account_id: str, *, app: bool, other: ColumnElement[bool] | None = None
) -> None:
    """See that somebody keeps a second factor when one goes; hold the account meanwhile.

    Args:
        connection: writes.
        account_id: whose factor goes.
        app: whether the app, if there is one, stays.
        other: the passkeys that stay; by default all.

    Raises:
        LastFactor: nothing would be left to sign in with.
    """
    row: Row[Any] = connection.execute(
        select(staff).where(staff.c.id == account_id).with_for_update()
    ).one()
    kept = true() if other is None else other
    mine = select(passkey.c.credential_id).where(passkey.c.staff_id == account_id, kept).limit(1)
    if not (app and row.totp is not None) and connection.execute(mine).first() is None:
        raise LastFactor
