"""The tables of what was found, in results/deployed.md."""

import os
import platform
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from benchmarks.deployed.row import Row
from benchmarks.machine import measured, processor

FILE = Path(__file__).parents[1] / "results" / "deployed.md"
INTRODUCTION = """\
# Deployed as the guide says

Written by `python -m benchmarks deployed`; do not edit. It follows docs/deploying.md word for word
on a machine of its own with a real systemd, puts deploy/nginx.conf into a real nginx, and does the
steps of the Containerfile without an engine. Goal: every row holds.
"""
NOT_SHOWN = """\
## What it does not show

- The image itself: no container engine, and the Python of Debian in the place of the base image's.
- Another release of systemd or nginx, and a certificate that somebody else has signed.
- Several hosts on PostgreSQL: the tests show that (`test_roles.py`, `test_split.py`).
"""


def write(found: Mapping[str, list[Row]]) -> None:
    """Write all of it, the short table first, which the README may quote."""
    counts = [
        f"| {name} | {len(rows)} | {sum(not one.holds for one in rows)} |"
        for name, rows in found.items()
    ]
    head = ["| what was done | looked at | not as promised |", "| --- | ---: | ---: |"]
    parts = [INTRODUCTION, "<!-- deployed -->", here(), "", *head, *counts]
    parts += ["<!-- /deployed -->", ""]
    for name, rows in found.items():
        parts += [f"## {name[:1].upper()}{name[1:]}", "", "| promised | found |", "| --- | --- |"]
        parts += [*(f"| {one.what} | {said(one)} |" for one in rows), ""]
    FILE.write_text("\n".join([*parts, NOT_SHOWN]), "utf-8")


def said(row: Row) -> str:
    """Say what was found, so that a row that does not hold cannot be overlooked."""
    found = row.found.replace("|", "/").replace("\n", " ")
    return found if row.holds else f"**missed:** {found}"


def here() -> str:
    """Name this machine, and what runs on it."""
    return (
        f"{processor()}, {os.cpu_count()} cores, {platform.system()}; {version('nginx', '-v')}, "
        f"{version('systemctl', '--version')}, Python {platform.python_version()}, "
        f"{measured()}."
    )


def version(program: str, option: str) -> str:
    """Say which version of a program is here."""
    done = subprocess.run([program, option], check=False, capture_output=True, text=True)
    number = re.search(r"\d[\d.]*", done.stdout + done.stderr)
    return f"{program.replace('ctl', 'd')} {number[0] if number else 'unknown'}"
