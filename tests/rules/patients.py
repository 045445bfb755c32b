"""The worked patients, and what is said of them."""

import json
from pathlib import Path
from typing import Any

import rules

CASES = Path(__file__).parents[1] / "cases"
ALWAYS = {"R-INF-NOTDX", "R-INF-BRING"}

BASE: dict[str, Any] = json.loads((CASES / "base.json").read_text("utf-8"))
WORKED: list[dict[str, Any]] = json.loads((CASES / "worked.json").read_text("utf-8"))
PAIRS: dict[str, dict[str, Any]] = json.loads((CASES / "pairs.json").read_text("utf-8"))


def patient(content: rules.Content, **differs: object) -> dict[str, rules.Value]:
    """The quiet patient, with some answers changed."""
    return rules.read_answers(content, BASE | differs)


def evaluated(content: rules.Content, **differs: object) -> rules.Result:
    return rules.evaluate(content, patient(content, **differs))


def fired(result: rules.Result) -> set[str]:
    """The ids of the findings; a question mark says that one could not be decided."""
    return {finding.rule.id + "?" * finding.undecided for finding in result.findings}


def found(result: rules.Result, rule: str) -> rules.Finding:
    return next(finding for finding in result.findings if finding.rule.id == rule)
