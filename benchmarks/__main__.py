"""Run benchmarks, each in a fresh process, and print their tables.

`python -m benchmarks` runs those that measure; `python -m benchmarks NAME [--option …]` any one.
The exit code is 1 when a goal of any of them is missed.
"""

import subprocess
import sys
from itertools import dropwhile
from pathlib import Path

HERE = Path(__file__).parent
MEASURE = ["rules", "pdf", "serve", "weight"]


def main() -> int:
    """Run the benchmarks named on the command line, or all that measure; options follow a name."""
    given = sys.argv[1:]
    options = list(dropwhile(lambda word: not word.startswith("-"), given))
    names = given[: len(given) - len(options)] or MEASURE
    codes = []
    for name in names:
        print(f"\n== {name} {'=' * (70 - len(name))}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *options]
        codes.append(subprocess.run(command, cwd=HERE.parent, check=False).returncode)
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
