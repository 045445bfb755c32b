"""The trail: who did what, each line chained to the one before it.

A line's code is made with the staff side's key from the line and the code before it. Whoever
changes, removes, swaps or inserts a line in the database breaks the chain. What a chain cannot
show by itself is that its end was cut off: compare its head with one that was written down
elsewhere (the log, a backup).
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from screener.store.models import audit, audit_head
from screener.store.staff_keys import StaffKeys

SYSTEM, COMMAND = "system", "command"  # who acts when it is no person: the timer, the console
MOST = 1000  # lines read at a time


@dataclass(frozen=True)
class Head:
    """Where the chain ends."""

    seq: int
    mac: str

    def __str__(self) -> str:
        """Write it down: "1234:9f86d0…"."""
        return f"{self.seq}:{self.mac}"


class Audit:
    """The trail of the staff side."""

    def __init__(self, keys: StaffKeys) -> None:
        self._key = keys.trail

    def add(  # noqa: PLR0913, PLR0917 - a line of the trail has these parts
        self,
        connection: Connection,
        at: int,
        actor: str,
        action: str,
        about: str = "",
        detail: str = "",
    ) -> None:
        """Add a line, in the transaction of what it tells: neither is kept without the other.

        Args:
            connection: writes.
            at: seconds since 1970, UTC.
            actor: the id of a member of staff, or SYSTEM, or COMMAND.
            action: such as "record_seen".
            about: the id of what it was done to, if anything.
            detail: a few words of ours; never what a patient or a member of staff wrote.
        """
        self.add_for_each(connection, at, actor, action, [about], detail)

    def add_for_each(  # noqa: PLR0913, PLR0917 - as ``add``
        self,
        connection: Connection,
        at: int,
        actor: str,
        action: str,
        abouts: Sequence[str],
        detail: str = "",
    ) -> None:
        """Add a line for each of the things that something was done to, all at once."""
        head = connection.execute(select(audit_head).with_for_update()).one()
        seq, mac, lines = head.seq, head.mac, []
        for about in abouts:
            seq += 1
            mac = self._mac(mac, seq, at, actor, action, about, detail)
            line = {"seq": seq, "at": at, "actor": actor, "action": action, "object": about}
            lines.append({**line, "detail": detail, "mac": mac})
        if lines:
            connection.execute(insert(audit), lines)
            connection.execute(update(audit_head).values(seq=seq, mac=mac))

    def head(self, connection: Connection) -> Head:
        """Say where the chain ends, to write it down where the database cannot be changed."""
        row = connection.execute(select(audit_head)).one()
        return Head(row.seq, row.mac.hex())

    def holds(self, connection: Connection, head: Head) -> bool:
        """Say whether a head that was written down earlier is still a line of the chain."""
        if head.seq == 0:
            return not head.mac
        mac = connection.execute(select(audit.c.mac).where(audit.c.seq == head.seq)).scalar()
        return mac is not None and hmac.compare_digest(mac.hex(), head.mac)

    def first_broken(self, connection: Connection, *, last: int | None = None) -> int | None:
        """Follow the chain from its start; return the number of the first line that is wrong.

        A line that is missing counts as wrong, and so does a head that is not the last line.

        Args:
            connection: reads.
            last: follow only so many lines, up to the end; what stands before is trusted.
        """
        before, expected = self._start(connection, last)
        while rows := self._after(connection, expected - 1):
            for row in rows:
                mac = self._mac(
                    before, row.seq, row.at, row.actor, row.action, row.object, row.detail
                )
                if row.seq != expected or not hmac.compare_digest(mac, row.mac):
                    return expected
                before, expected = row.mac, expected + 1
        head = connection.execute(select(audit_head)).one()
        return None if (head.seq, head.mac) == (expected - 1, before) else expected

    def _start(self, connection: Connection, last: int | None) -> tuple[bytes, int]:
        """Say what the first line to look at must follow, and its number."""
        before = 0 if last is None else self.head(connection).seq - last
        if before <= 0:
            return b"", 1
        mac = connection.execute(select(audit.c.mac).where(audit.c.seq == before)).scalar()
        # Without the line before, the next one cannot be right: that is where it is found broken.
        return mac or b"", before + 1

    @staticmethod
    def _after(connection: Connection, seq: int) -> list[Row[tuple[object, ...]]]:
        statement = select(audit).where(audit.c.seq > seq).order_by(audit.c.seq).limit(MOST)
        return list(connection.execute(statement).all())

    def _mac(self, before: bytes, *parts: int | str) -> bytes:
        line = json.dumps([before.hex(), *parts], separators=(",", ":"))
        return hmac.digest(self._key, line.encode(), "sha256")
