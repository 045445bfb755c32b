"""Counting across processes: what one has let through, all have."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.screener.store.trier import MOST

TRIER = Path(__file__).with_name("trier.py")
ROOT = Path(__file__).parents[3]


def test_four_hundred_tries_by_four_processes_let_exactly_ten_through(
    around: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    command = [sys.executable, str(TRIER), str(tmp_path)]
    there = {**os.environ, "PYTHONPATH": str(ROOT), **around(tmp_path)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    triers = [subprocess.Popen(command, cwd=ROOT, env=there, **pipes) for _ in range(4)]  # type: ignore[call-overload]
    ready = [trier.stdout.readline().strip() for trier in triers]

    for trier in triers:
        trier.stdin.write("go\n")
        trier.stdin.flush()
    said = [int(trier.communicate(timeout=60)[0]) for trier in triers]

    assert ["ready"] * 4 == ready
    assert MOST == sum(said)
