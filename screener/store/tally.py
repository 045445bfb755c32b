"""Counts by week that name nobody: how many forms were started, sent, and what they brought up."""

from sqlalchemy import Connection

from screener.store.engine import insert
from screener.store.models import tally

DAY = 86400
MONDAY = 3  # 1 January 1970 was a Thursday: three days after a Monday
STARTED = "started"


def count(connection: Connection, at: int, name: str, by: int = 1) -> None:
    """Count something that happened, in the transaction in which it did.

    Args:
        connection: writes.
        at: seconds since 1970, UTC.
        name: what is counted, such as "started"; never a name or an answer.
        by: how often it happened.
    """
    statement = (
        insert(connection, tally)
        .values(week=week(at), name=name, count=by)
        .on_conflict_do_update(
            index_elements=[tally.c.week, tally.c.name], set_={"count": tally.c.count + by}
        )
    )
    connection.execute(statement)


def week(at: int) -> int:
    """Say in which week a moment is: the day on which it began, a Monday, as days since 1970."""
    day = at // DAY
    return day - (day + MONDAY) % 7
