"""The shipped rules as one would write them by hand, for patients who answered everything.

Plain booleans that stop as early as they can. What is not known is not kept apart here:
a missing answer reads as "no", which is exactly what the product must never do. So this is
the least work that could give the same result on answers that are complete, and nothing else.
"""

# ruff: noqa: D103, PLR2004 - the rules are explained, and their numbers named, in rules/content

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]
Limits = Mapping[str, int]
Get = Callable[..., Any]
WARNINGS = {"chest_pain", "trouble_breathing", "sudden_bad_headache", "weak_or_numb_one_side"}
WARNINGS |= {"trouble_speaking_or_confused", "sudden_vision_change", "fainted"}
BIPOLAR = {"bipolar_1", "bipolar_2", "bipolar_type_unknown"}
CALMING = {"daily", "sometimes"}
WEEKS = {"lt_4w": 0, "w4_5": 4, "w6_8": 6, "gt_8w": 9}
FAILING_HEART = frozenset({"heart_failure", "heart_valve"})
OTHER_HEART = frozenset({"heart_attack", "angina_or_blocked_artery", "heart_rhythm", "other"})
PSYCHOSIS = frozenset({"schizophrenia_type", "depression_with_psychosis", "drug_related", "other"})
MACHINES = frozenset({"tms", "ect", "vns"})
KET_HARM = {"very_high_bp", "breathing_or_passed_out", "scary_reaction_over_a_day"}
KET_HARM |= {"craving_or_used_more"}
BLUNTING = ("lamotrigine", "naltrexone", "antipsychotic")
RISKY_DRUGS = frozenset({"cocaine_or_meth", "opioids_not_prescribed"})
OTHER_DRUGS = frozenset({"cannabis", "psychedelics", "other"})
PREGNANCY = frozenset({"pregnant", "might_be", "trying_or_ivf", "breastfeeding"})
AT_HOME = frozenset({"home", "mouth_clinic"})
OTHER_AIMS = frozenset({"ptsd", "anxiety_or_ocd", "pain", "sexual_problem", "curious"})
NOBODY: tuple[str, ...] = ()


def decide(facts: Facts, limits: Limits) -> tuple[bool, ...]:
    """Say for every rule whether it fires, in the order of the files."""
    a = facts.get
    return (
        *safety(a),
        *age_and_vessels(a),
        *pressure_and_heart(a, limits),
        *mind(a),
        *past_treatment(facts, limits),
        *medicines(a),
        *other_health(a, limits),
        *plans(a),
    )


def safety(a: Get) -> tuple[bool, ...]:
    when, active, passive = a("sa_when"), a("si_active") == "yes", a("si_passive") == "yes"
    return (
        a("si_now") == "yes",
        a("si_intent") == "yes" or a("si_plan") == "yes",
        when == "past_3m",
        when == "m3_12",
        when in {"y1_5", "gt_5y"},
        active or a("si_method") == "yes" or a("means_near") == "yes",
        passive,
        a("self_harm") == "yes",
        a("safe_today") == "no",
        a("harm_others") == "yes",
        active or passive or "fewer_suicidal_thoughts" in a("goals", NOBODY),
    )


def age_and_vessels(a: Get) -> tuple[bool, ...]:
    age, injury, seizure = a("age_years"), a("head_injury"), a("seizure")
    return (
        age < 18,
        age < 25,
        age >= 65,
        a("aneurysm") == "yes",
        a("avm") == "yes",
        a("brain_bleed") == "yes",
        a("brain_mass") == "yes",
        a("icp") == "yes" or a("headache_new") == "yes",
        a("stroke_tia") == "yes",
        injury == "recent" or seizure == "recent",
        injury == "older" or seizure == "older",
        a("memory_dx") == "yes",
    )


def pressure_and_heart(a: Get, limits: Limits) -> tuple[bool, ...]:
    top, bottom, when = a("bp_systolic", 0), a("bp_diastolic", 0), a("bp_when")
    age, known, heart = a("age_years"), a("bp_known") == "yes", a("heart_hx")
    warning = not WARNINGS.isdisjoint(a("red_flags_now"))
    very_high = top >= limits["bp_urgent_sys"] or bottom >= limits["bp_urgent_dia"]
    first = limits["bp_first_sys_65"] if age >= 65 else limits["bp_first_sys"]
    high = top >= first or bottom >= limits["bp_first_dia"]
    raised = top >= limits["bp_discuss_sys"] or bottom >= limits["bp_discuss_dia"]
    return (
        warning,
        very_high and warning,
        very_high and when in {"today", "past_week"},
        high,
        raised and not high,
        not known or when in {"past_3m", "older"},
        a("bp_above_goal") == "yes" or a("bp_crisis_hx") == "yes",
        a("bp_dx") == "yes",
        a("mi_when") in {"lt_6w", "w6_6m"},
        a("heart_changed") == "yes" or not FAILING_HEART.isdisjoint(heart),
        a("stairs_trouble") == "yes" or not OTHER_HEART.isdisjoint(heart),
    )


