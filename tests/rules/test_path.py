"""The path is derived from the answers each time; what is left behind never counts."""

import pytest

import rules
from tests.rules.drawing import CONTENT, QUESTIONS
from tests.rules.patients import BASE, evaluated, fired, patient


def ids(pages: tuple[rules.Page, ...]) -> list[str]:
    return [page.id for page in pages]


def test_an_unknown_gate_asks_and_a_sure_gate_does_not(tiny: rules.Content) -> None:
    def asked(**answers: rules.Value) -> set[str]:
        return set(rules.walk(tiny, answers).asked) & {"pack_years", "since", "tries"}

    assert {"pack_years", "tries"} == asked()
    assert {"pack_years", "tries"} == asked(smoking="not_sure", pains=("not_sure",))
    assert {"pack_years", "since"} == asked(smoking="past", pains=("none",))
    assert set() == asked(smoking="never", pains=("none",))


def test_a_page_without_a_question_to_ask_is_left_out(tiny: rules.Content) -> None:
    assert ["about-you", "intro", "tries"] == ids(rules.walk(tiny, {"smoking": "never"}).pages)


def test_the_page_that_is_due_is_the_first_with_a_question_not_yet_answered(
    tiny: rules.Content,
) -> None:
    first = {"age": None, "smoking": "past", "pains": ("none",)}
    second = first | {"pack_years": 1, "since": None}
    third = second | {"height": None, "weight": 70, "remarks": ""}

    due = [rules.walk(tiny, answers).due for answers in ({}, first, second, third)]

    assert ["about-you", "more", "tries", None] == [page and page.id for page in due]


def test_a_change_of_mind_leaves_its_follow_ups_behind(tiny: rules.Content) -> None:
    answers: dict[str, rules.Value] = {"smoking": "never", "pack_years": 30, "since": 40}

    path = rules.walk(tiny, answers)

    assert {"smoking": "never"} == path.counted
    assert "pack_years" not in path.facts


def test_a_field_that_is_not_asked_does_not_count(tiny: rules.Content) -> None:
    def named(med: str) -> rules.Value:
        raw = {"pains": ["head"], "tries": [{"med": med, "named": "Elixir"}]}
        tries = rules.walk(tiny, rules.read_answers(tiny, raw)).counted["tries"]
        return tries[0]["named"]  # type: ignore[index]

    assert "Elixir" == named("other")
    assert None is named("plain")


def test_what_is_looked_up_is_not_printed(content: rules.Content) -> None:
    path = rules.walk(content, patient(content))

    assert patient(content)["med_trials"] == path.counted["med_trials"]
    assert ["yes", "yes"] == [entry["dose_adequate"] for entry in path.facts["med_trials"]]  # type: ignore[union-attr, index]


STALE = [
    ({"bp_dx": "no"}, {"bp_above_goal": "yes", "bp_crisis_hx": "yes", "bp_meds": "yes"}),
    ({"bp_known": "no"}, {"bp_systolic": 200, "bp_diastolic": 130, "bp_when": "today"}),
    ({"sa_ever": "no"}, {"sa_when": "past_3m"}),
    ({"si_active": "no"}, {"si_plan": "yes", "si_intent": "yes", "si_method": "yes"}),
    ({"psychosis_ever": "no"}, {"psychosis_now": "yes", "psychosis_dx": ["schizophrenia_type"]}),
    ({"ket_before": ["none"]}, {"ket_problems": ["allergy", "bladder"], "ket_helped": "a_lot"}),
    ({"heart_hx": ["none"]}, {"mi_when": "lt_6w", "heart_changed": "yes"}),
    ({"antidep_ever": "no"}, {"med_trials": BASE["med_trials"], "add_on_meds": ["lithium"]}),
]


@pytest.mark.parametrize(("gate", "stale"), STALE)
def test_property_18_a_stale_answer_is_neither_evaluated_nor_counted(
    content: rules.Content, gate: dict[str, object], stale: dict[str, object]
) -> None:
    without = dict.fromkeys(stale) | gate
    path = rules.walk(content, patient(content, **gate, **stale))

    assert fired(evaluated(content, **without)) == fired(evaluated(content, **gate, **stale))
    assert not stale.keys() & path.counted.keys()


def test_property_18_a_gate_at_not_sure_still_asks(content: rules.Content) -> None:
    asked = rules.walk(content, patient(content, bp_dx="not_sure", sa_ever="prefer_not")).asked

    assert {"bp_meds", "bp_above_goal", "bp_crisis_hx", "sa_when"} <= asked


def test_a_condition_never_looks_at_its_own_page_or_ahead() -> None:
    seen: list[str] = []
    for page in CONTENT.questionnaire.pages:
        for question in page.questions:
            text = repr(question.ask_if)
            here = [q.id for q in page.questions]
            ahead = [name for name in QUESTIONS if name not in seen or name in here]
            assert not [name for name in ahead if f"Ref(id='{name}'" in text]
        seen += [question.id for question in page.questions]
