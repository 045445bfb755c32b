"""A clinic's folder as its first start leaves it, without waiting each time for the migrations."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.settings import Settings
from screener.store import Store
from screener.store.opening import DATABASE


def begun(folder: Path) -> Path:
    """Lay a database with all tables, and nothing in them, in a folder that is not there yet."""
    folder.mkdir(mode=0o700, parents=True)
    file = folder / DATABASE
    file.touch(mode=0o600)
    file.write_bytes(_migrated())
    return folder


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        Store.open(Settings.load(None, Path(folder), environment={})).close()
        return (Path(folder) / DATABASE).read_bytes()
