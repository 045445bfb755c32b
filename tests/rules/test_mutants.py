"""Would a slip in a rule be noticed? The boundary patients, and the mutants that they kill."""

from collections import Counter
from dataclasses import replace

import pytest

import rules
from rules.mutants.boundary import Verdict, choose, judge, kills
from rules.mutants.files import (
    HERE,
    PATIENTS,
    Boundary,
    as_yaml,
    boundary_patients,
    calm_patient,
    told,
)
from rules.mutants.kinds import mutants, mutants_of
from rules.mutants.search import hunt
from rules.mutants.written import written
from tests.rules.drawing import CONTENT
from tests.rules.tinies import parsed

CALM = calm_patient(CONTENT)
PATIENTS_HELD = boundary_patients(CONTENT)
MUTANTS = mutants(CONTENT.rules)
# No answer and no limit tells these from the rule, and here is why.
ALIKE = {
    "R-BP-UNK: if_unknown weakened: discuss -> info": "it asks what is unknown: never undecided",
    "R-BP-UNK: if_unknown weakened: discuss -> nothing": "the same",
    "R-TRX-UNCLEAR: negation added: failed_trials >= limit.trd_min_trials -> "
    "not failed_trials >= limit.trd_min_trials": "what is unknown, its opposite is too",
}


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return judge(CONTENT, PATIENTS_HELD, CALM)


@pytest.mark.parametrize(
    "patient", PATIENTS_HELD, ids=lambda patient: str({**patient.moved, **patient.limits})[:60]
)
def test_a_boundary_patient_is_shown_what_is_stored(patient: Boundary) -> None:
    assert patient.finds == told(patient.result(CONTENT, CALM))


def test_the_boundary_patients_kill_every_mutant(verdict: Verdict) -> None:
    assert () == verdict.survivors
    assert set(ALIKE) == {str(mutant) for mutant in verdict.alike}
    assert len(MUTANTS) == verdict.total == verdict.killed + len(ALIKE)


def test_every_kind_of_slip_is_tried() -> None:
    kinds = Counter(mutant.kind.split(" (")[0] for mutant in MUTANTS)

    assert {
        "and/or swapped",
        "any/all swapped",
        "block dropped",
        "comparison shifted by one",
        "if_unknown weakened",
        "level moved",
        "negation added",
        "negation removed",
        "option changed",
        "option dropped",
        "part dropped",
        "unknown dropped",
    } == set(kinds)
    assert {rule.id for rule in CONTENT.rules} == {mutant.rule.id for mutant in MUTANTS}


def test_a_patient_fewer_lets_a_mutant_live() -> None:
    dead = kills(CONTENT, MUTANTS, PATIENTS_HELD, CALM)
    count = Counter(mutant for found in dead.values() for mutant in found)
    moves = {
        mutant: min(PATIENTS_HELD[index].moves for index, found in dead.items() if mutant in found)
        for mutant in count
    }
    nearest = {
        index: {mutant for mutant in found if moves[mutant] == PATIENTS_HELD[index].moves}
        for index, found in dead.items()
    }
    alone = Counter(mutant for found in nearest.values() for mutant in found)

    assert [] == [i for i, found in nearest.items() if all(alone[m] > 1 for m in found)]


def test_no_answer_is_moved_for_nothing() -> None:
    """Each answer put back, one at a time: fewer mutants die."""
    dead = kills(CONTENT, MUTANTS, PATIENTS_HELD, CALM)
    calmer, owners = [], []
    for index, patient in enumerate(PATIENTS_HELD):
        for name in patient.moved:
            moved = {key: value for key, value in patient.moved.items() if key != name}
            calmer.append(replace(patient, moved=moved))
            owners.append(index)
    left = kills(CONTENT, MUTANTS, calmer, CALM)

    assert [] == [calmer[i] for i, index in enumerate(owners) if dead[index] <= left[i]]


def test_the_file_is_what_the_command_makes() -> None:
    assert (HERE / PATIENTS).read_text("utf-8") == as_yaml(choose(CONTENT, CALM))


def test_the_calm_patient_answers_everything_and_is_shown_little() -> None:
    result = rules.evaluate(CONTENT, CALM)

    assert set(CONTENT.questionnaire.by_id) == set(CALM)
    assert (rules.Level.INFO, "none", False) == (result.level, result.crisis, result.emergency)
    assert not any(finding.undecided for finding in result.findings)


def test_a_survivor_is_told_with_a_patient_who_would_kill_it() -> None:
    rule = next(rule for rule in CONTENT.rules if rule.id == "R-AGE-65")
    content = replace(CONTENT, rules=(rule,))
    few = [patient for patient in PATIENTS_HELD if patient.moved.get("age_years") != 65]

    (survivor, killer), *_ = judge(content, few, CALM).survivors

    assert "R-AGE-65: comparison shifted by one: age_years >= 65 -> age_years >= 66" == str(
        survivor
    )
    assert {"age_years": 65} == killer.moved


def test_every_mutant_of_a_rule_is_hunted_by_itself() -> None:
    rule = next(rule for rule in CONTENT.rules if rule.id == "R-RSP-HI")
    found = tuple(mutants_of(rule))

    killers = hunt(CONTENT, rule, found, CALM).killers

    assert set(range(len(found))) == set(killers)


@pytest.mark.parametrize(
    "text",
    [
        "smoking == 'past'",
        "smoking not in ['past', 'never']",
        "any_of(pains, 'head', 'heart')",
        "none_of(pains, 'head')",
        "not (age >= 5 and smoking != 'past')",
        "age >= limit.old or unknown(age)",
        "any(t for t in tries if t.dose_mg >= 5)",
        "count(t for t in tries if t.duration < 4) >= limit.enough",
        "(age + 5) >= limit.old",
        "count(pains) >= 2",
    ],
)
def test_a_tree_is_written_back_as_an_author_writes_it(tiny: rules.Content, text: str) -> None:
    tree = parsed(tiny, text)

    assert text == written(tree)
    assert tree == parsed(tiny, written(tree))
