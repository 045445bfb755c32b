"""The checks that stand between a fault and a patient, in the order in which they are asked.

Each takes the program as a package, so that a copy with a fault can be asked as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tests.content.lists import rows
from tests.content.test_words import gives_advice, gives_verdict
from tests.rules.patients import ALWAYS, BASE, PAIRS, WORKED


@dataclass
class Trial:
    """A program, its content, and the parts of it that a check looks into."""

    rules: ModuleType
    content: Any
    part: Callable[[str], ModuleType]

    def shown(self, answers: dict[str, Any]) -> Any:
        read = self.rules.read_answers(self.content, answers)
        return self.rules.evaluate(self.content, read)

    def base(self, differs: dict[str, Any]) -> Any:
        return self.shown(BASE | differs)


def fired(result: Any) -> set[str]:
    return {found.rule.id + "?" * found.undecided for found in result.findings} - ALWAYS


def lists(trial: Trial) -> bool:
    """The rules, limits, medicines and sources are those that were written (tests/content)."""
    rules = {rule.id: rule for rule in trial.content.rules}
    kept = [row["id"] for row in rows("rules")] == list(rules) and all(
        (row["level"], row["if_unknown"], row["block"])
        == (rules[row["id"]].level, rules[row["id"]].if_unknown or "", rules[row["id"]].block)
        and row["sources"].split() == [cited.source for cited in rules[row["id"]].sources]
        for row in rows("rules")
    )
    limits = [
        (row["id"], *(int(row[key]) for key in ("default", "low", "high")))
        for row in rows("limits")
    ]
    doses = [(row["token"], row["clearly_low"], row["meets"]) for row in rows("medicines")]
    return (
        kept
        and limits == [(x.id, x.default, x.low, x.high) for x in trial.content.limits.values()]
        and doses
        == [
            (m.token, str(m.clearly_low or ""), str(m.meets or "")) for m in trial.content.medicines
        ]
    )


def boundary(trial: Trial) -> bool:
    """Every boundary patient is shown what is stored (rules/mutants/patients.yaml)."""
    files = trial.part("rules.mutants.files")
    calm = files.calm_patient(trial.content)
    patients = files.boundary_patients(trial.content)
    return all(one.finds == files.told(one.result(trial.content, calm)) for one in patients)


def cases(trial: Trial) -> bool:
    """The twenty worked cases come out as written, and each rule has its two patients."""
    for case in WORKED:
        result, expect = trial.base(case["answers"]), case["expect"]
        said = (result.level, result.crisis, result.emergency)
        if set(expect["rules"]) != fired(result):
            return False
        if said != (expect["level"], expect["crisis"], expect["emergency"]):
            return False
    return all(
        rule in fired(trial.base(pair["fires"]))
        and not {rule, f"{rule}?"} & fired(trial.base(pair["beside"] or {}))
        for rule, pair in PAIRS.items()
        if rule not in ALWAYS
    )


def crisis(trial: Trial) -> bool:
    """The empty form asks for help first (property 13), and the stronger block wins."""
    result = trial.shown({})
    both = trial.base({"sa_ever": "yes", "sa_when": "gt_5y", "si_now": "yes"})
    said = (result.level, result.crisis, len(result.findings))
    return said == ("now", "full", 57) and both.crisis == "full"


def gaps(trial: Trial) -> bool:
    """Not knowing an answer never turns a result into its opposite."""
    checks = trial.part("rules.conditions.checks")
    for place, rule in enumerate(trial.content.rules):
        if rule.id in ALWAYS or checks.holds_unknown(rule.when):
            continue
        read = {ref.id for ref in checks.refs_in(rule.when)} - GATES
        for name in sorted(read):
            for side, opposite in (("fires", 0), ("beside", 3)):
                answers = BASE | PAIRS[rule.id][side] | {name: None}
                if _truths(trial, answers)[place] == opposite:
                    return False
    return True


# Where these are not known, what hangs on them is not asked: that may well be calmer.
GATES = {"antidep_ever", "bp_known", "ket_before", "heart_hx"}


def _truths(trial: Trial, answers: dict[str, Any]) -> tuple[int, ...]:
    read = trial.rules.read_answers(trial.content, answers)
    facts = trial.rules.walk(trial.content, read).facts
    truths: tuple[int, ...] = trial.content.decide(facts, trial.content.limits.values_in_order)
    return truths


def agreement(trial: Trial) -> bool:
    """The generated function and the interpreter decide alike."""
    engine = trial.part("rules.engine")
    numbers, values = trial.content.limits.numbers, trial.content.limits.values_in_order
    trials = [BASE["med_trials"][0], {"med": "sertraline"}]
    index = {"osa": "treated", "height_cm": None}
    unsure: list[dict[str, Any]] = [{"nondrug": None}, {"osa": None}, {"med_trials": trials}, index]
    for differs in [*unsure, *(pair["fires"] for pair in PAIRS.values())]:
        answers = trial.rules.read_answers(trial.content, BASE | differs)
        facts = trial.rules.walk(trial.content, answers).facts
        if engine.interpret(trial.content, facts, numbers) != trial.content.decide(facts, values):
            return False
    return True


def reasons(trial: Trial) -> bool:
    """A finding names the answers that made it, and no other."""
    expected: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
        "R-BP-CRISIS": ({"bp_systolic": 190}, ("bp_systolic", "bp_when")),
        "R-BRN-ICP": ({"icp": "yes"}, ("icp",)),
        "R-TRX-2PLUS": ({}, ("med_trials[0]", "med_trials[1]")),
    }
    found = {
        (finding.rule.id, finding.because)
        for differs, _ in expected.values()
        for finding in trial.base(differs).findings
    }
    return all((rule, because) in found for rule, (_, because) in expected.items())


def wording(trial: Trial) -> bool:
    """What could not be decided says so, and is not told as if it were true."""
    result = trial.base({"avm": "not_sure", "si_now": None})
    unsure = [found for found in result.findings if found.undecided]
    return bool(unsure) and all(found.patient != found.rule.patient for found in unsure)


REFUSED = (
    "si_now == 'maybe'",
    "si_now == 'yes' or 'prefer_not'",
    "not unknown(si_now)",
    "age_years >= 200",
    "age_years >= limit.bp_first_sys",
    "si_nwo == 'yes'",
    "(" * 60 + "warning" + ")" * 60,
)


def refused(trial: Trial) -> bool:
    """Conditions outside the grammar, and YAML that could be misread, are refused."""
    reader, faults = trial.part("rules.reader"), trial.part("rules.faults")
    names = trial.part("rules.conditions.names").Names(
        trial.content.questionnaire.by_id,
        trial.part("rules.catalogue.limits").as_names(trial.content.limits),
    )
    for text in REFUSED:
        try:
            source = reader.Scalar(text, faults.Place("here"), 0)
            trial.part("rules.conditions.parse").parse(source, names)
        except trial.rules.ContentError:
            continue
        return False
    try:
        reader._Reading("a: b\na: c\n", "twice").document()
    except trial.rules.ContentError:
        return True
    return False


DOOR: list[dict[str, Any]] = [
    {"age_years": True},
    {"age_years": float("nan")},
    {"age_years": 121},
    {"age_years": 42.5},
    {"si_now": "maybe"},
    {"si_now": ["yes"]},
    {"red_flags_now": ["none", "chest_pain"]},
    {"bp_systolic": 80, "bp_diastolic": 90},
    {"med_trials": [{}] * 21},
    {"med_trials": [{"dose_mg": 50.25}]},
    {"no_such": "yes"},
]


def door(trial: Trial) -> bool:
    """Answers that cannot be read are refused, never guessed."""
    for answers in DOOR:
        try:
            trial.rules.read_answers(trial.content, answers)
        except trial.rules.AnswerError:
            continue
        return False
    return True


BOUNDS: list[dict[str, Any]] = [
    {"bp_first_sys": 141},
    {"bp_first_sys": 119},
    {"bp_first_sys": True},
    {"bp_first_sys": 130},
    {"bp_first_sys_65": 139},
    {"bp_urgent_sys": 181},
    {"no_such": 1},
]


def bounds(trial: Trial) -> bool:
    """A limit outside its bounds, or out of order, is refused (property 17)."""
    for values in BOUNDS:
        try:
            trial.content.limits.with_values(values)
        except trial.rules.LimitError:
            continue
        return False
    return True


def path(trial: Trial) -> bool:
    """A stale answer never counts; a gate that is not sure still asks (property 18)."""
    stale = trial.base({"si_active": "no", "si_plan": "yes", "means_near": "yes"})
    unsure = trial.rules.read_answers(trial.content, BASE | {"si_active": "not_sure"})
    asked = trial.rules.walk(trial.content, unsure).asked
    return "R-SUI-INTENT" not in fired(stale) and {"si_plan", "means_near"} <= asked


def words(trial: Trial) -> bool:
    """No text gives a verdict or advice on medicine (properties 10 and 11)."""
    texts = [text for rule in trial.content.rules for text in (rule.patient, rule.ask)]
    texts += [question.ask for question in trial.content.questionnaire.by_id.values()]
    return not any(gives_verdict(text) or gives_advice(text) for text in texts)


# The quick ones first.
CHECKS: tuple[Callable[[Trial], bool], ...] = (
    lists,
    words,
    door,
    bounds,
    refused,
    wording,
    reasons,
    path,
    crisis,
    boundary,
    cases,
    gaps,
    agreement,
)


def caught_by(program: Callable[[], Trial]) -> str:
    """The first check that sees a fault: refused at load, or one of those above."""
    try:
        trial = program()
    except Exception as error:
        if type(error).__name__ == "ContentError":  # of a copy of the program, not of this one
            return "load"
        raise
    return next((check.__name__ for check in CHECKS if not _holds(check, trial)), "nothing")


def _holds(check: Callable[[Trial], bool], trial: Trial) -> bool:
    try:
        return check(trial)
    except Exception:  # noqa: BLE001 - a program that stops has been caught as well
        return False
