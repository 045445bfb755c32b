"""What the tests need of the machine: a Chromium that starts, a PostgreSQL, and what they rest on.

Standard library only, because dev.py asks before anything is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# The same engine without anything of a window: half the work a page, and no pages kept for Back.
HEADLESS = "chromium-headless-shell"
# What every start needs: no screen, root allowed, and no word to the outside.
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Where the programs of PostgreSQL are when they are not on the path, as on Debian.
POSTGRES_FOLDERS = {
    "/usr/lib/postgresql": "*/bin",
    "/usr": "pgsql-*/bin",
    "/usr/libexec": "postgresql*",
    "/opt/homebrew/opt": "postgresql@*/bin",
    "/usr/local/opt": "postgresql@*/bin",
    "C:/Program Files/PostgreSQL": "*/bin",
}
OLDEST_POSTGRES = 15

# Files here are in memory: where a disk takes milliseconds to say "saved", this takes none.
MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30

# Package manager: how it installs, and what it calls the things that we may need.
INSTALLERS = {
    "apt-get": {
        "how": "install -y -qq --no-install-recommends",
        "chromium": "chromium",
        "headless": HEADLESS,
        "libatomic": "libatomic1",
        "venv": "python3-venv",
        "postgres": "postgresql",
    },
    "dnf": {
        "how": "install -y -q",
        "chromium": "chromium",
        "libatomic": "libatomic",
        "venv": "python3",
        "postgres": "postgresql-server",
    },
    "apk": {
        "how": "add -q",
        "chromium": "chromium",
        "libatomic": "libatomic",
        "venv": "python3",
        "postgres": "postgresql",
    },
    "pacman": {
        "how": "-Sy --noconfirm --needed",
        "chromium": "chromium",
        "libatomic": "gcc-libs",
        "venv": "python",
        "postgres": "postgresql",
    },
    "brew": {
        "how": "install -q",
        "chromium": "chromium",
        "libatomic": "gcc",
        "venv": "python3",
        "postgres": "postgresql@17",
    },
}
CHROMIUM, LIBATOMIC, VENV, POSTGRES = "chromium", "libatomic", "venv", "postgres"
APT_LISTS = Path("/var/lib/apt/lists")


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the next command prints."""
    print(f"dev.py: {text}", flush=True)


def call(*command: object, **env: str) -> int:
    """Run a command, its output shown, and return its exit code."""
    done = subprocess.run(list(map(str, command)), env={**os.environ, **env}, check=False)
    return done.returncode


def begun(*command: object) -> subprocess.Popen[str]:
    """Start a command beside others; what it says waits for ``ended``."""
    return subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ended(command: subprocess.Popen[str]) -> int:
    """Wait for a command that has begun, print what it said, and return its exit code."""
    said, _ = command.communicate()
    print(said, end="", flush=True)
    return command.returncode


