"""Lists that are being printed: how far each is, and for a while the file that came of it.

A list is a row, so that every process knows how far it is, whichever works it off. What it holds is
sealed with the staff side's key; a quarter of an hour later it is gone.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from screener.store import sealing
from screener.store.engine import Database
from screener.store.models import print_job
from screener.store.staff_keys import StaffKeys

MOST = 200  # forms in a list
LASTS = 15 * 60  # seconds until a list is forgotten
KEPT = ("chosen", "copy", "paper", "made_as", "printed", "left_out")  # sealed
QUIET = 30  # seconds without a sign of life: the process that worked it off has ended
STOPPED = 0  # instead of the last sign of life: nothing more comes of it


@dataclass(frozen=True)
class Job:
    """A list that is being printed.

    Attributes:
        chosen: the ids of the forms.
        copy: "clinician" or "patient".
        paper: "a4" or "letter".
        made_as: "pdf" for one file, "zip" for one file a form.
        done: how many were begun with so far.
        state: "running", "ready" or "stopped".
        printed: how many are in the file.
        left_out: references of those that cannot be opened.
    """

    id: str
    staff_id: str
    chosen: tuple[str, ...]
    copy: str
    paper: str
    made_as: str
    done: int = 0
    state: str = "running"
    printed: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many forms the list has."""
        return len(self.chosen)


@dataclass(frozen=True)
class Made:
    """What came of a list: the file, how many forms are in it, and which cannot be opened."""

    file: bytes
    printed: int
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class PrintJobs:
    """The lists of everybody; each is for the person who began it."""

    _database: Database
    _keys: StaffKeys
    _now: Callable[[], int]
    _purpose: str = field(default="print job", init=False)

    def begin(
        self, staff_id: str, chosen: Sequence[str], copy: str, paper: str, made_as: str
    ) -> Job:
        """Begin a list; one that this person began before is forgotten."""
        job_id, now = secrets.token_hex(16), self._now()
        job = Job(job_id, staff_id, tuple(chosen), copy, paper, made_as)
        row = {"id": job_id, "staff_id": staff_id, "made_at": now, "touched_at": now}
        with self._database.writing() as connection:
            connection.execute(delete(print_job).where(print_job.c.staff_id == staff_id))
            forget_old(connection, now)
            values = {**row, "wanted": self._sealed(job)}
            connection.execute(insert(print_job).values(values))
        return job

    def find(self, job_id: str, staff_id: str) -> Job | None:
        """Find a list of this person; None when it is somebody else's, or forgotten."""
        here = (print_job.c.id == job_id, print_job.c.staff_id == staff_id)
        fresh = print_job.c.made_at > self._now() - LASTS
        columns = [column for column in print_job.c if column.name != "result"]
        ready = print_job.c.result.is_not(None).label("ready")
        with self._database.reading() as connection:
            row = connection.execute(select(*columns, ready).where(*here, fresh)).first()
        return self._job(row) if row else None

    def advance(self, job_id: str) -> bool:
        """Count one more form; False when the list was forgotten or stopped meanwhile."""
        done = print_job.c.done + 1
        with self._database.writing() as connection:
            return _wrote(connection, job_id, done=done, touched_at=self._now())

    def finish(self, job: Job, made: Made) -> None:
        """Keep what came of a list, unless it was forgotten or stopped meanwhile."""
        ended = replace(job, printed=made.printed, left_out=made.left_out)
        sealed = self._keys.seal(self._purpose, made.file, f"{job.id} result")
        values = {"result": sealed, "wanted": self._sealed(ended), "touched_at": self._now()}
        with self._database.writing() as connection:
            _wrote(connection, job.id, **values)

    def stop(self, job_id: str) -> None:
        """Say at once that nobody works a list off any more."""
        with self._database.writing() as connection:
            _wrote(connection, job_id, touched_at=STOPPED)

    def file(self, job: Job) -> bytes:
        """Give the file that came of a list.

        Raises:
            LookupError: there is none (any more).
        """
        with self._database.reading() as connection:
            result = select(print_job.c.result).where(print_job.c.id == job.id)
            sealed = connection.execute(result).scalar()
        if sealed is None:
            raise LookupError(job.id)
        return self._keys.unseal(self._purpose, sealed, f"{job.id} result")

    def forget(self) -> int:
        """Forget the lists whose time is over, with what came of them; say how many."""
        with self._database.reading() as connection:
            if connection.execute(select(print_job.c.id).where(_old(self._now()))).first() is None:
                return 0
        with self._database.writing() as connection:
            gone = forget_old(connection, self._now())
        self._database.forget()
        return gone

    def running(self) -> int:
        """Say how many lists are being worked off now, by any process."""
        alive = print_job.c.touched_at > self._now() - QUIET
        waiting = select(func.count()).where(print_job.c.result.is_(None), alive)
        with self._database.reading() as connection:
            return connection.execute(waiting).scalar_one()

    def _job(self, row: Any) -> Job:  # noqa: ANN401 - SQLAlchemy's type names every column
        about = f"{row.id} wanted"
        wanted = sealing.unpack(self._keys.unseal(self._purpose, row.wanted, about))
        silent = row.touched_at <= self._now() - QUIET
        state = "ready" if row.ready else "stopped" if silent else "running"
        ids, how = tuple(wanted["chosen"]), (wanted["copy"], wanted["paper"], wanted["made_as"])
        ended = wanted["printed"], tuple(wanted["left_out"])
        return Job(row.id, row.staff_id, ids, *how, row.done, state, *ended)

    def _sealed(self, job: Job) -> bytes:
        kept = {name: getattr(job, name) for name in KEPT}
        return self._keys.seal(self._purpose, sealing.pack(kept), f"{job.id} wanted")


def forget_old(connection: Connection, now: int) -> int:
    """Forget the lists whose time is over, with what came of them; say how many."""
    return connection.execute(delete(print_job).where(_old(now))).rowcount


def take_back(connection: Connection) -> None:
    """Take all lists back when a form is deleted: which forms a list holds is sealed.

    What was printed goes; what is being printed stops, for the form may be in it already.
    """
    # In this order a list that ends meanwhile has ended before, or has to wait and finds itself
    # stopped.
    running = update(print_job).where(print_job.c.result.is_(None))
    connection.execute(running.values(touched_at=STOPPED))
    connection.execute(delete(print_job).where(print_job.c.result.is_not(None)))


def _wrote(connection: Connection, job_id: str, **values: Any) -> bool:  # noqa: ANN401 - as SQLAlchemy takes them
    """Write into a list that nobody has stopped; False when there is none."""
    this = update(print_job).where(print_job.c.id == job_id, print_job.c.touched_at != STOPPED)
    return connection.execute(this.values(values)).rowcount == 1


def _old(now: int) -> ColumnElement[bool]:
    return print_job.c.made_at <= now - LASTS
