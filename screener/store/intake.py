"""The staff side of the store: what was sent to the clinic, and what was done about it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, insert, select

from screener import wall_clock
from screener.settings import Settings
from screener.store import grants, opening, readiness, retention, sending
from screener.store.audit import SYSTEM, Audit
from screener.store.clinic_keys import ClinicKeys
from screener.store.engine import Database
from screener.store.errors import StoreUnavailable
from screener.store.models import clinic_key, staff
from screener.store.notices import Notices
from screener.store.print_jobs import PrintJobs
from screener.store.queue import Queue
from screener.store.readiness import Readiness
from screener.store.receiving import Receiving
from screener.store.reviews import Reviews
from screener.store.staff import Staff
from screener.store.staff_keys import StaffKeys
from screener.store.submissions import Submissions
from screener.store.throttle import Throttle

KEY = "staff.key"
DAY = 86400
AT_ONCE = 100  # records that the purge deletes before it lets others write


class Intake:
    """The database and the keys of the staff side, and the rooms that rest on them."""

    def __init__(
        self, database: Database, keys: StaffKeys, settings: Settings, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._clock = clock
        self._retention = settings.retention
        self._key = settings.keys / KEY
        self.keys = keys
        self.clinic_keys = ClinicKeys(settings.keys)
        self.throttle = Throttle(database, keys, clock)
        self.audit = Audit(keys)
        self.staff = Staff(database, keys, self.audit, clock)
        self.submissions = Submissions(self.clinic_keys)
        self.notices = Notices(settings.notices.ways)
        self.queue = Queue(self.submissions)
        self.reviews = Reviews(database, self.audit, self.submissions, self.now)
        self.print_jobs = PrintJobs(database, keys, self.now)
        self._receiving = Receiving(database, keys, self.submissions, self.notices, self.now)
        self._wall = wall_clock.zone(settings.clinic.time_zone)  # by which weeks are counted

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        database: Database | None = None,
        clock: Callable[[], float] = time.time,
        wait: float = opening.WAIT,
    ) -> "Intake":
        """Open the staff side; create the folder, the key and the tables if needed.

        Args:
            settings: what this clinic has set.
            database: the one that the patients' side of this process has opened, if there is one:
                writers of one process wait for their turn in one line.
            clock: seconds since 1970, UTC.
            wait: seconds for another writer to finish.

        Raises:
            StoreUnavailable: with a message that says what to do.
        """
        opened = database or opening.open_database(settings, wait)
        root = opening.secret(opened, settings.keys / KEY, staff)
        return cls(opened, StaffKeys(root), settings, clock)

    @property
    def secret_key(self) -> bytes:
        """The key that signs Flask's session cookie where only the staff side runs."""
        return self.keys.session

    @property
    def database(self) -> Database:
        """The database, for what reads and writes beside these rooms."""
        return self._database

    def now(self) -> int:
        """Seconds since 1970, UTC, by the clock of the store."""
        return int(self._clock())

    @contextmanager
    def acting(self, actor: str, action: str, about: str = "") -> Iterator[Connection]:
        """Give a connection that writes, with the line of the trail that tells of it.

        What is done and the line that tells of it are kept together, or neither is.
        """
        with self._database.writing() as connection:
            yield connection
            self.audit.add(connection, self.now(), actor, action, about)

    def ready(self) -> Readiness:
        """Say whether staff can be served just now; raises StoreUnavailable when not."""
        with self._database.reading() as connection:
            found = readiness.look(connection, self._key, grants.STAFF)
            current = sending.current(connection)
        if current:
            self.clinic_keys.public(current[0])
        if current and not self.clinic_keys.trusts(*current):
            raise StoreUnavailable("keys")
        return found

    def need_clinic_key(self) -> None:
        """Make the clinic's first key pair, unless there is one: from now on patients may send."""
        with self._database.alone() as connection:
            if connection.execute(select(clinic_key.c.version).limit(1)).first() is None:
                row = {"version": 1, "public": self.clinic_keys.make(1), "made_at": self.now()}
                connection.execute(insert(clinic_key).values(row))

    def receive(self) -> int:
        """Receive what has arrived, so that it can be found and counts; say how many forms."""
        return self._receiving.receive(self._wall)

    def delete(self, submission_id: str, actor: str, reason: retention.Reason) -> bool:
        """Delete a record for good; False when there is none (any more).

        The trail keeps that it happened, who did it, and why.
        """
        with self._database.writing() as connection:
            reference = retention.delete_submission(connection, submission_id)
            if reference is not None:
                detail = retention.told(self.keys, reason, reference)
                self.audit.add(
                    connection, self.now(), actor, "record_deleted", submission_id, detail
                )
        self._database.forget()
        return reference is not None

    def purge(self, now: datetime) -> int:
        """Delete the records that the clinic keeps no longer, and say how many that were."""
        moment = int(now.timestamp())
        gone = 0
        while some := self._purged(moment - self._retention.submission_days * DAY, moment):
            gone += some
        with self._database.writing() as connection:
            retention.delete_what_is_over(connection, moment)
        self._database.forget()
        return gone

    def purge_drafts(self, now: datetime) -> int:
        """Delete the drafts whose time is over, as the patients' side does; say how many."""
        with self._database.writing() as connection:
            gone = retention.delete_expired_drafts(connection, int(now.timestamp()))
        self._database.forget()
        return gone

    def _purged(self, arrived_before: int, now: int) -> int:
        with self._database.writing() as connection:
            gone = retention.delete_arrived_before(connection, arrived_before, AT_ONCE)
            for submission_id, reference in gone:
                detail = retention.told(self.keys, "retention", reference)
                self.audit.add(connection, now, SYSTEM, "record_deleted", submission_id, detail)
        return len(gone)

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()
