"""Records as the staff see and change them: nothing without its line in the trail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from screener.store import trail
from screener.store.audit import Audit
from screener.store.changes import Change, Kind, columns, needed
from screener.store.engine import Database
from screener.store.models import review as reviews
from screener.store.models import submission as submissions
from screener.store.parcels import Part, seal_part, unseal_part
from screener.store.receiving import Now
from screener.store.submissions import Submission, Submissions, moment

SEEN, PRINTED = "record_seen", "record_printed"


class RecordGone(LookupError):
    """There is no such record (any more)."""


@dataclass(frozen=True)
class Entry:
    """One thing that was done about a form.

    Attributes:
        by: the id of a member of staff.
        kind: status, owner, contact, note or flag.
        version: of the record, once it was done; what was done together shares it.
        told: what was said with it; see ``changes``.
    """

    at: datetime
    by: str
    kind: Kind
    version: int
    told: Part = field(repr=False)


@dataclass(frozen=True)
class Record:
    """A form, what was done about it, and who looked at it.

    Attributes:
        people: the name of everybody who works here, or did, by id.
    """

    form: Submission
    entries: tuple[Entry, ...]
    looks: tuple[trail.TrailLine, ...]
    people: dict[str, str]


class ChangedMeanwhile(Exception):
    """Somebody else has changed the record since it was opened. ``entries`` say what."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Keep what was done meanwhile."""
        super().__init__("the record was changed meanwhile")
        self.entries = tuple(entries)


class Reviews:
    """Opens and changes records."""

    def __init__(self, database: Database, audit: Audit, opens: Submissions, now: Now) -> None:
        self._database = database
        self._audit = audit
        self._opens = opens
        self._now = now

    def open(self, submission_id: str, by: str, action: str = SEEN, detail: str = "") -> Record:
        """Open a record for a member of staff.

        The line of the trail is written in the same transaction: when it cannot be kept, nothing
        is shown.

        Args:
            submission_id: as the address of the record names it.
            by: the id of who looks.
            action: what they do with it.
            detail: a word of ours about that.

        Raises:
            RecordGone: there is none.
            Broken: it was changed by somebody without the key.
        """
        with self._database.writing() as connection:
            form = self._opens.find(connection, submission_id)
            if form is None:
                raise RecordGone
            self._audit.add(connection, self._now(), by, action, form.id, detail)
            looks = trail.about(connection, form.id, (SEEN, PRINTED))
            done = entries(connection, form)
            return Record(form, done, looks, trail.people(connection))

    def change(self, submission_id: str, by: str, version: int, wanted: Sequence[Change]) -> None:
        """Do something about a form; sending the same twice does it once.

        Args:
            submission_id: as the address of the record names it.
            by: the id of who does it.
            version: of the record that they had in front of them.
            wanted: what they want. What would change nothing is left out.

        Raises:
            RecordGone: there is none.
            ChangedMeanwhile: the record is not the one they had in front of them.
            Broken: it was changed by somebody without the key.
        """
        with self._database.writing() as connection:
            form = self._opens.find(connection, submission_id, to_change=True)
            if form is None:
                raise RecordGone
            done = entries(connection, form)
            if form.version != version:
                since = [entry for entry in done if entry.version > version]
                if _same(since, by, wanted):
                    return
                raise ChangedMeanwhile(since)
            self._write(connection, form, done, by, wanted)

    def _write(
        self,
        connection: Connection,
        form: Submission,
        done: Sequence[Entry],
        by: str,
        wanted: Sequence[Change],
    ) -> None:
        this = submissions.c.id == form.id
        row = connection.execute(select(submissions).where(this)).one()
        changes, now = needed(row, wanted), self._now()
        if not changes:
            return
        talked = [entry.told["at"] for entry in done if entry.told.get("outcome") == "reached"]
        rows = [_row(form, by, now, change) for change in changes]
        connection.execute(insert(reviews), rows)
        changed = columns(row, changes, talked, now) | {"version": form.version + 1}
        connection.execute(update(submissions).where(this).values(changed))
        kinds = ", ".join(dict.fromkeys(change.kind for change in changes))
        self._audit.add(connection, now, by, "record_changed", form.id, kinds)


def entries(connection: Connection, form: Submission) -> tuple[Entry, ...]:
    """Read what was done about a form, the oldest first."""
    statement = select(reviews).where(reviews.c.submission_id == form.id).order_by(reviews.c.id)
    found = []
    for row in connection.execute(statement):
        kept = unseal_part(form.key, form.id, _about(row.kind, row.at), row.sealed)
        by, version, told = kept["by"], kept["version"], kept["told"]
        found.append(Entry(moment(row.at), by, row.kind, version, told))
    return tuple(found)


def _row(form: Submission, by: str, now: int, change: Change) -> dict[str, object]:
    """Seal what was done; who did it is sealed too, so that it cannot be put on somebody else."""
    kept = {"by": by, "version": form.version + 1, "told": change.told}
    sealed = seal_part(form.key, form.id, _about(change.kind, now), kept)
    named = {"submission_id": form.id, "at": now, "staff_id": by, "kind": change.kind}
    return named | {"sealed": sealed}


def _about(kind: str, at: int) -> str:
    return f"review {kind} {at}"


def _same(since: Sequence[Entry], by: str, wanted: Sequence[Change]) -> bool:
    """Say whether what was done meanwhile is this very form, sent twice."""
    return bool(since) and all(
        entry.by == by and Change(entry.kind, entry.told) in wanted for entry in since
    )
