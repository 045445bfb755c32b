"""Each follow-up opens for the answers it should open for, and for no others."""

import pytest

import rules

USED = ["clinic", "home", "anaesthesia", "not_prescribed"]
HEART = [
    "heart_attack",
    "angina_or_blocked_artery",
    "heart_failure",
    "heart_rhythm",
    "heart_valve",
    "other",
]
TREATMENTS = ["talk_therapy", "tms", "ect", "vns", "light", "other"]
YES_NO_GATES = {
    "med_trials": "antidep_ever",
    "add_on_meds": "antidep_ever",
    "bp_meds": "bp_dx",
    "bp_above_goal": "bp_dx",
    "bp_crisis_hx": "bp_dx",
    "aneurysm_where": "aneurysm",
    "aneurysm_repaired": "aneurysm",
    "psychosis_now": "psychosis_ever",
    "psychosis_dx": "psychosis_ever",
    "si_method": "si_active",
    "si_intent": "si_active",
    "si_plan": "si_active",
    "sa_when": "sa_ever",
}
EITHER_GATES = {
    "mania_now": ("bipolar_dx", "bipolar_2", "mania_ever"),
    "mania_from_med": ("bipolar_dx", "bipolar_1", "mania_ever"),
    "mood_stab": ("bipolar_dx", "bipolar_type_unknown", "mania_ever"),
    "means_near": ("si_active", "yes", "si_passive"),
    "trusted_person": ("si_active", "yes", "si_passive"),
}
READING = ["bp_systolic", "bp_diastolic", "bp_when", "bp_where"]

OPENS = [
    *(
        (follow, {gate: answer})
        for follow, gate in YES_NO_GATES.items()
        for answer in ("yes", None)
    ),
    *((follow, {gate: "not_sure"}) for follow, gate in YES_NO_GATES.items()),
    *((follow, {a: yes, b: "no"}) for follow, (a, yes, b) in EITHER_GATES.items()),
    *((follow, {a: "no", b: "yes"}) for follow, (a, _, b) in EITHER_GATES.items()),
    *((follow, {a: "no", b: "prefer_not"}) for follow, (a, _, b) in EITHER_GATES.items()),
    *((follow, {a: None, b: "no"}) for follow, (a, _, b) in EITHER_GATES.items()),
    *((follow, {"bp_known": "yes"}) for follow in READING),
    *(("nondrug_helped", {"nondrug": [treatment]}) for treatment in TREATMENTS),
    *(("ket_helped", {"ket_before": [use]}) for use in ("clinic", "home")),
    *((follow, {"ket_before": [u]}) for follow in ("ket_problems", "ket_last") for u in USED),
    ("mi_when", {"heart_hx": ["heart_valve", "heart_attack"]}),
    *(("heart_changed", {"heart_hx": [problem]}) for problem in HEART),
    ("heart_changed", {"heart_hx": ["not_sure"]}),
    ("heart_changed", {"heart_hx": None}),
]
STAYS_SHUT = [
    *((follow, {gate: "no"}) for follow, gate in YES_NO_GATES.items()),
    *((follow, {a: "no", b: "no"}) for follow, (a, _, b) in EITHER_GATES.items()),
    *((follow, {"bp_known": known}) for follow in READING for known in ("no", "not_sure", None)),
    *(("nondrug_helped", {"nondrug": answer}) for answer in (["none"], ["not_sure"], None)),
    *(("ket_helped", {"ket_before": [use]}) for use in ("anaesthesia", "not_prescribed", "none")),
    *(
        (follow, {"ket_before": answer})
        for follow in ("ket_problems", "ket_last")
        for answer in (["none"], ["not_sure"], ["prefer_not"], None)
    ),
    ("mi_when", {"heart_hx": ["heart_valve"]}),
    ("mi_when", {"heart_hx": ["not_sure"]}),
    ("heart_changed", {"heart_hx": ["none"]}),
]


def asked(content: rules.Content, raw: dict[str, object]) -> frozenset[str]:
    return rules.walk(content, rules.read_answers(content, raw)).asked


@pytest.mark.parametrize(("follow", "answers"), OPENS)
def test_a_follow_up_opens(content: rules.Content, follow: str, answers: dict[str, object]) -> None:
    assert follow in asked(content, answers)


@pytest.mark.parametrize(("follow", "answers"), STAYS_SHUT)
def test_a_follow_up_stays_shut(
    content: rules.Content, follow: str, answers: dict[str, object]
) -> None:
    assert follow not in asked(content, answers)


def test_each_follow_up_is_tried_both_ways(content: rules.Content) -> None:
    gated = {q.id for page in content.questionnaire.pages for q in page.questions if q.ask_if}

    assert gated == {follow for follow, _ in OPENS} == {follow for follow, _ in STAYS_SHUT}
