"""A fault that is planted in a copy of the content is found, and told as a patient."""

import pytest

from tests.rules.proof.conftest import Spoilt

SAFETY, PRESSURE, PAST = (
    "rules/1_safety.yaml",
    "rules/4_blood_pressure_and_heart.yaml",
    "rules/6_past_treatment.yaml",
)

PLAN = """- id: si_plan
        kind: one
        options: ["yes", "no", not_sure, prefer_not]
        """

GATE = """safe_today == 'no'"
    level: now"""

FAULTS = [
    (
        "suicide-item-shows-help",
        SAFETY,
        (
            "when: \"self_harm == 'yes'\"\n    level: first\n    if_unknown: first",
            "when: \"self_harm == 'yes'\"\n    level: first",
        ),
        "no full crisis block",
    ),
    (
        "edge-of-diastolic",
        PRESSURE,
        ('"bp_diastolic >= limit.bp_first_dia"', '"bp_diastolic > limit.bp_first_dia"'),
        "R-BP-HIGH does not fire",
    ),
    (
        "higher-never-calmer",
        PRESSURE,
        ('- "bp_diastolic >= limit.bp_first_dia"', '- "bp_diastolic == limit.bp_first_dia"'),
        "is shown calmer than",
    ),
    (
        "unknown-never-calmer",
        "rules/1_safety.yaml",
        (f"{GATE}\n    if_unknown: now", GATE),
        "safe_today: 'Not answered' is shown calmer than no",
    ),
    (
        "unsure-still-asks",
        "questions/6_safety.yaml",
        (f"{PLAN}ask_if", f"{PLAN}ask_only_if"),
        "si_plan is not asked",
    ),
    (
        "open-rules-are-covered",
        "rules/3_vessels_and_brain.yaml",
        (
            "when: \"memory_dx == 'yes'\"\n    level: first\n    if_unknown: discuss",
            "when: \"memory_dx == 'yes'\"\n    level: first",
        ),
        "R-BRN-COG is open, and nothing says so",
    ),
    (
        "limits-keep-their-bounds",
        "limits.yaml",
        ('  - "bp_first_sys <= bp_first_sys_65"\n', ""),
        "a clinic can set limits that break bp_first_sys <= bp_first_sys_65",
    ),
    (
        "no-limit-silences-a-rule",
        "limits.yaml",
        ('default: "2"\n    low: "2"\n    high: "4"', 'default: "2"\n    low: "2"\n    high: "40"'),
        "R-TRX-2PLUS can never fire when limits are set to",
    ),
    (
        "every-part-can-hold",
        PRESSURE,
        (
            '- "bp_diastolic < limit.bp_first_dia"',
            "- \"bp_diastolic < limit.bp_first_dia or (bp_dx == 'no' and bp_above_goal == 'yes')\"",
        ),
        "a part of R-BP-ELEV can never hold: bp_dx == 'no' and bp_above_goal == 'yes'",
    ),
]


@pytest.mark.parametrize(("check", "file", "slip", "told"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_is_found(
    spoilt: Spoilt, check: str, file: str, slip: tuple[str, str], told: str
) -> None:
    found = spoilt([check], file, slip)[check]

    assert "failed" == found.state
    assert told in "\n".join(found.faults)


def test_an_exception_that_is_not_needed_is_found(spoilt: Spoilt) -> None:
    group = "concern-never-calmer"
    slip = ("- question: ride_home\n", "- question: memory_dx\n")

    told = "\n".join(spoilt([group], "promises.yaml", slip)[group].faults)

    assert "the exception for memory_dx is not needed" in told
    assert "ride_home: 'Yes' is shown calmer than no" in told


def test_a_promise_that_nobody_can_call_in_is_found(spoilt: Spoilt) -> None:
    name = "edge-of-diastolic"
    when = '"bp_diastolic == limit.bp_first_dia"'
    slip = (f"when: {when}", f"when:\n      all: [{when}, \"bp_known == 'no'\"]")

    faults = spoilt([name], "promises.yaml", slip)[name].faults

    assert ("nobody can meet this condition, so the promise says nothing",) == faults
