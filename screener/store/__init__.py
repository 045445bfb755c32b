"""Where unfinished answers are kept. Start with ``Store.open(settings)``."""

import os
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete

from screener.settings import Settings
from screener.store import keys as key_files
from screener.store import upgrade
from screener.store.drafts import Drafts
from screener.store.engine import Database
from screener.store.errors import DraftGone, StoreUnavailable, Throttled
from screener.store.models import draft, throttle
from screener.store.states import Draft, Opened, new_state
from screener.store.throttle import Throttle

__all__ = [
    "Draft",
    "DraftGone",
    "Opened",
    "Store",
    "StoreUnavailable",
    "Throttled",
    "new_state",
]

DATABASE, KEY = "screener.db", "keys/root.key"
WAIT = 5.0  # seconds for another writer to finish


class Store:
    """The database and the keys of one clinic."""

    def __init__(
        self,
        database: Database,
        keys: key_files.Keys,
        settings: Settings,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self.keys = keys
        self.throttle = Throttle(database, keys, clock)
        self.drafts = Drafts(database, keys, self.throttle, settings.retention, clock)

    @classmethod
    def open(
        cls, settings: Settings, *, clock: Callable[[], float] = time.time, wait: float = WAIT
    ) -> "Store":
        """Open the store in ``settings.data``; create the folder, the key and the tables if needed.

        Raises:
            StoreUnavailable: with a message that says what to do.
        """
        file = settings.data / DATABASE
        try:
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = not file.exists() or file.stat().st_size == 0
            keys = key_files.read_or_make(settings.data / KEY, may_make=fresh)
            # SQLite gives its log files the permissions of the database file.
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            said = f"{settings.data} cannot be used to keep answers: {error.strerror}"
            raise StoreUnavailable("missing", said) from error
        database = Database(file, wait)
        upgrade.upgrade(database)
        return cls(database, keys, settings, clock)

    @property
    def secret_key(self) -> bytes:
        """The key that signs Flask's session cookie."""
        return self.keys.session

    def purge(self, now: datetime) -> int:
        """Delete what has expired, for good, and say how many drafts that were."""
        moment = int(now.timestamp())
        with self._database.writing() as connection:
            connection.execute(delete(throttle).where(throttle.c.ends_at <= moment))
            gone = connection.execute(delete(draft).where(draft.c.expires_at <= moment))
        self._database.forget()
        return gone.rowcount

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()
