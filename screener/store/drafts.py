"""Drafts: the answers of a patient who is not done, readable only with what the patient holds.

Each draft has a key of its own. The key is kept twice, wrapped by the token in the patient's
cookie and, once asked for, by the return code. Neither of the two is kept.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, insert

from screener.store import codes, sealing, sending, tally
from screener.store.draft_rows import DraftRows
from screener.store.errors import DraftChanged, DraftGone, DraftSent
from screener.store.models import draft as drafts
from screener.store.parcels import Parcel
from screener.store.states import Draft, Opened, State, new_state, seal_state

# A minute, at a code. They keep slow hashes from using up the machine; 77 bits need no small limit,
# and one that a neighbour behind the same address uses up by hand would keep patients out.
TRIES, TRIES_OF_ALL = 30, 600


class Drafts(DraftRows):
    """All drafts. Every method may raise ``StoreUnavailable``."""

    def begin(self) -> Opened:
        """Start an empty draft."""
        token, key = secrets.token_urlsafe(32), sealing.new_key()
        draft_id, now = secrets.token_hex(16), self._clock()
        row = {
            "id": draft_id,
            **self._token_columns(draft_id, token, key),
            "version": 0,
            "state": seal_state(key, draft_id, 0, sealing.pack(new_state())),
            "created_on": _day(now),
            "expires_at": self._expiry(has_code=False),
        }
        with self._database.writing() as connection:
            written = connection.execute(insert(drafts).values(row).returning(*drafts.c)).one()
            tally.count(connection, tally.week(int(now), self._wall), tally.STARTED)
        return Opened(self._opened(written, key), token)

    def open(self, token: str) -> Draft | None:
        """Open the draft of a token; None when it expired, was deleted or never was."""
        try:
            return self._unlocked(token, self._sealed(token))
        except DraftGone:
            return None

    def save(
        self, token: str, change: Callable[[State], State], *, seen: Draft | None = None
    ) -> Draft:
        """Apply a change to the freshest state, so that two tabs never overwrite each other.

        Args:
            token: the patient's token.
            change: takes the state as it is now and returns the state as it should be. It runs
                while the database is held, so it should only move answers about; and it runs
                again, on a fresher state, when another tab was quicker.
            seen: the draft as it was opened: it need not be read again when it is still the latest.

        Raises:
            DraftGone: there is no such draft (any more).
            DraftSent: it was sent to the clinic, and is only read since.
        """

        def changed(state: State) -> State:
            if state.get("sent"):
                raise DraftSent
            return change(state)

        saved = seen and self._put_over(token, seen, changed(sealing.unpack(seen.packed)))
        return saved or self._change(token, lambda _, draft: changed(draft.state))

    def send(
        self,
        token: str,
        parcel: Parcel,
        *,
        keep: State | None = None,
        made_from: int | None = None,
    ) -> Draft:
        """Send a draft to the clinic, once: a second time changes nothing.

        The submission and the mark in the draft are kept in one transaction.

        Args:
            token: the patient's token.
            parcel: what is sent.
            keep: what the draft holds from now on besides, such as the summary that was sent.
            made_from: the version of the draft that the parcel was made from; None for any.

        Raises:
            DraftGone: there is no such draft (any more).
            DraftChanged: an answer was changed since; nothing was sent.
            SendingClosed: the clinic has no key yet, or the database names somebody else's.
        """

        def sent(connection: Connection, draft: Draft) -> State:
            if draft.state.get("sent"):
                return draft.state
            if made_from not in {None, draft.version}:
                raise DraftChanged
            now = int(self._clock())
            trusts = self._clinic_keys.trusts
            sending.insert_parcel(connection, draft.id, draft.reference, parcel, now, trusts=trusts)
            mark = {"sent": datetime.fromtimestamp(now, UTC).isoformat()}
            return draft.state | (keep or {}) | mark

        return self._change(token, sent)

    def _change(self, token: str, change: Callable[[Connection, Draft], State]) -> Draft:
        with self._database.writing() as connection:
            row = self._held(connection, token)
            draft = self._unlocked(token, row)
            state = change(connection, draft)
            version = row.version + 1
            row = self._write(
                connection,
                row,
                state=seal_state(draft.key, row.id, version, sealing.pack(state)),
                version=version,
                expires_at=self._expiry(has_code=row.code_locator is not None),
            )
            return self._opened(row, draft.key)

    def give_code(self, token: str) -> str:
        """Make a return code for a draft. An earlier code stops working.

        Raises:
            DraftGone: there is no such draft (any more).
        """
        code = codes.new_code()
        by_code = self._keys.from_code(codes.read_code(code) or "")
        with self._database.writing() as connection:
            row = self._held(connection, token)
            key = self._unlocked(token, row).key
            self._write(
                connection,
                row,
                code_locator=by_code.locator,
                key_by_code=sealing.seal(by_code.wrapping, key, f"draft key by code {row.id}"),
                expires_at=self._expiry(has_code=True),
            )
        return code

    def resume(self, code: str, address: str) -> Opened | None:
        """Open a draft by its return code, and give it a new token: the old one stops working.

        A wrong, an expired and a deleted code get the same answer, after the same slow hash. What
        cannot be a code costs nothing, and is no try.

        Raises:
            Throttled: too many codes were tried, from this address or from all.
        """
        read = codes.read_code(code)
        if read is None:
            return None
        self._throttle.take("return code", address, most=TRIES, most_of_all=TRIES_OF_ALL)
        by_code, token = self._keys.from_code(read), secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            try:
                row = self._by_code(connection, by_code.locator)
                about = f"draft key by code {row.id}"
                key = sealing.unseal(by_code.wrapping, row.key_by_code, about)
                opened = self._opened(row, key)
            except (DraftGone, sealing.Broken):
                return None
            self._write(connection, row, **self._token_columns(row.id, token, key))
        return Opened(opened, token)

    def delete(self, token: str) -> None:
        """Delete a draft for good: the row, its keys, and both from the write-ahead log."""
        where = drafts.c.token_locator == self._keys.token_locator(token)
        with self._database.writing() as connection:
            connection.execute(delete(drafts).where(where))
        self._database.forget()


def _day(now: float) -> date:
    return datetime.fromtimestamp(now, UTC).date()
