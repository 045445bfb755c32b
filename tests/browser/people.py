"""The patients of the journeys, as data: what they add to, or change of, the quiet case."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
QUIET = HERE.parent / "cases" / "base.json"


def person(*names: str) -> dict[str, Any]:
    """Return the answers of a patient; what is named later wins."""
    answers: dict[str, Any] = json.loads(QUIET.read_text("utf-8"))
    for name in names:
        answers |= json.loads((HERE / "patients" / f"{name}.json").read_text("utf-8"))
    return answers
