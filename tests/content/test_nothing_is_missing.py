"""What was written for a clinician to review is what the program holds, no more and no less.

The lists in ``expected/`` were taken from the clinical design once. Whoever changes the content on
purpose changes the list beside it, so that no clinical change slips in with another one.
"""

import re

import pytest

import rules
from tests.content.lists import rows


def number(text: str) -> float | None:
    return float(text) if text else None


def test_the_rules_are_the_74_that_were_written_in_that_order(content: rules.Content) -> None:
    expected = [(row["id"], row["set"] == "core") for row in rows("rules")]

    assert 74 == len(expected)
    assert expected == [(rule.id, rule.core) for rule in content.rules]


@pytest.mark.parametrize("row", rows("rules"), ids=lambda row: row["id"])
def test_a_rule_keeps_its_level_block_and_sources(
    content: rules.Content, row: dict[str, str]
) -> None:
    (rule,) = [rule for rule in content.rules if rule.id == row["id"]]

    assert row["level"] == rule.level
    assert row["if_unknown"] == (rule.if_unknown or "")
    assert row["block"] == rule.block
    assert row["sources"].split() == [citation.source for citation in rule.sources]


def test_the_questions_are_those_that_were_written(content: rules.Content) -> None:
    asked = {question.id for page in content.questionnaire.pages for question in page.questions}

    assert {row["id"] for row in rows("questions")} == asked


@pytest.mark.parametrize("row", rows("questions"), ids=lambda row: row["id"])
def test_a_question_keeps_its_kind_options_and_bounds(
    content: rules.Content, row: dict[str, str]
) -> None:
    question = content.questionnaire.question(row["id"])

    assert row["kind"] == question.kind
    assert row["options"].split() == [option.token for option in question.options]
    assert (number(row["low"]), number(row["high"])) == (question.low, question.high)


@pytest.mark.parametrize("row", rows("questions"), ids=lambda row: row["id"])
def test_a_question_is_always_asked_or_waits_for_its_gate(
    content: rules.Content, row: dict[str, str]
) -> None:
    question = content.questionnaire.question(row["id"])

    assert (
        row["asked_when"]
        == {
            (True, False): "unless surely not",
            (True, True): "only if sure",
            (False, False): "always",
        }[question.ask_if is not None, question.only_if_sure]
    )


def test_the_steps_are_nine(content: rules.Content) -> None:
    assert 9 == len(content.questionnaire.steps)


def test_a_quiet_patient_sees_at_most_30_pages_and_the_busiest_at_most_45(
    content: rules.Content,
) -> None:
    pages = content.questionnaire.pages
    always = [page for page in pages if any(q.ask_if is None for q in page.questions)]

    assert len(always) <= 30
    assert len(pages) <= 45


def test_a_trial_has_its_eight_fields(content: rules.Content) -> None:
    trials = content.questionnaire.question("med_trials")
    fields = {field.id: [option.token for option in field.options] for field in trials.fields}

    assert 20 == trials.most
    assert [row["token"] for row in rows("medicines")] == fields.pop("med")
    assert {
        "med_other": [],
        "dose_mg": [],
        "duration": ["lt_4w", "w4_5", "w6_8", "gt_8w", "not_sure"],
        "this_episode": ["yes", "no", "not_sure"],
        "taken_most_days": ["yes", "no", "not_sure"],
        "helped": ["none", "a_little", "half_or_more", "felt_well", "not_sure"],
        "stop_reason": [
            "still_taking",
            "did_not_help",
            "side_effects",
            "cost_or_supply",
            "felt_better",
            "other",
            "not_sure",
        ],
    } == fields


def test_the_medicines_keep_their_dose_bands_and_marks(content: rules.Content) -> None:
    expected = [
        (row["token"], number(row["clearly_low"]), number(row["meets"]), row["verified"] == "yes")
        for row in rows("medicines")
    ]

    assert 35 == len(expected)
    assert expected == [
        (medicine.token, medicine.clearly_low, medicine.meets, medicine.verified)
        for medicine in content.medicines
    ]


def test_the_limits_keep_their_bounds(content: rules.Content) -> None:
    expected = {
        row["id"]: (int(row["default"]), int(row["low"]), int(row["high"]), row["unit"])
        for row in rows("limits")
    }

    assert 10 == len(expected)
    assert expected == {
        name: (limit.default, limit.low, limit.high, limit.unit)
        for name, limit in content.limits.items()
    }


@pytest.mark.parametrize("row", rows("limits"), ids=lambda row: row["id"])
def test_a_limit_outside_its_bounds_is_refused(content: rules.Content, row: dict[str, str]) -> None:
    for outside in (int(row["low"]) - 1, int(row["high"]) + 1):
        with pytest.raises(rules.LimitError):
            content.limits.with_values({row["id"]: outside})


def test_the_sources_keep_their_marks(content: rules.Content) -> None:
    expected = {row["id"]: row["verified"] == "yes" for row in rows("sources")}

    assert 38 == len(expected)
    assert expected == {name: source.verified for name, source in content.sources.items()}


def test_no_background_text_is_cited(content: rules.Content) -> None:
    questions = [q for page in content.questionnaire.pages for q in page.questions]
    cited = {citation.source for rule in content.rules for citation in rule.sources}
    cited |= {citation.source for question in questions for citation in question.sources}

    assert cited <= content.sources.keys()
    assert [] == [source for source in cited if source.startswith("BG")]


def test_nobody_has_signed_or_the_signature_says_who_and_when(content: rules.Content) -> None:
    assert re.fullmatch(r"|.+, .+, 20\d\d-\d\d-\d\d", content.reviewed_by)
