"""What the tests need of the machine: a Chromium that starts, and what Playwright rests on.

Standard library only, because dev.py asks before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

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

# Package manager: how it installs, and what it calls the things that we may need.
INSTALLERS = {
    "apt-get": ("install -y -qq --no-install-recommends", "chromium", "libatomic1", "python3-venv"),
    "dnf": ("install -y -q", "chromium", "libatomic", "python3"),
    "apk": ("add -q", "chromium", "libatomic", "python3"),
    "pacman": ("-Sy --noconfirm --needed", "chromium", "gcc-libs", "python"),
    "brew": ("install -q", "chromium", "gcc", "python3"),
}
CHROMIUM, LIBATOMIC, VENV = 1, 2, 3


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the next command prints."""
    print(f"dev.py: {text}", flush=True)


def call(*command: object, **env: str) -> int:
    """Run a command, its output shown, and return its exit code."""
    done = subprocess.run(list(map(str, command)), env={**os.environ, **env}, check=False)
    return done.returncode


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


def install(thing: int) -> bool:
    """Ask the system's package manager for a thing; say so when it cannot be asked."""
    name = next((name for name in INSTALLERS if shutil.which(name)), None)
    if name is None:
        return False
    how, package = INSTALLERS[name][0].split(), INSTALLERS[name][thing]
    root = name == "brew" or (hasattr(os, "geteuid") and os.geteuid() == 0)
    if not root and output("sudo", "-n", "true") is None:
        say(f"{package} is missing, and installing it needs a password. Run this, then try again:")
        say(f"  sudo {name} {' '.join(how)} {package}")
        return False
    sudo = () if root else ("sudo", "-n")
    say(f"installing {package} with {name}")
    if name == "apt-get":
        call(*sudo, name, "update", "-qq")
    return call(*sudo, name, *how, package, DEBIAN_FRONTEND="noninteractive") == 0


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
