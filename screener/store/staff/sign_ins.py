"""Sign-ins: which browser is whose, for how long, and how that ends.

A browser holds a token of 256 random bits; the table holds a code of it that opens nothing. Every
request looks into the table, so that what was ended is over with the next request, on every
machine that shares the database.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from screener.store.models import staff, staff_session
from screener.store.staff.account import Account, account_of
from screener.store.staff.room import Room

MINUTE = 60
IDLE, LONGEST = 15 * MINUTE, 12 * 60 * MINUTE
HALF_WAY = {"password": 10 * MINUTE, "invited": 30 * MINUTE}  # to show what is still missing
# Each sign of life is a write. So long ago at most was the last one, as far as the table knows.
SEEN_EVERY = 20


@dataclass(frozen=True)
class SignIn:
    """One browser that somebody has signed in with.

    Attributes:
        id: names it on a page; opens nothing.
        stage: what was shown so far: "password", "invited", or "whole" with the second factor.
        proven_at: when both factors were last shown, seconds since 1970; 0 for never.
        browser: such as "Firefox on Windows".
    """

    id: str
    account: Account
    stage: str
    begun_at: datetime
    seen_at: datetime
    proven_at: int
    browser: str

    @property
    def whole(self) -> bool:
        """Whether both factors were shown."""
        return self.stage == "whole"


class SignIns(Room):
    """All sign-ins."""

    def begin(self, account_id: str, stage: str, browser: str, *, how: str = "") -> str:
        """Begin a sign-in and return its token; it is always a new one.

        Args:
            account_id: whose it is.
            stage: what was shown so far.
            browser: as ``SignIn.browser``.
            how: of a whole one, the second factor that was shown, for the trail.
        """
        with self._database.writing() as connection:
            return self._begin(connection, account_id, stage, browser, how)

    def complete(self, half: SignIn, browser: str, how: str) -> str | None:
        """Begin a whole sign-in in place of a half-way one, and return its token.

        None when the half has ended meanwhile: somebody was reset, disabled or signed out while
        the second factor was looked at, and must not come in after all.
        """
        this = delete(staff_session).where(staff_session.c.id == half.id)
        with self._database.writing() as connection:
            if not connection.execute(this).rowcount:
                return None
            return self._begin(connection, half.account.id, "whole", browser, how)

    def _begin(
        self, connection: Connection, account_id: str, stage: str, browser: str, how: str
    ) -> str:
        token, now = secrets.token_urlsafe(32), self._now()
        row = {
            "locator": self._keys.mac("sign-in", token),
            "id": secrets.token_hex(16),
            "staff_id": account_id,
            "stage": stage,
            "begun_at": now,
            "seen_at": now,
            "proven_at": now if stage == "whole" else 0,
            "browser": browser,
        }
        connection.execute(delete(staff_session).where(or_(*self._over())))
        connection.execute(insert(staff_session).values(row))
        if stage == "whole":
            self._tell(connection, account_id, "signed_in", str(row["id"]), how)
        return token

    def open(self, token: str, browser: str) -> SignIn | None:
        """Open the sign-in of a token, and note that its browser is alive.

        None when it was ended or is over, when the account is disabled, and when the token comes
        from another kind of browser than the one it was given to.
        """
        where = staff_session.c.locator == self._keys.mac("sign-in", token)
        with self._database.reading() as connection:
            row = connection.execute(_joined().where(where)).first()
        if row is None or row.session_browser != browser or not self._alive(row):
            return None
        self._see(row)
        return _sign_in_of(row)

    def prove(self, sign_in: SignIn) -> None:
        """Note that both factors were shown again."""
        with self._database.writing() as connection:
            connection.execute(
                update(staff_session)
                .where(staff_session.c.id == sign_in.id)
                .values(proven_at=self._now())
            )
            self._tell(connection, sign_in.account.id, "proven_again", sign_in.id)

    def listed(self, account_id: str) -> list[SignIn]:
        """List where somebody is signed in, the latest first."""
        where = (staff_session.c.staff_id == account_id, staff_session.c.stage == "whole")
        order = (staff_session.c.seen_at.desc(), staff_session.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(_joined().where(*where).order_by(*order)).all()
        return [_sign_in_of(row) for row in rows if self._alive(row)]

    def end(self, account_id: str, sign_in_id: str) -> bool:
        """End one sign-in of somebody; False when they have none like this."""
        where = (staff_session.c.id == sign_in_id, staff_session.c.staff_id == account_id)
        with self._database.writing() as connection:
            stages = delete(staff_session).where(*where).returning(staff_session.c.stage)
            stage: str | None = connection.execute(stages).scalar()
            if stage == "whole":
                self._tell(connection, account_id, "signed_out", sign_in_id)
        return stage is not None

    def end_all(self, account_id: str) -> None:
        """End all sign-ins of somebody, the one in use too."""
        with self._database.writing() as connection:
            mine = delete(staff_session).where(staff_session.c.staff_id == account_id)
            ended = connection.execute(mine).rowcount
            self._tell(connection, account_id, "signed_out_everywhere", account_id, str(ended))

    def _see(self, row: Row[Any]) -> None:
        if self._now() - row.seen_at < SEEN_EVERY:
            return
        with self._database.writing() as connection:
            connection.execute(
                update(staff_session)
                .where(staff_session.c.locator == row.locator)
                .values(seen_at=self._now())
            )

    def _alive(self, row: Row[Any]) -> bool:
        now = self._now()
        if row.disabled_at is not None or now >= row.begun_at + LONGEST:
            return False
        if row.stage in HALF_WAY:
            return bool(now < row.begun_at + HALF_WAY[row.stage])
        return bool(now < row.seen_at + IDLE)

    def _over(self) -> tuple[Any, ...]:
        """Say which rows open nothing any more; they go when the next sign-in begins."""
        longest, idle = self._now() - LONGEST, self._now() - 2 * IDLE
        return staff_session.c.begun_at <= longest, staff_session.c.seen_at <= idle


def _joined() -> Any:  # noqa: ANN401 - SQLAlchemy's type names every column
    return select(
        *staff.c,
        staff_session.c.locator,
        staff_session.c.stage,
        staff_session.c.begun_at,
        staff_session.c.seen_at,
        staff_session.c.proven_at,
        staff_session.c.id.label("session_id"),
        staff_session.c.browser.label("session_browser"),
    ).join_from(staff_session, staff)


def _sign_in_of(row: Row[Any]) -> SignIn:
    return SignIn(
        id=row.session_id,
        account=account_of(row),
        stage=row.stage,
        begun_at=datetime.fromtimestamp(row.begun_at, UTC),
        seen_at=datetime.fromtimestamp(row.seen_at, UTC),
        proven_at=row.proven_at,
        browser=row.session_browser,
    )
