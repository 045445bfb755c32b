"""Counting tries, exactly, in the database: restarts and many processes count as one."""

import ipaddress
from collections.abc import Callable
from typing import Protocol

from sqlalchemy import Connection

from screener.store.engine import Database, insert
from screener.store.errors import Throttled
from screener.store.models import throttle

EVERYONE = "everyone"
V6_PREFIX = 64  # what one household or one phone is given


class Masking(Protocol):
    """Keys of either side."""

    def throttled(self, what: str, prefix: str) -> bytes:
        """Stand in for an address."""
        ...


class Throttle:
    """Lets a number of tries through in each window of time, for one address and for all."""

    def __init__(self, database: Database, keys: Masking, clock: Callable[[], float]) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def take(
        self, what: str, address: str, *, most: int, most_of_all: int, seconds: int = 60
    ) -> None:
        """Count one try.

        Args:
            what: what is tried, such as "return code"; each is counted on its own.
            address: where the request came from.
            most: tries that one address may make in a window.
            most_of_all: tries that all addresses together may make in a window.
            seconds: how long a window is.

        Raises:
            Throttled: the try is one too many. It does not count.
        """
        now = int(self._clock())
        window = now // seconds
        ends_at = (window + 1) * seconds
        with self._database.writing() as connection:
            for who, limit in ((prefix(address), most), (EVERYONE, most_of_all)):
                key = self._keys.throttled(what, who)
                if counted(connection, key, window, ends_at, limit) is None:
                    raise Throttled(ends_at - now)


def prefix(address: str) -> str:
    """Say who an address stands for: one IPv4 address, or the /64 that a household has in IPv6."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, V6_PREFIX), strict=False))


def counted(
    connection: Connection, who: bytes, window: int, ends_at: int, limit: int
) -> int | None:
    """Count one more and return the count; None, and no count, when the limit is reached.

    One statement, so that no try slips between.
    """
    statement = (
        insert(connection, throttle)
        .values(who=who, window=window, tries=1, ends_at=ends_at)
        .on_conflict_do_update(
            index_elements=[throttle.c.who, throttle.c.window],
            set_={"tries": throttle.c.tries + 1},
            where=throttle.c.tries < limit,
        )
        .returning(throttle.c.tries)
    )
    return connection.execute(statement).scalar()
