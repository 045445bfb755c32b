"""Run all benchmarks in one run, each in a fresh process, and print their tables."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run the benchmarks named on the command line, or all of them."""
    names = sys.argv[1:] or ["rules", "many", "pdf", "wizard"]
    codes = []
    for name in names:
        print(f"\n== {name} {'=' * (70 - len(name))}\n", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        codes.append(subprocess.run(command, cwd=HERE.parent, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
