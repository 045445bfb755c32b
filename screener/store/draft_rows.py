"""The rows of drafts: found by what the patient holds, opened, written, and kept for how long."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, update

from screener.settings import Retention
from screener.store import sealing
from screener.store.engine import Database
from screener.store.errors import DraftGone
from screener.store.keys import Keys
from screener.store.models import draft as drafts
from screener.store.states import Draft, unseal_state
from screener.store.throttle import Throttle

log = logging.getLogger(__name__)

HOUR, DAY = 3600, 86400


class DraftRows:
    """What every act on a draft rests on."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        throttle: Throttle,
        retention: Retention,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._keys = keys
        self._throttle = throttle
        self._retention = retention
        self._clock = clock

    def _unlocked(
        self, connection: Connection, token: str, *, hold: bool = False
    ) -> tuple[Row[Any], bytes, Draft]:
        row = self._by_token(connection, token, hold=hold)
        about = f"draft key by token {row.id}"
        try:
            key = sealing.unseal(self._keys.token_wrapping(token), row.key_by_token, about)
            return row, key, self._opened(row, key)
        except sealing.Broken:
            log.exception("draft_broken")
            raise DraftGone from None

    def _by_token(self, connection: Connection, token: str, *, hold: bool = False) -> Row[Any]:
        where = drafts.c.token_locator == self._keys.token_locator(token)
        return self._alive(connection, where, hold=hold)

    def _alive(self, connection: Connection, where: ColumnElement[bool], *, hold: bool) -> Row[Any]:
        """Read a row; ``hold`` keeps every other writer away from it until the block ends."""
        found = select(drafts).where(where, drafts.c.expires_at > int(self._clock()))
        row = connection.execute(found.with_for_update() if hold else found).first()
        if row is None:
            raise DraftGone
        return row

    def _write(self, connection: Connection, row: Row[Any], **columns: object) -> Row[Any]:
        """Write what is new in a row. What stays is left alone, and its index with it."""
        new = {name: value for name, value in columns.items() if value != row._mapping[name]}  # noqa: SLF001 - SQLAlchemy's public name
        statement = update(drafts).where(drafts.c.id == row.id, drafts.c.version == row.version)
        return connection.execute(statement.values(new).returning(*drafts.c)).one()

    def _token_columns(self, draft_id: str, token: str, key: bytes) -> dict[str, bytes]:
        wrapping = self._keys.token_wrapping(token)
        return {
            "token_locator": self._keys.token_locator(token),
            "key_by_token": sealing.seal(wrapping, key, f"draft key by token {draft_id}"),
        }

    def _opened(self, row: Row[Any], key: bytes) -> Draft:
        return Draft(
            id=row.id,
            reference=self._keys.reference(row.id),
            state=unseal_state(key, row.id, row.version, row.state),
            version=row.version,
            expires_at=datetime.fromtimestamp(row.expires_at, UTC),
            has_code=row.code_locator is not None,
        )

    def _expiry(self, *, has_code: bool) -> int:
        """Say when a draft that is saved now expires, rounded up to the hour: enough, and less."""
        kept = self._retention
        seconds = kept.coded_draft_days * DAY if has_code else kept.draft_hours * HOUR
        return -(-int(self._clock() + seconds) // HOUR) * HOUR
