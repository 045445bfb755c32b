"""The rows of drafts: found by what the patient holds, opened, written, and kept for how long."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import BindParameter, Connection, Row, Update, bindparam, select, update

from screener import wall_clock
from screener.settings import Settings
from screener.store import sealing
from screener.store.clinic_keys import ClinicKeys
from screener.store.engine import Database
from screener.store.errors import DraftGone
from screener.store.keys import Keys
from screener.store.models import draft as drafts
from screener.store.states import Draft, State, seal_state, unseal_state
from screener.store.throttle import Throttle

log = logging.getLogger(__name__)

HOUR, DAY = 3600, 86400
Found = TypeVar("Found")


class Sealed(NamedTuple):
    """What opening a draft takes of its row."""

    id: str
    key_by_token: bytes
    version: int
    state: bytes
    expires_at: int
    code_locator: bytes | None


# Written once: putting a statement together takes as long as running it.
_OF_TOKEN = (drafts.c.token_locator == bindparam("locator"), drafts.c.expires_at > bindparam("now"))
SEALED = select(*(drafts.c[name] for name in Sealed._fields)).where(*_OF_TOKEN)
HELD = select(drafts).where(*_OF_TOKEN).with_for_update()


@cache
def over(*, has_code: bool, later: bool) -> Update:
    """Write the statement that puts a new state over the one that was seen, and over no other.

    Args:
        has_code: whether the draft had a return code: with one it is kept for longer.
        later: whether it expires at another hour now; else that is left alone, and its index.
    """
    code = drafts.c.code_locator
    new: dict[str, BindParameter[Any]] = {
        "state": bindparam("new_state"),
        "version": bindparam("new_version"),
    }
    if later:
        new["expires_at"] = bindparam("until")
    return (
        update(drafts)
        .where(
            drafts.c.id == bindparam("draft_id"),
            drafts.c.version == bindparam("seen_version"),
            drafts.c.token_locator == bindparam("locator"),
            drafts.c.expires_at > bindparam("now"),
            code.is_not(None) if has_code else code.is_(None),
        )
        .values(new)
    )


class DraftRows:
    """What every act on a draft rests on."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        throttle: Throttle,
        settings: Settings,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._keys = keys
        self._throttle = throttle
        self._retention = settings.retention
        self._clinic_keys = ClinicKeys(settings.keys)
        self._clock = clock
        self._wall = wall_clock.zone(settings.clinic.time_zone)  # by which weeks are counted

    def _sealed(self, token: str) -> Sealed:
        return Sealed(*_found(self._database.first(SEALED, self._of(token))))

    def _held(self, connection: Connection, token: str) -> Row[Any]:
        """Read a row, and keep every other writer away from it until the block ends."""
        return _found(connection.execute(HELD, self._of(token)).first())

    def _of(self, token: str) -> dict[str, object]:
        return {"locator": self._keys.token_locator(token), "now": int(self._clock())}

    def _unlocked(self, token: str, row: Row[Any] | Sealed) -> Draft:
        about = f"draft key by token {row.id}"
        try:
            key = sealing.unseal(self._keys.token_wrapping(token), row.key_by_token, about)
            return self._opened(row, key)
        except sealing.Broken:
            log.exception("draft_broken")
            raise DraftGone from None

    def _by_code(self, connection: Connection, locator: bytes) -> Row[Any]:
        found = select(drafts).where(
            drafts.c.code_locator == locator, drafts.c.expires_at > int(self._clock())
        )
        return _found(connection.execute(found.with_for_update()).first())

    def _write(self, connection: Connection, row: Row[Any], **columns: object) -> Row[Any]:
        """Write what is new in a row. What stays is left alone, and its index with it."""
        new = {name: value for name, value in columns.items() if value != row._mapping[name]}  # noqa: SLF001 - SQLAlchemy's public name
        statement = update(drafts).where(drafts.c.id == row.id, drafts.c.version == row.version)
        return connection.execute(statement.values(new).returning(*drafts.c)).one()

    def _put_over(self, token: str, seen: Draft, state: State) -> Draft | None:
        """Put a new state over the one that was seen; None when it is not the latest any more."""
        version, until = seen.version + 1, self._expiry(has_code=seen.has_code)
        later = until != int(seen.expires_at.timestamp())
        packed = sealing.pack(state)
        given = {
            "new_state": seal_state(seen.key, seen.id, version, packed),
            "new_version": version,
            "draft_id": seen.id,
            "seen_version": seen.version,
            "until": until,
        }
        statement = over(has_code=seen.has_code, later=later)
        if not self._database.change(statement, given | self._of(token)):
            return None
        return replace(
            seen,
            state=sealing.unpack(packed),
            packed=packed,
            version=version,
            expires_at=datetime.fromtimestamp(until, UTC),
        )

    def _token_columns(self, draft_id: str, token: str, key: bytes) -> dict[str, bytes]:
        wrapping = self._keys.token_wrapping(token)
        return {
            "token_locator": self._keys.token_locator(token),
            "key_by_token": sealing.seal(wrapping, key, f"draft key by token {draft_id}"),
        }

    def _opened(self, row: Row[Any] | Sealed, key: bytes) -> Draft:
        packed = unseal_state(key, row.id, row.version, row.state)
        return Draft(
            id=row.id,
            reference=self._keys.reference(row.id),
            state=sealing.unpack(packed),
            version=row.version,
            expires_at=datetime.fromtimestamp(row.expires_at, UTC),
            has_code=row.code_locator is not None,
            packed=packed,
            key=key,
        )

    def _expiry(self, *, has_code: bool) -> int:
        """Say when a draft that is saved now expires, rounded up to the hour: enough, and less."""
        kept = self._retention
        seconds = kept.coded_draft_days * DAY if has_code else kept.draft_hours * HOUR
        return -(-int(self._clock() + seconds) // HOUR) * HOUR


def _found(row: Found | None) -> Found:
    if row is None:
        raise DraftGone
    return row
