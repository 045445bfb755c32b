"""Can a side of the store serve just now?"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from screener.store import grants, key_files, sending, upgrade
from screener.store.errors import StoreUnavailable


@dataclass(frozen=True)
class Readiness:
    """What was found.

    Attributes:
        fault: what is missing, in a word; empty when the side can serve.
        sending: whether a patient can send just now.
    """

    fault: str
    sending: bool = False


def look(connection: Connection, key: Path, needs: grants.Needs) -> Readiness:
    """Look whether the tables are of this version, may be used, and the side's key is there.

    Raises:
        StoreUnavailable: the database cannot be asked, or the key not be read.
    """
    if upgrade.version(connection) != upgrade.newest():
        return Readiness("migrations")
    if grants.lacking(connection, needs):
        return Readiness("grants")
    try:
        key_files.read(key)
    except OSError as error:
        raise StoreUnavailable("keys") from error
    return Readiness("", sending.ready(connection))
