"""Drafts: the answers of a patient who is not done, readable only with what the patient holds.

Each draft has a key of its own. The key is kept twice, wrapped by the token in the patient's
cookie and, once asked for, by the return code. Neither of the two is kept.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from screener.settings import Retention
from screener.store import codes, sealing
from screener.store.engine import Database
from screener.store.errors import DraftGone
from screener.store.keys import Keys
from screener.store.models import draft as drafts
from screener.store.states import Draft, Opened, State, new_state, seal_state, unseal_state
from screener.store.throttle import Throttle

log = logging.getLogger(__name__)

HOUR, DAY = 3600, 86400
TRIES, TRIES_OF_ALL = 5, 60  # a minute, at a code


class Drafts:
    """All drafts. Every method may raise ``StoreUnavailable``."""

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

    def begin(self) -> Opened:
        """Start an empty draft."""
        token, key = secrets.token_urlsafe(32), sealing.new_key()
        draft_id, now = secrets.token_hex(16), self._clock()
        row = {
            "id": draft_id,
            **self._token_columns(draft_id, token, key),
            "version": 0,
            "state": seal_state(key, draft_id, 0, new_state()),
            "created_on": _day(now),
            "expires_at": self._expiry(has_code=False),
        }
        with self._database.writing() as connection:
            connection.execute(insert(drafts).values(row))
            written = self._by_token(connection, token)
        return Opened(self._opened(written, key), token)

    def open(self, token: str) -> Draft | None:
        """Open the draft of a token; None when it expired, was deleted or never was."""
        try:
            with self._database.reading() as connection:
                return self._unlocked(connection, token)[2]
        except DraftGone:
            return None

    def save(self, token: str, change: Callable[[State], State]) -> Draft:
        """Apply a change to the freshest state, so that two tabs never overwrite each other.

        Args:
            token: the patient's token.
            change: takes the state as it is now and returns the state as it should be. It runs
                while the database is held, so it should only move answers about.

        Raises:
            DraftGone: there is no such draft (any more).
        """
        with self._database.writing() as connection:
            row, key, draft = self._unlocked(connection, token)
            state = change(draft.state)
            version = row.version + 1
            row = self._write(
                connection,
                row,
                state=seal_state(key, row.id, version, state),
                version=version,
                expires_at=self._expiry(has_code=row.code_locator is not None),
            )
            return self._opened(row, key)

    def give_code(self, token: str) -> str:
        """Make a return code for a draft. An earlier code stops working.

        Raises:
            DraftGone: there is no such draft (any more).
        """
        code = codes.new_code()
        by_code = self._keys.from_code(codes.read_code(code) or "")
        with self._database.writing() as connection:
            row, key, _ = self._unlocked(connection, token)
            self._write(
                connection,
                row,
                code_locator=by_code.locator,
                key_by_code=sealing.seal(by_code.wrapping, key, f"draft key by code {row.id}"),
                expires_at=self._expiry(has_code=True),
            )
        return code

    def resume(self, code: str, address: str) -> Opened | None:
        """Open a draft by its return code, and give it a new token: the old one stops working.

        A wrong, an expired and a deleted code get the same answer, after the same slow hash.

        Raises:
            Throttled: too many codes were tried, from this address or from all.
        """
        self._throttle.take("return code", address, most=TRIES, most_of_all=TRIES_OF_ALL)
        read = codes.read_code(code)
        if read is None:
            return None
        by_code, token = self._keys.from_code(read), secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            try:
                row = self._alive(connection, drafts.c.code_locator == by_code.locator)
                about = f"draft key by code {row.id}"
                key = sealing.unseal(by_code.wrapping, row.key_by_code, about)
                opened = self._opened(row, key)
            except (DraftGone, sealing.Broken):
                return None
            self._write(connection, row, **self._token_columns(row.id, token, key))
        return Opened(opened, token)

    def delete(self, token: str) -> None:
        """Delete a draft for good: the row, its keys, and both from the write-ahead log."""
        where = drafts.c.token_locator == self._keys.token_locator(token)
        with self._database.writing() as connection:
            connection.execute(delete(drafts).where(where))
        self._database.forget()

    def _unlocked(self, connection: Connection, token: str) -> tuple[Row[Any], bytes, Draft]:
        row = self._by_token(connection, token)
        about = f"draft key by token {row.id}"
        try:
            key = sealing.unseal(self._keys.token_wrapping(token), row.key_by_token, about)
            return row, key, self._opened(row, key)
        except sealing.Broken:
            log.exception("draft_broken")
            raise DraftGone from None

    def _by_token(self, connection: Connection, token: str) -> Row[Any]:
        return self._alive(connection, drafts.c.token_locator == self._keys.token_locator(token))

    def _alive(self, connection: Connection, where: ColumnElement[bool]) -> Row[Any]:
        alive = drafts.c.expires_at > int(self._clock())
        row = connection.execute(select(drafts).where(where, alive)).first()
        if row is None:
            raise DraftGone
        return row

    def _write(self, connection: Connection, row: Row[Any], **columns: object) -> Row[Any]:
        statement = update(drafts).where(drafts.c.id == row.id, drafts.c.version == row.version)
        return connection.execute(statement.values(columns).returning(*drafts.c)).one()

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


def _day(now: float) -> date:
    return datetime.fromtimestamp(now, UTC).date()
