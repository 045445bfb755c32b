"""Counts by week that name nobody: how many forms were started, sent, and what they brought up."""

from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import Connection

from screener.store.engine import insert
from screener.store.models import tally

EPOCH = date(1970, 1, 1)
STARTED = "started"


def count(connection: Connection, monday: int, name: str, by: int = 1) -> None:
    """Count something that happened, in the transaction in which it did.

    Args:
        connection: writes.
        monday: the week in which it did; see ``week``.
        name: what is counted, such as "started"; never a name or an answer.
        by: how often it happened.
    """
    statement = (
        insert(connection, tally)
        .values(week=monday, name=name, count=by)
        .on_conflict_do_update(
            index_elements=[tally.c.week, tally.c.name], set_={"count": tally.c.count + by}
        )
    )
    connection.execute(statement)


def week(at: int, clock: tzinfo) -> int:
    """Say in which week a moment is by a clock: the Monday on which it began, in days since 1970.

    Args:
        at: seconds since 1970, UTC.
        clock: by which the days, and so the weeks, begin at midnight.
    """
    today = datetime.fromtimestamp(at, clock).date()
    return (today - timedelta(days=today.weekday()) - EPOCH).days
