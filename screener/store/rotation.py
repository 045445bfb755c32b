"""Turning to a new clinic key: each record's own key is sealed afresh, and nothing else.

From the moment the new pair is there, patients seal with it. The old private half stays until each
record has turned, so that everything can be read meanwhile, and until somebody destroys it: then
copies of the database from before, in backups too, can be read by nobody.
"""

import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)

from screener.store import sending
from screener.store.clinic_keys import ClinicKeys
from screener.store.errors import StoreUnavailable
from screener.store.intake import Intake
from screener.store.models import clinic_key, submission
from screener.store.parcels import about, record_key
from screener.store.resealed import Change, keep
from screener.store.sealing import Broken

AT_ONCE = 1000  # records that turn before others may write
# SQLite has no queue: whoever waits for its one writer looks again after a while, and would find
# the next records being written each time.
PAUSE = 0.03
Place = tuple[int, str]  # when a record arrived, and its id: where to go on
START: Place = (-1, "")


class KeyInUse(Exception):
    """The key cannot be destroyed; the message says why."""


def prepare(intake: Intake) -> int:
    """Make the next private half without using it yet, to carry it to other hosts first.

    Returns:
        Its number.
    """
    with intake.database.reading() as connection:
        version = _newest(connection) + 1
    intake.clinic_keys.make(version)
    return version


def turn(intake: Intake, actor: str) -> int:
    """Make the next key pair, or take the prepared one: from now on patients seal with it.

    Returns:
        Its number.
    """
    with intake.database.alone() as connection:
        version, now = _newest(connection) + 1, intake.now()
        row = {"version": version, "public": intake.clinic_keys.make(version), "made_at": now}
        old = update(clinic_key).where(clinic_key.c.retired_at.is_(None))
        connection.execute(old.values(retired_at=now))
        connection.execute(insert(clinic_key).values(row))
        intake.audit.add(connection, now, actor, "key_made", str(version))
    return version


def left(intake: Intake) -> int:
    """Count the records that a retired key still opens."""
    with intake.database.reading() as connection:
        current = _current(connection)
        old = select(func.count()).where(submission.c.key_version < current)
        return connection.execute(old).scalar_one()


def reseal_all(intake: Intake) -> int:
    """Seal the keys of all records afresh, with the key in use; return how many were turned.

    While some are written, the next are opened and sealed: so others wait for the database only as
    long as it writes. Many may do this at once, and one that is stopped can be started again: what
    has turned already is left as it is.
    """
    turned, after, writing = 0, START, deque[Future[int]]()
    with ThreadPoolExecutor(intake.database.WRITERS) as writers:
        while some := _next(intake, after):
            changes, after = some
            if len(writing) == intake.database.WRITERS:
                turned += writing.popleft().result()
            writing.append(writers.submit(_keep, intake, changes))
        return turned + sum(one.result() for one in writing)


def _next(intake: Intake, after: Place) -> tuple[list[Change], Place] | None:
    """Seal the keys of the next records; say where to go on. None after the last."""
    with intake.database.reading() as connection:
        version = _current(connection)
        rows = connection.execute(some_after(after).where(submission.c.key_version < version)).all()
    changes = [
        {"of": row.id, "was": row.key_version, "seal": sealed, "turns_to": version}
        for row in rows
        if (sealed := _resealed(intake.clinic_keys, row, version))
    ]
    end = end_of(rows)
    return (changes, end) if end else None


def _keep(intake: Intake, changes: list[Change]) -> int:
    """Write the keys of those records that nobody has turned meanwhile; return how many."""
    if not changes:
        return 0
    with intake.database.writing() as connection:
        turned = keep(connection, changes)
    if intake.database.WRITERS == 1:
        time.sleep(PAUSE)
    return turned


def destroy(intake: Intake, version: int, actor: str) -> None:
    """Destroy a private half that opens nothing any more.

    Raises:
        KeyInUse: it is in use, or records need it, or there is no such key.
    """
    with intake.database.writing() as connection:
        held = select(clinic_key).where(clinic_key.c.version == version).with_for_update()
        row = connection.execute(held).first()
        if row is None:
            raise KeyInUse(f"there is no key {version}; see: screener keys list")
        if row.retired_at is None:
            raise KeyInUse(f"key {version} is in use; first: screener keys rotate")
        count = select(func.count()).where(submission.c.key_version == version)
        if needed := connection.execute(count).scalar_one():
            raise KeyInUse(f"key {version} opens {needed} forms; first: screener keys rotate")
        # Whoever seals with it from now on is refused: no row may name a key that is not there.
        connection.execute(delete(clinic_key).where(clinic_key.c.version == version))
        intake.audit.add(connection, intake.now(), actor, "key_destroyed", str(version))
    intake.clinic_keys.destroy(version)


def some_after(after: Place) -> Select[tuple[str, int, bytes]]:
    """Read the sealed keys of some records, as they arrived: so they lie side by side."""
    sealed = submission.c.key_version, submission.c.sealed_key
    place = tuple_(submission.c.arrived_at, submission.c.id)
    return select(*place, *sealed).where(place > after).order_by(*place).limit(AT_ONCE)


def end_of(rows: Sequence[Row[Any]]) -> Place | None:
    """Say where to go on after these; None after the last."""
    return (rows[-1].arrived_at, rows[-1].id) if rows else None


def _resealed(keys: ClinicKeys, row: Row[Any], version: int) -> bytes | None:
    """Seal a record's key afresh; None when it does not open: it stays as it is, to be seen."""
    try:
        return keys.seal(version, record_key(keys, row), about(row.id, "key"))
    except Broken:
        return None


def _newest(connection: Connection) -> int:
    return connection.execute(select(func.max(clinic_key.c.version))).scalar() or 0


def _current(connection: Connection) -> int:
    found = sending.current(connection)
    if found is None:
        raise StoreUnavailable("keys", "the clinic has no key yet; first: screener keys rotate")
    return found[0]
