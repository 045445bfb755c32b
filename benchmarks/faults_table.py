"""The table of faults: each command writes its own rows, and leaves those of the others.

A row is written when it is asked for with `--record`, and only when the run was as long as is
promised: what a short run shows stands nowhere.
"""

import argparse
import os
import platform
import subprocess
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from benchmarks.machine import measured, processor
from benchmarks.patients.told import Told
from screener.store.engine.sqlite import newest_sqlite
from tests.machine import find_postgres

FILE = Path(__file__).parent / "results" / "faults.md"
START, END = "<!-- faults -->", "<!-- /faults -->"  # around what the README quotes
HEAD = (
    "what was done",
    "times",
    "forms kept",
    "lost",
    "wrong answers",
    "measured",
    "each test run",
)
PACKAGES = ("flask", "waitress", "sqlalchemy", "psycopg")
INTRODUCTION = """\
# What was lost, and what broke

Each row is written by its command, with `--record`; do not edit. *Forms kept* are those that the
server said it has kept, or sent to the clinic; *lost* counts answers, and whole drafts, that were
not there afterwards; *wrong answers* are those of 500 and above, tracebacks, and pages that no
patient should see.
"""


@dataclass(frozen=True)
class Kind:
    """One thing that is tried.

    Attributes:
        what: in words; a row is known by them.
        least: how often, at the least, for the row to stand in the table.
        test: does the same for a moment, in each test run.
        must_lose: it shows that the others could lose something.
    """

    what: str
    least: int
    test: str
    must_lose: bool = field(default=False, kw_only=True)


KINDS = {
    "kills sqlite": Kind("SIGKILL of the server, SQLite", 100, "test_kills.py"),
    "kills postgres": Kind("SIGKILL of the server, or of PostgreSQL", 20, "test_kills.py"),
    "power": Kind("power cut: what was not synced is gone, SQLite", 50, "test_power.py"),
    "control": Kind(
        "the same, with a database that waits for no disk",
        10,
        "test_power.py",
        must_lose=True,
    ),
    "full disk": Kind("full disk, and room again", 10, "test_outages.py"),
    "read-only disk": Kind("disk turns read-only, and back", 10, "test_outages.py"),
    "read-only PostgreSQL": Kind("PostgreSQL turns read-only, and back", 10, "test_outages.py"),
    "PostgreSQL away": Kind("PostgreSQL away, and back", 10, "test_outages.py"),
    "two processes": Kind("SIGKILL of one of two servers on one database", 10, "test_outages.py"),
    "fuzz": Kind("requests that no browser sends, every route", 100_000, "test_fuzz_http.py"),
}


def option(parser: argparse.ArgumentParser) -> None:
    """Let a command be asked to write its rows."""
    parser.add_argument("--record", action="store_true", help=f"write the rows of {FILE.name}")


def refuse_short(parser: argparse.ArgumentParser, name: str, times: int) -> None:
    """End a command that is to write a row for less than the table promises."""
    if times < KINDS[name].least:
        parser.error(f"--record: the table promises {KINDS[name].least}, and this is {times}")


def row_of(name: str, told: Told) -> str:
    """Write the row of a run in which patients worked."""
    kept = f"{told.acknowledged:,}, {told.sent:,} of them sent"
    return row(name, told.times, kept, f"{len(told.lost):,}", told.wrong)


def row(name: str, times: int, kept: str, lost: str, wrong: int) -> str:
    """Write a row."""
    kind = KINDS[name]
    written = (kind.what, f"{times:,}", kept, lost, f"{wrong:,}", measured(), f"`{kind.test}`")
    return f"| {' | '.join(written)} |"


def record(rows: list[str], file: Path = FILE) -> None:
    """Put rows into the table in the place of those for the same; the others stay.

    Those that were measured elsewhere, or with other versions, go.
    """
    before = file.read_text("utf-8") if file.exists() else ""
    kept = rows_in(before) if here() in before else []
    found = {what_of(one): one for one in (*kept, *rows)}
    ordered = [found[kind.what] for kind in KINDS.values() if kind.what in found]
    line = "| --- | ---: | ---: | ---: | ---: | --- | --- |"
    table = [f"| {' | '.join(HEAD)} |", line, *ordered]
    file.write_text("\n".join([INTRODUCTION, START, here(), "", *table, END, ""]), "utf-8")


def unkept(line: str) -> list[str]:
    """Say what in a row is not as it is promised."""
    what, times, _kept, lost, wrong, *_ = cells(line)
    kind = next((one for one in KINDS.values() if one.what == what), None)
    if kind is None:
        return [f"nothing writes a row for: {what}"]
    found = []
    if int(times.replace(",", "")) < kind.least:
        found.append(f"{what}: less often than {kind.least}")
    if (lost not in {"", "0"}) != kind.must_lose:
        found.append(f"{what}: {lost} lost")
    if wrong != "0":
        found.append(f"{what}: {wrong} wrong answers")
    return found


def rows_in(page: str) -> list[str]:
    """Find the rows of a page."""
    table = page.partition(START)[2].partition(END)[0]
    return [line for line in table.splitlines() if line.startswith("|")][2:]


def what_of(line: str) -> str:
    """Say what a row is about."""
    return cells(line)[0]


def cells(line: str) -> list[str]:
    """Take a row apart."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def here() -> str:
    """Name this machine, and what runs on it."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, SQLite {newest_sqlite().sqlite_version}, "
        f"{postgres()}, {packages}."
    )


def postgres() -> str:
    """Name the PostgreSQL that is used here, and its version."""
    command = [f"{find_postgres()}/postgres", "--version"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return f"PostgreSQL {said.split()[2]}"
