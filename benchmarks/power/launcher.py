"""Runs the product with a shadow of its disk: `launcher SHADOW SYNCHRONOUS python -m screener …`.

What stands in the shadow is what a power cut would leave. Nothing of the product knows of it.
"""

import runpy
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from benchmarks.power.disk import Shadow
from benchmarks.power.syncs import Files, tell_of_python
from screener.store.engine.sqlite import newest_sqlite

LOGS = ("-wal", "-journal")


def main() -> None:
    """Keep the shadow while the command runs that is given after it."""
    _, folder, synchronous, _python, _dash_m, module, *words = sys.argv
    shadow = Shadow(Path(folder), Path(words[words.index("--data") + 1]))

    def synced(path: Path) -> None:
        if not path.is_relative_to(shadow.of):
            return
        # SQLite syncs the folder as well when it has made a log, but with a call of its own.
        if path.name.endswith(LOGS) and not shadow.holds(path):
            shadow.synced(path.parent)
        shadow.synced(path)

    tell_of_python(synced)
    if synchronous != "FULL":
        event.listen(Engine, "connect", lambda connection, _: set_to(connection, synchronous))
    sys.argv = [module, *words]
    with Files(newest_sqlite(), synced):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


def set_to(connection: Any, synchronous: str) -> None:  # noqa: ANN401 - two drivers, no one type
    """Let a connection wait for the disk less often than the product does."""
    connection.execute(f"PRAGMA synchronous={synchronous}")


if __name__ == "__main__":
    main()
