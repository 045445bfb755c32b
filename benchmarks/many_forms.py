"""Many forms, sealed as a patient's browser sends them, put into two databases at once.

Each is sealed for itself and can be opened in the queue. What cannot be told apart in a list is
cut: beyond the first few hundred, the answers behind a form are left out.
"""

import random
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, insert, text

from benchmarks.summaries import typical
from screener.settings import Settings
from screener.store import Intake, Parcel, packed
from screener.store.changes import turn
from screener.store.codes import reference_from
from screener.store.models import search_term, staff, submission
from screener.store.packing import Contact
from screener.store.parcels import sealed
from screener.store.queue import CLOSED
from screener.store.submissions import LEVELS
from tests import postgres

BEGAN, APART = 1_700_000_000, 30  # seconds since 1970 of the first form, and between two
CHUNK = 5000
OPEN, LEAST_OPEN = 0.025, 300  # the newest are open: so many of all
OWNERS = tuple(f"{number:032x}" for number in range(12))
STATUSES = ("waiting", "called", "spoke", "booked")
SHARES = (2, 30, 48, 20)  # of 100 forms, by level
FIRST, LAST = 1500, 20_000  # different names; the commonest is one in a hundred


@dataclass(frozen=True)
class Sizes:
    """How many forms, and how many of them with all that a patient sends."""

    forms: int
    whole: int


# As a clinic runs it, and not as tests do: what is acknowledged is on the disk.
LIKE_A_CLINIC = ("fsync=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=256MB")


@contextmanager
def opened(sizes: Sizes) -> Iterator[dict[str, Intake]]:
    """Open both stores with the same keys, filled with the same forms."""
    postgres.QUICK = LIKE_A_CLINIC
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="screener-queue-")))
        server = stack.enter_context(postgres.running())
        stores = {"SQLite": _store(folder / "sqlite", "")}
        shutil.copytree(folder / "sqlite" / "keys", folder / "postgresql" / "keys")
        stores["PostgreSQL"] = _store(folder / "postgresql", server.new("queue"))
        fill(list(stores.values()), sizes)
        with server.connect("queue") as connection:
            connection.execute("VACUUM ANALYZE")  # as autovacuum does before long
        yield stores
        for store in stores.values():
            store.close()


def _store(folder: Path, address: str) -> Intake:
    settings = Settings.load(None, folder, environment={"SCREENER_DATABASE": address})
    store = Intake.open(settings)
    store.need_clinic_key()
    return store


def version_of(store: Intake) -> str:
    """Say which version its database has."""
    asked = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}
    with store.database.reading() as connection:
        told: str = connection.execute(text(asked[connection.dialect.name])).scalar_one()
    return told.partition(" ")[0]


def fill(stores: list[Intake], sizes: Sizes) -> None:
    """Put the same forms into each store; the stores share their keys."""
    for store in stores:
        with store.database.writing() as connection:
            people = [
                {"id": id_, "name": "Sam Lee", "email": id_, "role": "reviewer", "made_at": 1}
                for id_ in OWNERS
            ]
            connection.execute(insert(staff), people)
    made = _forms(stores[0], sizes)
    while chunk := list(islice(made, CHUNK)):
        rows = [row for row, _ in chunk]
        terms = [term for _, found in chunk for term in found]
        for store in stores:
            with store.database.writing() as connection:
                _put(connection, submission, rows)
                _put(connection, search_term, terms)


def _put(connection: Connection, into: Table, rows: list[dict[str, Any]]) -> None:
    """Put rows into a table, the quickest way that the database has."""
    if connection.dialect.name == "sqlite":
        connection.execute(insert(into), rows)
        return
    names = list(rows[0])
    cursor = cast("Any", connection.connection.cursor())  # psycopg's
    with cursor.copy(f"COPY {into.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def _forms(store: Intake, sizes: Sizes) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    chance = random.Random(7)  # noqa: S311 - the same forms each time
    public = store.clinic_keys.public(1)
    first, last = _names(FIRST, 15), _names(LAST, 12)
    kept = list(_whole(sizes.whole))
    terms: dict[str, bytes] = {}
    still_open = max(sizes.forms * OPEN, LEAST_OPEN)
    for number in range(sizes.forms):
        name = f"first{first(chance)} last{last(chance)}"
        rank = chance.choices(range(4), SHARES)[0]
        parcel = _called(kept[number], name) if number < sizes.whole else _bare(rank, name)
        closed = number < sizes.forms - still_open
        row = _row(sealed(parcel, public), parcel.rank, number, closed=closed, chance=chance)
        for word in name.split():
            terms.setdefault(word, store.keys.mac("name", word))
        where = {"submission_id": row["id"], "arrived_at": row["arrived_at"]}
        yield row, [{"term": terms[word], **where} for word in name.split()]


def _row(
    columns: dict[str, Any], rank: int, number: int, *, closed: bool, chance: random.Random
) -> dict[str, Any]:
    status = CLOSED if closed else chance.choice(STATUSES)
    arrived = BEGAN + number * APART
    contacted = None if status in {"waiting", "called"} else arrived + 3600
    return columns | {
        "draft_id": secrets.token_hex(16),
        "reference": reference_from(number.to_bytes(8) * 3),
        "arrived_at": arrived,
        "turn": turn(rank, contacted),
        "key_version": 1,
        "received": 1,
        "status": status,
        "owner_id": None if status == "waiting" else chance.choice(OWNERS),
        "contacted_at": contacted,
    }


def _bare(rank: int, name: str) -> Parcel:
    why = ["A point to talk about first", "Another point", "A third one"]
    headline = {"name": name, "level": LEVELS[rank], "why": why, "more": 2}
    return Parcel(rank, "1.0+0123456789ab", headline, {})


def _called(parcel: Parcel, name: str) -> Parcel:
    contact = parcel.contents["contact"] | {"name": name}
    contents = parcel.contents | {"contact": contact}
    return replace(parcel, headline=parcel.headline | {"name": name}, contents=contents)


def _whole(many: int) -> Iterator[Parcel]:
    contact = Contact("First Last", "+1 555 0134", "", "no", "mornings")
    for summary in typical(many):
        yield packed(summary, {}, contact, summary.completed)


def _names(many: int, flat: int) -> Any:  # noqa: ANN401 - a draw: from chance to a number
    """Draw numbers of names as names are spread: a few are common, most are rare."""
    weights = list(accumulate(1 / (rank + flat) for rank in range(many)))
    numbers = range(many)
    return lambda chance: chance.choices(numbers, cum_weights=weights)[0]
