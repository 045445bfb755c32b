#!/usr/bin/env python3
"""Run and test Screener from a bare checkout: `python3 dev.py run`, `python3 dev.py test`.

Needs Python 3.11 and nothing else. It makes a virtual environment in .venv from the pinned,
hashed versions in requirements/, and for the tests finds a Chromium that starts and a PostgreSQL,
or asks the system's package manager for them. `make run` and `make test` call it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from pathlib import Path

from tests import machine, supply
from tests.machine import call, output, say

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
WINDOWS = os.name == "nt"

CHECKS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("lint-imports",),
    ("screener", "check"),
)
# A worker for each core, with a browser and a PostgreSQL of its own; whoever is done helps out.
TESTS = ("python", "-m", "pytest", "-n=auto", "--maxprocesses=4", "--dist=worksteal")


def tool(name: str) -> Path:
    """Return the path of a program of the virtual environment."""
    return VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name


def make_venv() -> None:
    """Make the virtual environment, unless one is there that works."""
    if output(tool("python"), "-m", "pip", "--version"):
        return
    say("making a virtual environment in .venv")
    command = (sys.executable, "-m", "venv", "--clear", VENV)
    made = output(*command) is not None
    if not made and machine.install(machine.VENV):
        made = output(*command) is not None
    if not made:
        sys.exit(
            "dev.py: this Python cannot make a virtual environment. "
            "On Debian and Ubuntu: sudo apt-get install python3-venv"
        )


def stamp(pins: Path) -> str:
    """Return all that an installation depends on, as one hash."""
    parts = [sys.version.encode(), os.fsencode(HERE)]
    parts += [path.read_bytes() for path in (pins, HERE / "pyproject.toml")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def installed(name: str) -> bool:
    """Say whether the pins of this name are what the virtual environment holds."""
    mark = VENV / f"installed-{name}"
    pins = HERE / "requirements" / f"{name}.txt"
    return mark.is_file() and mark.read_text() == stamp(pins) and tool("python").exists()


def install(name: str) -> None:
    """Install the pinned packages and this checkout, unless that is already done."""
    if installed(name) or (name == "runtime" and installed("dev")):  # dev holds all of runtime
        return
    make_venv()
    pins = HERE / "requirements" / f"{name}.txt"
    say(f"installing what requirements/{name}.txt names (the first time takes a minute)")
    pip = (tool("python"), "-m", "pip", "install", "-q", "--disable-pip-version-check")
    if call(*pip, "--no-input", "--require-hashes", "-r", pins):
        sys.exit("dev.py: pip could not install the packages; its reason stands above.")
    if call(*pip, "--no-input", "--no-deps", "--no-build-isolation", "-e", HERE):
        sys.exit("dev.py: pip could not install Screener itself; its reason stands above.")
    (VENV / f"installed-{name}").write_text(stamp(pins))


def run(extra: list[str]) -> int:
    """Start Screener on this machine; arguments go to `screener serve`."""
    install("runtime")
    command = [str(tool("screener")), "serve", *extra]
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 - in our place, so that signals reach it
    return call(*command)


def test(extra: list[str]) -> int:
    """Check style, types, imports and content, then run the tests; arguments go to pytest."""
    install("dev")
    around = machine.need_all(tool("python"))
    types = machine.begun(tool("mypy"))  # beside the others: it keeps one core busy for a while
    failed = [" ".join(check) for check in CHECKS if ran(*check)]
    if code := ran(*TESTS, *extra, **around):
        failed.append(f"pytest (ended by signal {-code})" if code < 0 else "pytest")
    say("mypy")
    if machine.ended(types):
        failed.append("mypy")
    say(f"FAILED: {', '.join(failed)}" if failed else "all checks and tests passed")
    return 1 if failed else 0


def ran(name: str, *options: str, **env: str) -> int:
    """Say which program of the virtual environment comes now, run it, and return its exit code."""
    say(" ".join((name, *options)))
    return call(tool(name), *options, **env)


def cover(extra: list[str]) -> int:
    """Run the tests and print which lines and branches they miss; arguments go to pytest."""
    install("dev")
    coverage = (tool("python"), "-m", "coverage")
    around = machine.need_all(tool("python"))
    code = call(*coverage, "run", "-m", "pytest", *extra, **around)
    return code or call(*coverage, "combine", "-q") or call(*coverage, "report")


def bench(extra: list[str]) -> int:
    """Run the benchmarks and print their tables; arguments go to `benchmarks`."""
    install("dev")
    install("bench")
    return call(tool("python"), "-m", "benchmarks", *extra)


def bom(_extra: list[str]) -> int:
    """Write what a running Screener is made of to dist/, as CycloneDX, with every hash."""
    install("supply")
    return supply.bill(tool("cyclonedx-py"), HERE)


def audit(extra: list[str]) -> int:
    """Ask whether any pinned package has a known weakness; needs a network."""
    install("supply")
    return supply.audit(tool("pip-audit"), HERE, extra)


def lock(extra: list[str]) -> int:
    """Write requirements/ afresh from pyproject.toml; `--upgrade` takes newer versions."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("dev.py: this needs uv: python3 -m pip install uv")
    how = ("--universal", "--generate-hashes", "--no-header", "--python-version=3.11", "-q")
    sources = {
        "dev": ("pyproject.toml", "--group=dev"),
        "runtime": ("pyproject.toml", "--group=build"),
        "bench": ("--group=bench",),
        "supply": ("--group=supply",),
    }
    alike = ("-c", "requirements/dev.txt")
    for name, source in sources.items():
        more = extra if name == "dev" else alike
        pins = f"requirements/{name}.txt"
        if code := call(uv, "pip", "compile", *source, *how, *more, "-o", pins):
            return code
    return 0


COMMANDS = {command.__name__: command for command in (run, test, cover, bench, bom, audit, lock)}


def main() -> int:
    """Read the command line and do what it names."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets this far, and a clear word
        sys.exit(f"dev.py: Screener needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    parser = argparse.ArgumentParser(description="Run and test Screener from a checkout.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.__doc__, add_help=False)
    given, extra = parser.parse_known_args()
    os.chdir(HERE)
    return COMMANDS[given.command](extra)


if __name__ == "__main__":
    sys.exit(main())
