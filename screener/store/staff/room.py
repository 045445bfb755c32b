"""What every room of this folder stands on."""

from collections.abc import Callable

from sqlalchemy import Connection

from screener.store.audit import Audit
from screener.store.engine import Database
from screener.store.staff_keys import StaffKeys


class Room:
    """The database, the staff side's keys, the trail and the clock."""

    def __init__(
        self, database: Database, keys: StaffKeys, audit: Audit, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._keys = keys
        self._audit = audit
        self._clock = clock

    def _now(self) -> int:
        return int(self._clock())

    def _tell(
        self, connection: Connection, actor: str, action: str, about: str = "", detail: str = ""
    ) -> None:
        """Add a line to the trail, in the transaction of what it tells."""
        self._audit.add(connection, self._now(), actor, action, about, detail)
