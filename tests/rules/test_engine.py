"""What the engine says: generated and interpreted alike, with reasons that are right."""

import ast
import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from rules.compiler import compile_rules, generate
from rules.conditions import tree
from rules.conditions.checks import holds_unknown
from rules.engine import interpret
from rules.interpreter import weigh
from rules.kinds import Kind
from rules.logic import NO, UNKNOWN, YES
from rules.look import Look
from tests.rules.drawing import CONTENT, QUESTIONS, Answers, clinics, patients
from tests.rules.patients import BASE, evaluated, found, patient


@settings(max_examples=300, deadline=None)
@given(patients(), clinics())
def test_the_generated_function_and_the_interpreter_agree(
    answers: Answers, limits: rules.Limits
) -> None:
    facts = rules.walk(CONTENT, answers, limits).facts

    decided = CONTENT.decide(facts, limits.values_in_order)

    assert interpret(CONTENT, facts, limits.numbers) == decided


@settings(max_examples=150, deadline=None)
@given(patients(), st.sets(st.sampled_from(sorted(QUESTIONS)), min_size=1), clinics())
def test_more_answers_never_overturn_a_verdict(
    answers: Answers, hidden: set[str], limits: rules.Limits
) -> None:
    facts = rules.walk(CONTENT, answers, limits).facts
    known = [rule for rule in CONTENT.rules if not holds_unknown(rule.when)]
    early = facts | dict.fromkeys(hidden & facts.keys())

    for rule in known:
        before = weigh(rule.when, Look(early, limits.numbers)).truth
        after = weigh(rule.when, Look(facts, limits.numbers)).truth
        assert before in {UNKNOWN, after}


@settings(max_examples=150, deadline=None)
@given(patients(), st.sets(st.sampled_from(sorted(QUESTIONS)), max_size=4), clinics())
def test_what_a_page_has_to_do_with_is_found_on_it_and_nothing_else(
    answers: Answers, on: set[str], limits: rules.Limits
) -> None:
    path = rules.walk(CONTENT, answers, limits)

    of_all = rules.interrupting(CONTENT, path, limits)
    of_page = rules.interrupting(CONTENT, path, limits, on)

    assert tuple(one for one in of_all if on & one.rule.reads) == of_page
    assert [] == [one for one in of_all if on & set(one.because) and one not in of_page]


OURS = {"facts", "limits", "get", "entry", "sum", "token"}
OURS |= {"OFF", "NAN", "NOT", "UNASKED", "UNSURE", "SILENT"}


def test_no_text_of_an_author_reaches_the_generated_code() -> None:
    source, _ = generate((rule.when for rule in CONTENT.rules), CONTENT.limits)

    nodes = list(ast.walk(ast.parse(source)))

    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    constants = {type(node.value) for node in nodes if isinstance(node, ast.Constant)}
    assert OURS >= {name for name in names if not re.fullmatch(r"[nkl]\d+h?", name)}
    assert {"get", "isdisjoint"} >= attributes
    assert {int, type(None)} >= constants


def test_a_condition_as_deep_as_definitions_can_make_it_stays_within_what_python_reads() -> None:
    known = ("yes", "no")
    deep: tree.Condition = tree.Chosen(tree.Ref("q", Kind.ONE), ("yes",), False, known)  # noqa: FBT003 - not negated
    for _ in range(150):
        deep = tree.Not(deep)

    source, _ = generate([deep], [])
    decide = compile_rules([deep], [])

    assert max(line.count("(") for line in source.split("\n")) < 60
    assert [(YES,), (NO,), (UNKNOWN,)] == [decide({"q": q}, ()) for q in ("yes", "no", None)]


