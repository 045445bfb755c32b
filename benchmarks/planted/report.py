"""The table of what was planted and what was found."""

import os
import platform
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.faults_table import postgres
from benchmarks.machine import measured, processor
from benchmarks.planted.trying import Verdict
from screener.store.engine.sqlite import newest_sqlite

FILE = Path(__file__).parent.parent / "results" / "planted.md"
INTRODUCTION = """\
# Faults planted in the program, and whether the tests see them

Written by `python -m benchmarks planted --record`; do not edit. Each fault breaks one promise of
[security.md](../../docs/security.md), in a copy of the program ([which](../planted/faults)). Then
the tests that show the promise run, and each must fail by its own assertion. Unbroken, all pass.
"""


def page(verdicts: Sequence[Verdict], seconds: float) -> str:
    """Write the page of a whole run."""
    planted = Counter(one.fault.area for one in verdicts)
    found = Counter(one.fault.area for one in verdicts if not one.missed)
    rows = [f"| {area} | {count} | {found[area]} |" for area, count in planted.items()]
    tests = len({test for one in verdicts for test in one.fault.tests})
    table = ["| promises broken | faults planted | found |", "| --- | ---: | ---: |", *rows]
    total = f"| all, by {tests} tests | {planted.total()} | {found.total()} |"
    quoted = ["<!-- planted -->", here(), "", *table, total, "<!-- /planted -->", ""]
    took = f"{measured()}, in {seconds / 60:.0f} minutes."
    return "\n".join([INTRODUCTION, *quoted, took, "", *told(verdicts), ""])


def told(verdicts: Sequence[Verdict]) -> list[str]:
    """Say what was not found, a line each."""
    missed = [one for one in verdicts if one.missed]
    return [f"- MISSED {one.fault.what}: {why}" for one in missed for why in one.missed] or [
        "Nothing was missed."
    ]


def here() -> str:
    """Name this machine, and what the tests run on."""
    return (
        f"{processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, SQLite {newest_sqlite().sqlite_version}, "
        f"{postgres()}, pytest {version('pytest')}."
    )
