"""Recovery codes: ten, on paper, each good once in place of the second factor.

As long and as readable as a patient's return code. One slow hash, salted for the account, is
compared with all ten: a typed code costs the same whether it fits or not.
"""

import hmac

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Connection, delete, func, insert, select, update

from screener.store.codes import new_code, read_code
from screener.store.keys import CODE_KIB, CODE_LANES, CODE_PASSES
from screener.store.models import recovery_code
from screener.store.staff.room import Room

HOW_MANY = 10


class RecoveryCodes(Room):
    """The recovery codes of all accounts."""

    def make(self, account_id: str) -> list[str]:
        """Make ten new codes and return them, once; earlier ones stop working."""
        codes = [new_code() for _ in range(HOW_MANY)]
        rows = [
            {"staff_id": account_id, "number": number, "code": self._kept(account_id, code)}
            for number, code in enumerate(codes, 1)
        ]
        with self._database.writing() as connection:
            connection.execute(delete(recovery_code).where(recovery_code.c.staff_id == account_id))
            connection.execute(insert(recovery_code), rows)
            self._tell(connection, account_id, "recovery_codes_made", account_id)
        return codes

    def use(self, account_id: str, typed: str) -> bool:
        """Say whether a code fits, and use it up."""
        if read_code(typed) is None:
            return False
        kept = self._kept(account_id, typed)
        with self._database.writing() as connection:
            unused = select(recovery_code).where(
                recovery_code.c.staff_id == account_id, recovery_code.c.used_at.is_(None)
            )
            rows = connection.execute(unused.with_for_update()).all()
            numbers = [row.number for row in rows if hmac.compare_digest(row.code, kept)]
            if not numbers:
                return False
            self._use_up(connection, account_id, numbers[0])
            self._tell(connection, account_id, "recovery_used", account_id, f"{len(rows) - 1} left")
        return True

    def left(self, account_id: str) -> int:
        """Say how many are left."""
        mine = (recovery_code.c.staff_id == account_id, recovery_code.c.used_at.is_(None))
        with self._database.reading() as connection:
            count = select(func.count()).select_from(recovery_code).where(*mine)
            return connection.execute(count).scalar_one()

    def _use_up(self, connection: Connection, account_id: str, number: int) -> None:
        this = (recovery_code.c.staff_id == account_id, recovery_code.c.number == number)
        connection.execute(update(recovery_code).where(*this).values(used_at=self._now()))

    def _kept(self, account_id: str, code: str) -> bytes:
        """Turn a code into what is kept of it."""
        return Argon2id(
            salt=self._keys.mac("recovery code", account_id),
            length=32,
            iterations=CODE_PASSES,
            lanes=CODE_LANES,
            memory_cost=CODE_KIB,
        ).derive((read_code(code) or "").encode())
