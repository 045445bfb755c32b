"""A process that tries a hundred times as fast as it can, and says how often it was let through."""

import sys
from pathlib import Path

from screener.settings import Settings
from screener.store import Store, Throttled

TRIES, MOST = 100, 10
PATIENCE = 60.0  # seconds for the others, however slow the machine is
FOR_EVER = 10**9  # seconds, so that no new window begins while the test runs


def main(folder: Path) -> None:
    throttle = Store.open(Settings.load(None, folder), wait=PATIENCE).throttle
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    let_through = 0
    for _ in range(TRIES):
        try:
            throttle.take("try", "192.0.2.1", most=MOST, most_of_all=1000, seconds=FOR_EVER)
            let_through += 1
        except Throttled:
            continue
    sys.stdout.write(f"{let_through}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
