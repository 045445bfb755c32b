"""Where answers are kept.

``Store.open(settings)`` opens the patients' side: drafts, and a way to send one to the clinic.
``Intake.open(settings)`` opens the staff side: what was sent, and what was done about it.
"""

import time
from collections.abc import Callable
from datetime import datetime

from screener.settings import Settings
from screener.store import grants, opening, readiness, retention, sending
from screener.store.clinic_keys import ClinicKeys
from screener.store.drafts import Drafts
from screener.store.engine import Database
from screener.store.errors import (
    DraftChanged,
    DraftGone,
    DraftSent,
    SendingClosed,
    StoreUnavailable,
    Throttled,
)
from screener.store.intake import Intake
from screener.store.keys import Keys
from screener.store.models import draft
from screener.store.packing import Contact, packed
from screener.store.parcels import Parcel
from screener.store.readiness import Readiness
from screener.store.states import Draft, Opened, new_state
from screener.store.throttle import Throttle

__all__ = [
    "Contact",
    "Draft",
    "DraftChanged",
    "DraftGone",
    "DraftSent",
    "Intake",
    "Opened",
    "Parcel",
    "SendingClosed",
    "Store",
    "StoreUnavailable",
    "Throttled",
    "new_state",
    "packed",
]


KEY = "root.key"


class Store:
    """The database and the keys of one clinic."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        settings: Settings,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._key = settings.keys / KEY
        self._clinic_keys = ClinicKeys(settings.keys)
        self.keys = keys
        self.throttle = Throttle(database, keys, clock)
        self.drafts = Drafts(database, keys, self.throttle, settings, clock)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.time,
        wait: float = opening.WAIT,
    ) -> "Store":
        """Open the patients' side; create the folder, the key and the tables if needed.

        Raises:
            StoreUnavailable: with a message that says what to do.
        """
        database = opening.open_database(settings, wait)
        root = opening.secret(database, settings.keys / KEY, draft)
        return cls(database, Keys(root), settings, clock)

    @property
    def database(self) -> Database:
        """The database, for another side that runs in the same process."""
        return self._database

    @property
    def secret_key(self) -> bytes:
        """The key that signs Flask's session cookie."""
        return self.keys.session

    def takes_forms(self) -> bool:
        """Say whether somebody at the clinic could read what is sent."""
        with self._database.reading() as connection:
            key = sending.current(connection)
        return key is not None and self._clinic_keys.trusts(*key)

    def ready(self) -> Readiness:
        """Say whether patients can be served just now; raises StoreUnavailable when not."""
        with self._database.reading() as connection:
            return readiness.look(connection, self._key, grants.PATIENTS)

    def purge(self, now: datetime) -> int:
        """Delete what has expired, for good, and say how many drafts that were."""
        with self._database.writing() as connection:
            gone = retention.delete_expired_drafts(connection, int(now.timestamp()))
        self._database.forget()
        return gone

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()
