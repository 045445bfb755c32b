"""Accounts: who works at the clinic, and in which role.

Nobody sets a password for somebody else. Whoever makes an account gets a link that works once;
the person it is for chooses the password and sets up the second factor.
"""

import secrets
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from screener.store.models import invitation, passkey, recovery_code, staff, staff_session
from screener.store.staff.account import Account, account_of, tidy, tidy_email
from screener.store.staff.errors import EmailTaken, LastAdmin, NoSuchAccount
from screener.store.staff.room import Room

ADMIN = "admin"
LINK_LASTS = 24 * 60 * 60


class Accounts(Room):
    """All accounts. ``by`` is the id of whoever does something, or SYSTEM or COMMAND."""

    def add(self, name: str, email: str, role: str, by: str) -> str:
        """Make an account, and return the token of its invitation.

        Raises:
            EmailTaken: another account has this address.
        """
        row = {"id": secrets.token_hex(16), "name": tidy(name), "email": tidy_email(email)}
        with self._database.writing() as connection:
            try:
                values = {**row, "role": role, "made_at": self._now()}
                connection.execute(insert(staff).values(values))
            except IntegrityError as error:
                raise EmailTaken from error
            self._tell(connection, by, "account_added", row["id"], role)
            return self._link(connection, row["id"])

    def invite(self, account_id: str, by: str) -> str:
        """Let somebody start afresh: a new link; password, second factors and sessions end.

        Raises:
            NoSuchAccount: there is none, or it is disabled.
        """
        with self._database.writing() as connection:
            if self._held(connection, account_id).disabled_at is not None:
                raise NoSuchAccount
            connection.execute(
                update(staff)
                .where(staff.c.id == account_id)
                .values(password=None, totp=None, totp_step=0)
            )
            for table in (passkey, recovery_code, staff_session):
                connection.execute(delete(table).where(table.c.staff_id == account_id))
            self._tell(connection, by, "sign_in_reset", account_id)
            return self._link(connection, account_id)

    def invited(self, token: str) -> Account | None:
        """Say for whom a link is; None when it was used, is too old or never was."""
        with self._database.reading() as connection:
            return self.behind(connection, token)

    def behind(self, connection: Connection, token: str) -> Account | None:
        """Say for whom a link is, within a transaction."""
        row = connection.execute(
            select(staff)
            .join(invitation, invitation.c.staff_id == staff.c.id)
            .where(
                invitation.c.locator == self._keys.mac("invitation", token),
                invitation.c.ends_at > self._now(),
                staff.c.disabled_at.is_(None),
            )
        ).first()
        return account_of(row) if row else None

    def find(self, account_id: str) -> Account | None:
        """Find an account by its id."""
        return self._one(staff.c.id == account_id)

    def by_email(self, email: str) -> Account | None:
        """Find an account by its e-mail address, however it was typed."""
        return self._one(staff.c.email == tidy_email(email))

    def listed(self) -> list[Account]:
        """List all accounts by name; those that are disabled come last."""
        order = (staff.c.disabled_at.is_not(None), staff.c.name, staff.c.id)
        with self._database.reading() as connection:
            return [account_of(row) for row in connection.execute(select(staff).order_by(*order))]

    def disable(self, account_id: str, by: str) -> None:
        """Keep somebody out from now on: every session ends.

        Raises:
            LastAdmin: nobody else could look after the accounts.
        """
        with self._database.writing() as connection:
            if self._held(connection, account_id).disabled_at is not None:
                return
            self._need_another_admin(connection, account_id)
            self._set(connection, account_id, disabled_at=self._now())
            for table in (invitation, staff_session):
                connection.execute(delete(table).where(table.c.staff_id == account_id))
            self._tell(connection, by, "account_disabled", account_id)

    def enable(self, account_id: str, by: str) -> None:
        """Let somebody in again, with the password and the second factor they had."""
        with self._database.writing() as connection:
            if self._held(connection, account_id).disabled_at is not None:
                self._set(connection, account_id, disabled_at=None)
                self._tell(connection, by, "account_enabled", account_id)

    def change_role(self, account_id: str, role: str, by: str) -> None:
        """Give somebody another role. It holds from their next request on.

        Raises:
            LastAdmin: nobody else could look after the accounts.
        """
        with self._database.writing() as connection:
            before = self._held(connection, account_id).role
            if before == role:
                return
            self._need_another_admin(connection, account_id)
            self._set(connection, account_id, role=role)
            self._tell(connection, by, "role_changed", account_id, f"{before} to {role}")

    def _link(self, connection: Connection, account_id: str) -> str:
        """Make a link, the only one that works for this account."""
        token = secrets.token_urlsafe(32)
        row = {
            "locator": self._keys.mac("invitation", token),
            "staff_id": account_id,
            "ends_at": self._now() + LINK_LASTS,
        }
        of_no_use = or_(invitation.c.staff_id == account_id, invitation.c.ends_at <= self._now())
        connection.execute(delete(invitation).where(of_no_use))
        connection.execute(insert(invitation).values(row))
        return token

    def _one(self, where: ColumnElement[bool]) -> Account | None:
        with self._database.reading() as connection:
            row = connection.execute(select(staff).where(where)).first()
        return account_of(row) if row else None

    @staticmethod
    def _held(connection: Connection, account_id: str) -> Row[Any]:
        """Hold all accounts while one changes: two admins must not remove each other at once."""
        rows = connection.execute(select(staff).order_by(staff.c.id).with_for_update()).all()
        for row in rows:
            if row.id == account_id:
                return row
        raise NoSuchAccount

    @staticmethod
    def _need_another_admin(connection: Connection, account_id: str) -> None:
        able = (staff.c.disabled_at.is_(None), staff.c.role == ADMIN, staff.c.password.is_not(None))
        admins = connection.execute(select(staff.c.id).where(*able)).scalars().all()
        if list(admins) == [account_id]:
            raise LastAdmin

    @staticmethod
    def _set(connection: Connection, account_id: str, **columns: object) -> None:
        connection.execute(update(staff).where(staff.c.id == account_id).values(**columns))