def mind(a: Get) -> tuple[bool, ...]:
    bipolar, mania = a("bipolar_dx") in BIPOLAR, a("mania_ever") == "yes"
    return (
        a("mania_now") == "yes",
        bipolar,
        (bipolar or mania) and a("mood_stab") == "no",
        mania or a("mania_from_med") == "yes",
        a("psychosis_now") == "yes",
        a("psychosis_ever") == "yes" or not PSYCHOSIS.isdisjoint(a("psychosis_dx", NOBODY)),
        a("fam_psych") == "yes" or a("dissoc") == "yes",
    )


def past_treatment(facts: Facts, limits: Limits) -> tuple[bool, ...]:
    a: Get = facts.get
    needed = limits["trd_min_trials"]
    ever, tried = a("antidep_ever") == "yes", a("nondrug")
    before, problems, drugs = a("ket_before"), a("ket_problems", NOBODY), a("drugs")
    failed = sum(failed_trial(trial, limits) for trial in a("med_trials", ()))
    return (
        a("dep_dx") == "no",
        not ever or failed < needed,
        False,
        failed >= needed,
        "talk_therapy" not in tried or MACHINES.isdisjoint(tried),
        "none" not in before,
        a("allergy_ket") == "yes" or "allergy" in problems,
        "bladder" in problems,
        not KET_HARM.isdisjoint(problems)
        or "not_prescribed" in before
        or "ketamine_not_prescribed" in drugs,
    )


def failed_trial(trial: Mapping[str, Any], limits: Limits) -> bool:
    return (
        WEEKS[trial["duration"]] >= limits["trial_min_weeks"]
        and trial["dose_adequate"] == "yes"
        and trial["helped"] in {"none", "a_little"}
        and trial["taken_most_days"] == "yes"
    )


def medicines(a: Get) -> tuple[bool, ...]:
    calming, opioid = a("benzo") in CALMING, a("opioid_med") == "yes"
    sleepy, heavy = a("sedatives") == "yes", a("alcohol") == "heavy"
    return (
        a("maoi") == "yes",
        a("stimulant") == "yes" or "none" not in a("bp_raising"),
        calming or opioid or sleepy,
        (opioid and (calming or sleepy or heavy)) or (calming and heavy),
        calming or any(a(name) == "yes" for name in BLUNTING),
        a("theophylline") == "yes",
        "none" not in a("cyp_meds"),
    )


def other_health(a: Get, limits: Limits) -> tuple[bool, ...]:
    liver, lung, osa, drugs = a("liver"), a("lung"), a("osa"), a("drugs")
    index = a("weight_kg") * 10_000 // a("height_cm") ** 2
    return (
        not PREGNANCY.isdisjoint(a("pregnancy")),
        liver == "severe",
        liver == "some" or a("kidney") == "yes",
        a("bladder_now") == "yes",
        a("thyroid") == "uncontrolled" or "none" not in a("rare_bp"),
        a("glaucoma") == "yes",
        lung == "severe"
        or osa == "untreated"
        or (osa == "treated" and index >= limits["bmi_high"]),
        lung in {"severe", "some"} or osa in {"untreated", "treated"},
        a("sud_hx") == "current" or not RISKY_DRUGS.isdisjoint(drugs),
        a("sud_hx") == "past" or a("alcohol") == "heavy" or not OTHER_DRUGS.isdisjoint(drugs),
    )


def plans(a: Get) -> tuple[bool, ...]:
    return (
        a("ride_home") == "no" or a("stay_2h") == "no" or a("next_day_duty") == "yes",
        not AT_HOME.isdisjoint(a("route_interest")),
        a("care_team") == "no" or a("decides_for_me") == "yes",
        not OTHER_AIMS.isdisjoint(a("goals")),
        a("country") in {"GB", "IE", "DE", "FR", "NL", "ES", "EU_other"},
        True,
        True,
    )
