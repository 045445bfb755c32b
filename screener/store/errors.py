"""What can go wrong with the store, in the words of the pages that must cope with it."""

LACKS = (
    "the database cannot be used: this user of it lacks rights; run deploy/postgresql-roles.sql as "
    "the one who owns the tables"
)


class StoreUnavailable(Exception):
    """The database cannot be read or written now. Nothing that was acknowledged is lost.

    ``reason`` is one short word for the log: full, locked, read-only, grants, disk, missing,
    damaged, away, newer, keys or failed. Most pass by themselves; for grants somebody must give
    the user of the database what it lacks.
    """

    def __init__(self, reason: str, message: str = "") -> None:
        """Keep the reason for the log and the message for the person at the console."""
        told = LACKS if reason == "grants" else f"the database cannot be used: {reason}"
        super().__init__(message or told)
        self.reason = reason


class DraftGone(LookupError):
    """There is no draft for this token: it was deleted, has expired, or moved to another device."""


class DraftSent(Exception):
    """The draft was sent to the clinic: what the clinic reads must not change any more."""


class DraftChanged(Exception):
    """The draft was changed while it was read: what was made from it is not what it holds."""


class SendingClosed(Exception):
    """The clinic has no key yet, or another than its own: nobody of it could read what is sent."""


class Throttled(Exception):
    """Too many tries. ``retry_after`` is the number of seconds to wait."""

    def __init__(self, retry_after: int) -> None:
        """Keep how long to wait."""
        super().__init__(f"too many tries, wait {retry_after} seconds")
        self.retry_after = retry_after