BECAUSE = [
    ("R-SUI-INTENT", {"si_active": "yes", "si_plan": "yes"}, ("si_plan",)),
    (
        "R-SUI-INTENT",
        {"si_active": "yes", "si_plan": "no", "si_intent": "not_sure"},
        ("si_intent",),
    ),
    ("R-SUI-ACTIVE", {"si_active": "prefer_not"}, ("si_active", "si_method", "means_near")),
    ("R-SUI-ATT-RECENT", {"sa_ever": "yes", "sa_when": "not_sure"}, ("sa_ever", "sa_when")),
    ("R-SUI-ATT-RECENT", {"sa_ever": "yes", "sa_when": "past_3m"}, ("sa_when",)),
    ("R-AGE-U18", {"age_years": None}, ("age_years",)),
    ("R-HRT-REDFLAG", {"red_flags_now": ["fainted"]}, ("red_flags_now",)),
    (
        "R-BP-HIGH",
        {"bp_systolic": 150, "bp_diastolic": 95},
        ("bp_systolic", "age_years", "bp_diastolic"),
    ),
    ("R-MED-COMBO", {"opioid_med": "yes", "alcohol": "heavy"}, ("opioid_med", "alcohol")),
    ("R-RSP-HI", {"osa": "treated", "weight_kg": 120}, ("osa", "weight_kg", "height_cm")),
    ("R-TRX-2PLUS", {}, ("med_trials[0]", "med_trials[1]")),
    ("R-TRX-UNCLEAR", {"med_trials": []}, ("med_trials",)),
    ("R-TRX-LT2", {"antidep_ever": "no"}, ("antidep_ever",)),
    ("R-INF-NOTDX", {}, ()),
]


@pytest.mark.parametrize(("rule", "differs", "because"), BECAUSE)
def test_a_finding_names_the_answers_that_made_it(
    content: rules.Content, rule: str, differs: dict[str, object], because: tuple[str, ...]
) -> None:
    assert because == found(evaluated(content, **differs), rule).because


def test_an_unclear_entry_is_named_and_the_clear_ones_are_not(content: rules.Content) -> None:
    sure, unsure = BASE["med_trials"][0], BASE["med_trials"][1] | {"helped": "not_sure"}
    short = unsure | {"duration": "lt_4w"}

    unclear = found(evaluated(content, med_trials=[short, unsure, sure]), "R-TRX-UNCLEAR")

    assert ("med_trials[1]",) == unclear.because


def test_an_undecided_finding_says_so_in_the_words_of_its_kind(content: rules.Content) -> None:
    result = evaluated(content, si_now="not_sure", red_flags_now=["not_sure"], avm="not_sure")

    for rule, kind in [
        ("R-SUI-NOW", "safety"),
        ("R-HRT-REDFLAG", "symptoms"),
        ("R-VAS-AVM", "other"),
    ]:
        finding = found(result, rule)
        words = content.words.unknown[kind]
        assert finding.undecided
        assert words.patient.replace("{topic}", finding.rule.title) == finding.patient
        assert f"{words.clinician} {finding.rule.clinician}" == finding.clinician
        assert finding.rule.ask == finding.ask


def test_the_level_of_an_undecided_finding_is_its_own(content: rules.Content) -> None:
    finding = found(evaluated(content, age_years=None), "R-AGE-U18")

    assert (rules.Level.FIRST, rules.Level.DISCUSS) == (finding.rule.level, finding.level)


def test_an_undecided_rule_without_a_level_for_it_is_not_shown(content: rules.Content) -> None:
    result = evaluated(content, age_years=None)

    assert "R-AGE-YOUNG" not in {finding.rule.id for finding in result.findings}


def test_blocks_stand_for_undecided_findings_too(content: rules.Content) -> None:
    assert evaluated(content, red_flags_now=["not_sure"]).emergency
    assert "full" == evaluated(content, self_harm="prefer_not").crisis
    assert "soft" == evaluated(content, sa_ever="yes", sa_when="gt_5y").crisis


def test_a_rule_must_be_frozen(content: rules.Content) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        content.rules[0].patient = "changed"  # type: ignore[misc]


def test_no_clinic_can_switch_off_a_safety_rule(content: rules.Content) -> None:
    answers = patient(content, si_now="yes", bp_systolic=200, bp_diastolic=130)
    for limit in content.limits.values():
        for value in (limit.low, limit.high):
            try:
                limits = content.limits.with_values({limit.id: value})
            except rules.LimitError:
                continue
            shown = {
                finding.rule.id for finding in rules.evaluate(content, answers, limits).findings
            }
            assert {"R-SUI-NOW", "R-BP-CRISIS", "R-BP-HIGH"} <= shown
