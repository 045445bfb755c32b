"""A process that saves answers and says so, until it is killed. Run by test_durability."""

import os
import sys
from pathlib import Path
from typing import Any

from screener.settings import Settings
from screener.store import Store, StoreUnavailable

State = dict[str, Any]


def main(folder: Path, file_limit: int) -> None:
    store = Store.open(Settings.load(None, folder))
    token = store.drafts.begin().token
    say(token)
    if file_limit:
        limit_files(file_limit)
    number = 0
    while True:
        number += 1
        try:
            store.drafts.save(token, adding(number))
        except StoreUnavailable as error:
            say(f"unavailable {error.reason}")
            return
        say(str(number))


def adding(number: int) -> Any:
    def change(state: State) -> State:
        return {**state, "answers": {**state["answers"], f"q{number}": "x" * 50}}

    return change


def limit_files(size: int) -> None:
    """Let no file grow beyond a size, as on a full disk."""
    import resource  # noqa: PLC0415 - POSIX only
    import signal  # noqa: PLC0415

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
