"""What Screener is made of, and whether any of it is known to be weak, for dev.py.

It runs outside the virtual environment and imports only what comes with Python.
"""

import json
import re
import tempfile
from pathlib import Path
from typing import Any

from tests.machine import call, say

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)|--hash=sha256:([0-9a-f]{64})", re.MULTILINE)
WEAK, UNKNOWN = 1, 2  # exit codes
Pins = dict[tuple[str, str], set[str]]  # name and version, and the hashes of its files


def bill(program: Path, house: Path) -> int:
    """Write dist/screener.cdx.json from the pins of a running Screener, and compare the two."""
    pins, made = house / "requirements" / "runtime.txt", house / "dist" / "screener.cdx.json"
    made.parent.mkdir(exist_ok=True)
    how = ("--pyproject", house / "pyproject.toml", "--output-reproducible", "--of", "JSON")
    # It warns that pins name no dependencies of each other: they are listed flat.
    if code := call(program, "requirements", pins, *how, "-o", made, PYTHONWARNINGS="ignore"):
        return code
    listed, pinned = listed_in(json.loads(made.read_text("utf-8"))), pinned_in(pins)
    if listed != pinned:
        differ = {name for name, _ in {*listed} ^ {*pinned}} or {"their hashes"}
        say(f"{made} and {pins} differ in: {', '.join(sorted(differ))}")
        return 1
    say(f"{made}: {len(listed)} packages, each with the hashes of its files")
    return 0


def audit(program: Path, house: Path, options: list[str]) -> int:
    """Ask whether a pinned package is known to be weak; exit code 2 when that stays unknown."""
    pins = house / "requirements" / "dev.txt"  # holds all of runtime, and the extras
    how = ("--disable-pip", "--require-hashes", "--progress-spinner=off")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        call(program, "-r", pins, *how, "-f", "json", "-o", told, *options)
        written = told.read_text("utf-8") if told.exists() else ""
    return verdict(json.loads(written) if written else {"dependencies": []}, pinned_in(pins))


def verdict(told: dict[str, Any], pins: Pins) -> int:
    """Say what the scan found. A package that nobody could look up was not found to be good.

    Args:
        told: what pip-audit has written.
        pins: all that it was asked about.
    """
    asked = {(one["name"], one.get("version")): one for one in told["dependencies"]}
    weak = {name: found for (name, _), one in asked.items() if (found := one.get("vulns"))}
    for name, found in sorted(weak.items()):
        for one in found:
            fixed = ", ".join(one["fix_versions"]) or "none yet"
            say(f"{name}: {one['id']}, fixed in: {fixed}")
    unknown = sorted(name for (name, _), one in asked.items() if "vulns" not in one)
    if unknown or not asked:
        say(
            f"NOT CHECKED: {len(unknown) or len(pins)} of {len(pins)} packages. "
            "This asks a database of known weaknesses: it needs a network that reaches it."
        )
        return WEAK if weak else UNKNOWN
    elsewhere = f"; {more} more are for other machines" if (more := len({*pins} - {*asked})) else ""
    if not weak:
        say(f"{len(asked)} packages, none with a known weakness{elsewhere}")
    return WEAK if weak else 0


def pinned_in(file: Path) -> Pins:
    """Read what a file of requirements pins."""
    found: Pins = {}
    hashes: set[str] = set()
    for name, version, digest in PIN.findall(file.read_text("utf-8")):
        if digest:
            hashes.add(digest)
        else:
            hashes = found.setdefault((name, version), set())
    return found


def listed_in(told: dict[str, Any]) -> Pins:
    """Read what a bill of materials lists."""
    return {
        (one["name"], one["version"]): {
            digest["content"]
            for place in one.get("externalReferences", ())
            for digest in place.get("hashes", ())
        }
        for one in told["components"]
    }
