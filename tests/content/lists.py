"""The lists that content is held against."""

import csv
from pathlib import Path

EXPECTED = Path(__file__).parent / "expected"


def rows(name: str) -> list[dict[str, str]]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
