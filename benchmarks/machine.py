"""What the figures were measured on."""

import platform
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def processor() -> str:
    """The name of the processor."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def measured() -> str:
    """Say when, and on which commit: "+" behind it when the program is not as committed."""
    commit, changed = git("rev-parse", "--short=7", "HEAD"), git("status", "--porcelain", "-uno")
    program = [line for line in changed.splitlines() if "benchmarks/results/" not in line]
    day = datetime.now(UTC).date().isoformat()
    return f"{day}, {commit.strip() or 'no commit'}{'+' if program else ''}"


def git(*words: str) -> str:
    """Ask git about this checkout; nothing where there is none."""
    command = [shutil.which("git") or "git", *words]
    try:
        asked = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return asked.stdout