def output(*command: object, seconds: int = 120) -> str | None:
    """Return what a command prints, or None when it does not start, fails, or hangs."""
    try:
        done = subprocess.run(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def install(thing: str) -> bool:
    """Ask the system's package manager for a thing; say so when it cannot be asked."""
    name = next((name for name in INSTALLERS if shutil.which(name)), None)
    if name is None:
        return False
    how, package = INSTALLERS[name]["how"].split(), INSTALLERS[name][thing]
    sudo = _as_root(name)
    if sudo is None:
        say(f"{package} is missing, and installing it needs a password. Run this, then try again:")
        say(f"  sudo {name} {' '.join(how)} {package}")
        return False
    say(f"installing {package} with {name}")
    if name == "apt-get":
        call(*sudo, name, "update", "-qq")
    return call(*sudo, name, *how, package, DEBIAN_FRONTEND="noninteractive") == 0


def _as_root(installer: str) -> tuple[str, ...] | None:
    """Return what to write before a command that installs; None where it needs a password."""
    if installer == "brew" or (hasattr(os, "geteuid") and os.geteuid() == 0):
        return ()
    return None if output("sudo", "-n", "true") is None else ("sudo", "-n")


def starts(path: str) -> bool:
    """Say whether a browser shows a page. A file that is there may still miss a library."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        fresh = (f"--user-data-dir={profile}", "--dump-dom", "data:text/html,<p>it-starts")
        return "it-starts" in (output(path, *CHROMIUM_FLAGS, *fresh, seconds=60) or "")


def find_chromium() -> str | None:
    """Return the path of the first Chromium that starts; only `SCREENER_CHROMIUM` when set."""
    given = os.environ.get("SCREENER_CHROMIUM")
    paths = map(shutil.which, (given,) if given else CHROMIUMS)
    return next((path for path in paths if path and starts(path)), None)


def playwright_chromium(python: object) -> str | None:
    """Let Playwright download a Chromium: the last way, where the system has none to give."""
    say("asking Playwright for a Chromium")
    if call(python, "-m", "playwright", "install", "--with-deps", "chromium"):
        return None
    ask = "from playwright.sync_api import sync_playwright as s\n"
    ask += "with s() as p: print(p.chromium.executable_path)"
    path = (output(python, "-c", ask) or "").strip()
    return path if path and starts(path) else None


def need_chromium(python: object) -> str:
    """Return the path of a Chromium that starts, installing one where there is none."""
    if output(python, "-m", "playwright", "--version") is None:
        install(LIBATOMIC)  # Playwright's own node rests on it
    path = find_chromium()
    if not path and "SCREENER_CHROMIUM" not in os.environ:
        path = (install(CHROMIUM) and find_chromium()) or playwright_chromium(python)
    if not path:
        sys.exit(
            "dev.py: the tests need a Chromium that starts, and there is none here. "
            "Install Chromium or Chrome, or set SCREENER_CHROMIUM to its path."
        )
    return path


def find_headless() -> str | None:
    """Return the path of a Chromium without windows; none beside a browser that was named."""
    given = "" if "SCREENER_CHROMIUM" in os.environ else HEADLESS
    path = shutil.which(os.environ.get("SCREENER_HEADLESS", given))
    return path if path and starts(path) else None


def want_headless() -> str:
    """Return the path of a Chromium without windows, or nothing: what it does, any other can do.

    It is installed where that takes neither a password nor a download in vain.
    """
    path = find_headless()
    asked = {"SCREENER_CHROMIUM", "SCREENER_HEADLESS"} & os.environ.keys()
    if not path and not asked and shutil.which("apt-get") and _as_root("apt-get") is not None:
        none_read = not any(APT_LISTS.glob("*_Packages*"))
        if none_read or output("apt-cache", "show", HEADLESS) is not None:
            path = find_headless() if install("headless") else None
    return path or ""


def find_postgres() -> str | None:
    """Return the folder of the newest PostgreSQL's programs; only `SCREENER_POSTGRES` when set."""
    given, on_path = os.environ.get("SCREENER_POSTGRES"), shutil.which("postgres")
    folders = [given] if given else _postgres_folders()
    if on_path and not given:
        folders.append(str(Path(on_path).resolve().parent))
    versions = {folder: postgres_version(folder) for folder in folders}
    newest = max(versions, key=versions.__getitem__, default="")
    return newest if versions.get(newest, 0) >= OLDEST_POSTGRES else None


def _postgres_folders() -> list[str]:
    return [
        str(found) for top, below in POSTGRES_FOLDERS.items() for found in Path(top).glob(below)
    ]


def postgres_version(folder: str) -> int:
    """Return the version of the PostgreSQL in a folder; 0 when it cannot make and start one."""
    said = [output(f"{folder}/{program}", "--version") for program in ("initdb", "postgres")]
    found = re.search(r"\) (\d+)", said[1] or "") if all(said) else None
    return int(found[1]) if found else 0


def need_postgres() -> str:
    """Return the folder of PostgreSQL's programs, installing it where there is none."""
    folder = find_postgres()
    if not folder and "SCREENER_POSTGRES" not in os.environ:
        folder = find_postgres() if install(POSTGRES) else None
    if not folder:
        sys.exit(
            f"dev.py: the tests need PostgreSQL {OLDEST_POSTGRES} or newer, and none is here. "
            "Install it, or set SCREENER_POSTGRES to the folder that holds initdb and postgres."
        )
    return folder


def folder_in_memory() -> str | None:
    """Return a folder whose files are in memory, if there is one with room where programs run."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    at = os.statvfs(MEMORY)
    fits = at.f_bavail * at.f_frsize >= ROOM and not at.f_flag & os.ST_NOEXEC
    return str(MEMORY) if fits else None


def need_all(python: object) -> dict[str, str]:
    """Return where all that the tests need is, as they look for it in the environment."""
    found = {"SCREENER_HEADLESS": want_headless(), "SCREENER_CHROMIUM": need_chromium(python)}
    found["SCREENER_POSTGRES"] = need_postgres()
    quick = folder_in_memory()
    return found | ({"TMPDIR": quick} if quick else {})
