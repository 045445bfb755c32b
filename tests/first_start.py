"""A clinic's folder as its first start leaves it, without waiting each time for the migrations."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from screener.settings import Settings
from screener.store.opening import DATABASE, open_database


def begun(folder: Path) -> Path:
    """Make a folder with a database in it that has all tables, nothing in them, and no key yet."""
    folder.mkdir(mode=0o700, parents=True)
    file = folder / DATABASE
    file.touch(mode=0o600)
    file.write_bytes(_migrated())
    return folder


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        open_database(Settings.load(None, Path(folder), environment={})).close()
        return (Path(folder) / DATABASE).read_bytes()
