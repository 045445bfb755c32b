"""Writing the keys of records that were sealed afresh, if nobody has turned them meanwhile."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Integer, LargeBinary, Text, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from screener.store.models import submission

Change = dict[str, Any]
# Of which record, which key it had, its own key sealed afresh, and for which key.
COLUMNS = {"of": Text, "was": Integer, "seal": LargeBinary, "turns_to": Integer}

ONE_BY_ONE = (
    update(submission)
    .where(submission.c.id == bindparam("of"), submission.c.key_version == bindparam("was"))
    .values(sealed_key=bindparam("seal"), key_version=bindparam("turns_to"))
)
# PostgreSQL takes lists: a statement for each record costs it more than the writing does.
TURNED = select(
    *(func.unnest(bindparam(name, type_=ARRAY(kind))).label(name) for name, kind in COLUMNS.items())
).subquery("turned")
AT_ONE_GO = (
    update(submission)
    .where(submission.c.id == TURNED.c.of, submission.c.key_version == TURNED.c.was)
    .values(sealed_key=TURNED.c.seal, key_version=TURNED.c.turns_to)
)


def keep(connection: Connection, changes: Sequence[Change]) -> int:
    """Write these keys; return how many were still to turn."""
    if connection.dialect.name == "postgresql":
        lists = {name: [change[name] for change in changes] for name in COLUMNS}
        return connection.execute(AT_ONE_GO, lists).rowcount
    return connection.execute(ONE_BY_ONE, changes).rowcount
