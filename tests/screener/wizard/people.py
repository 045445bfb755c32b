"""Patients for tests. What a page asks and these do not say gets a calm answer."""

from typing import Any

import rules
from screener.store import Throttled
from tests.web import Browser, Patient

WELCOME = {"ack": "yes", "safe_today": "yes", "age_years": "42"}

CRISIS = WELCOME | {"si_passive": "yes", "si_active": "yes", "si_intent": "yes"}

PROBLEMS = {"antidep_ever": "yes", "bp_dx": "yes", "bp_known": "yes", "aneurysm": "yes"}
BUSY: dict[str, Any] = WELCOME | {
    "dep_dx": "yes",
    "episode_length": "gt_2y",
    "antidep_ever": "yes",
    "add_on_meds": ["lithium"],
    "nondrug": ["talk_therapy", "ect"],
    "ket_before": ["clinic", "home"],
    "red_flags_now": ["chest_pain", "fainted"],
    "bp_dx": "yes",
    "bp_known": "yes",
    "bp_systolic": "210",
    "bp_diastolic": "120",
    "bp_when": "today",
    "heart_hx": ["heart_attack", "heart_failure"],
    "aneurysm": "yes",
    "avm": "not_sure",
    "bipolar_dx": "bipolar_1",
    "mania_ever": "yes",
    "psychosis_ever": "yes",
    "si_passive": "yes",
    "si_active": "yes",
    "si_method": "yes",
    "si_intent": "yes",
    "si_plan": "yes",
    "si_now": "yes",
    "sa_ever": "yes",
    "sa_when": "past_3m",
    "self_harm": "yes",
    "harm_others": "yes",
    "means_near": "yes",
    "height_cm": "170",
    "weight_kg": "70",
    "questions": "Will it help me sleep?",
}

TRIAL: dict[str, Any] = {
    "med": "sertraline",
    "dose_mg": "150 mg",
    "duration": "gt_8w",
    "this_episode": "yes",
    "taken_most_days": "yes",
    "helped": "a_little",
    "stop_reason": ["side_effects", "did_not_help"],
}

CALM = ("no", "none", "self", "lt_2wk", "not_at_all", "US")


def quiet(content: rules.Content, told: dict[str, Any]) -> dict[str, Any]:
    """Answer every question: as told, else with nothing to report."""
    answers = {name: calm(question) for name, question in content.questionnaire.by_id.items()}
    return answers | WELCOME | {"age_years": 42} | told


def calm(question: rules.Question) -> Any:
    """An answer that reports nothing."""
    if question.kind is rules.Kind.ENTRIES:
        return []
    token = next((token for token in CALM if token in question.tokens), None)
    token = token or next(iter(question.tokens), None)
    return [token] if question.kind is rules.Kind.MANY else token


def cookie(client: Browser) -> str:
    """The token that the browser holds."""
    kept = client.get_cookie("screener-draft")
    assert kept is not None
    return str(kept.value)


def too_many(*_args: object, **_named: object) -> None:
    """Refuse a try, as after too many."""
    raise Throttled(7)


JO = {"name": "Jo Example", "phone": "+1 555 010 0134", "email": "jo@example.org"}


def words_of(patient: Patient) -> str:
    """All that the main part of the page says."""
    main = patient.page.main
    assert main is not None
    return " ".join(main.get_text(" ").split())


def reference_of(patient: Patient) -> str:
    """The reference that the page after sending names."""
    code = patient.page.select_one(".card .code")
    assert code is not None
    return code.get_text(strip=True)
