"""The patients of the journeys, as data: what they add to, or change of, the quiet case."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
QUIET = HERE.parent / "cases" / "base.json"


def person(name: str) -> dict[str, Any]:
    """Return the answers of a patient."""
    base: dict[str, Any] = json.loads(QUIET.read_text("utf-8"))
    own: dict[str, Any] = json.loads((HERE / "patients" / f"{name}.json").read_text("utf-8"))
    return base | own
