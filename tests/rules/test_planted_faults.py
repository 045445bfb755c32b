"""Faults planted in copies of the content and of the engine; each is caught, and by which check."""

# ruff: noqa: E501 - a row of a table reads best on one line
# fmt: off

import importlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import rules
from tests.rules.planted.checks import CHECKS, Trial, caught_by

HOUSE = Path(rules.__file__).parent
UNREAD = shutil.ignore_patterns("proof", "columns")  # no check looks there
DEFINE, SAFETY = "rules/0_definitions.yaml", "rules/1_safety.yaml"
HEART, MIND, PAST = "rules/4_blood_pressure_and_heart.yaml", "rules/5_bipolar_and_psychosis.yaml", "rules/6_past_treatment.yaml"
MEDS, HEALTH, PLANS = "rules/7_medicines.yaml", "rules/8_other_health.yaml", "rules/9_plans_and_information.yaml"
ASK_SAFE, ASK_HEART, SAID_SAFE = "questions/6_safety.yaml", "questions/3_blood_pressure_and_heart.yaml", "text/en/rules/1_safety.yaml"

# What is wrong; the file; from where on; what stands there; what stands there instead; what sees it.
CONTENT = [
    ("a threshold shifted by one", DEFINE, "", "age_years < 18", "age_years < 17", "boundary"),
    ("at least read as above", DEFINE, "", "age_years >= 65", "age_years > 65", "boundary"),
    ("at least read as above, in a definition", DEFINE, "", "bp_systolic >=", "bp_systolic >", "boundary"),
    ("the wrong limit", DEFINE, "", "limit.bp_urgent_dia", "limit.bp_first_dia", "boundary"),
    ("or for and", MIND, "R-PSY-NOCOVER", ") and mood_stab", ") or mood_stab", "boundary"),
    ("and for or, in a suicide rule", SAFETY, "R-SUI-INTENT", " or si_plan", " and si_plan", "boundary"),
    ("a part of an or forgotten", SAFETY, "R-SUI-ACTIVE", " or means_near == 'yes'", "", "boundary"),
    ("an option forgotten", HEALTH, "R-END", "'pheochromocytoma', 'porphyria'", "'pheochromocytoma', 'pheochromocytoma'", "boundary"),
    ("an option forgotten in a definition", DEFINE, "", ", 'fainted'", "", "boundary"),
    ("an option for another", SAFETY, "R-SUI-ATT-YEAR", "'m3_12'", "'y1_5'", "boundary"),
    ("all for any", HEALTH, "R-PRG", "any_of", "all_of", "boundary"),
    ("a negation lost", PAST, "R-TRX-OPTIONS", "'talk_therapy' not in", "'talk_therapy' in", "boundary"),
    ("a negation too many", MEDS, "R-MED-MAOI", "maoi == 'yes'", "maoi != 'yes'", "boundary"),
    ("the unknown forgotten where it is asked for", HEART, "R-BP-CRISIS\n", " or unknown(bp_when)", "", "boundary"),
    ("the answer 'a little help' taken for help", DEFINE, "", "t.helped in ['none', 'a_little']", "t.helped == 'none'", "reasons"),
    ("a trial counted that was not taken most days", DEFINE, "", " and t.taken_most_days == 'yes'", "", "boundary"),
    ("an index just at the limit let go", HEALTH, "R-RSP-HI", "bmi >= limit", "bmi > limit", "boundary"),
    ("a gate turned round", ASK_SAFE, "si_plan", "si_active != 'no'", "si_active == 'no'", "path"),
    ("a gate that is not sure no longer asks", ASK_SAFE, "sa_when", "ask_if: \"sa_ever != 'no'\"", "ask_only_if: \"sa_ever == 'yes'\"", "crisis"),
    ("a gate for another question", ASK_HEART, "mi_when", "'heart_attack'", "'heart_failure'", "boundary"),
    ("nobody can say that they are not sure", ASK_SAFE, "si_now", ", not_sure, prefer_not]", "]", "boundary"),
    ("if_unknown: nothing on a suicide rule", SAFETY, "R-SUI-PASSIVE", "    if_unknown: first\n", "", "lists"),
    ("if_unknown weakened", SAFETY, "R-SUI-NOW", "if_unknown: now", "if_unknown: discuss", "lists"),
    ("a level lowered", SAFETY, "R-SUI-ATT-RECENT", "level: now", "level: first", "lists"),
    ("the help lines left out", SAFETY, "R-SAF-GATE", "    block: full\n", "", "lists"),
    ("the bound of a limit widened", "limits.yaml", "bp_urgent_sys", 'high: "180"', 'high: "200"', "lists"),
    ("the default of a limit moved", "limits.yaml", "bp_first_dia", 'default: "90"', 'default: "89"', "lists"),
    ("a dose that is too low called enough", "medicines.yaml", "sertraline", 'meets: "50"', 'meets: "25"', "lists"),
    ("one of two sources removed", SAFETY, "R-SUI-NOW", ", {source: S24}", "", "lists"),
    ("the last source removed", HEART, "R-BP-ELEV", "{source: S21}", "", "load"),
    ("a source that cannot carry a rule", HEART, "R-BP-ELEV", "source: S21", "source: BG1", "load"),
    ("a safety rule switched off", SAFETY, "R-SUI-NOW", "    set: core\n", '    set: core\n    enabled: "no"\n', "load"),
    ("a safety rule that a limit could switch off", SAFETY, "R-SUI-NOW", "si_now == 'yes'", "si_now == 'yes' and bp_systolic >= limit.bp_first_sys", "load"),
    ("a rule that can never fire", DEFINE, "", "age_years < 18", "age_years < 18 and age_years >= 65", "load"),
    ("an option that is not offered", DEFINE, "", "'chest_pain'", "'chest_pian'", "load"),
    ("a text for a condition", SAFETY, "", "si_now == 'yes'", "si_now == 'yes' or 'prefer_not'", "load"),
    ("units mixed up", DEFINE, "", "age_years >= 65", "age_years >= limit.bp_first_sys", "load"),
    ("not knowing made calmer", SAFETY, "R-SAF-GATE", "safe_today == 'no'", "safe_today == 'no' and not unknown(safe_today)", "load"),
    ("a condition cut short by a comment", DEFINE, "", '"age_years < 18"', "age_years < 18 # or unknown(age_years)", "load"),
    ("a key twice, the last one calmer", SAFETY, "R-SUI-NOW", "    level: now\n", "    level: now\n    level: info\n", "load"),
    ("a sentence lost", SAID_SAFE, "R-SUI-NOW", "patient: You told us there is a chance you will hurt yourself or end your life today. Reach a help line or emergency care now. This form can wait.", 'patient: ""', "load"),
    ("a verdict in a text", SAID_SAFE, "R-SUI-NOW", "This form can wait.", "You are not eligible.", "words"),
    ("advice on a medicine in a text", SAID_SAFE, "R-SUI-LIMIT", "It does not take the place of hospital care.", "You should stop your pills.", "words"),
    ("an order of limits forgotten", "limits.yaml", "order:", '  - "bp_discuss_sys < bp_first_sys"\n', "", "bounds"),
]

ENGINE = [
    ("not: unknown becomes yes, where it is explained", "logic.py", "", "if value != UNKNOWN else UNKNOWN", "if value != UNKNOWN else YES", "agreement"),
    ("not: unknown becomes yes, where it is decided", "lines.py", "", "(YES, UNKNOWN, None, NO)", "(YES, YES, None, NO)", "boundary"),
    ("not: unknown becomes no, where it is decided", "lines.py", "", "(YES, UNKNOWN, None, NO)", "(YES, NO, None, NO)", "crisis"),
    ("a count drops unknown entries, where it is explained", "interpreter.py", "", "(len(sure), len(sure) + len(unsure))", "(len(sure), len(sure))", "agreement"),
    ("a count drops unknown entries, where it is decided", "emitting.py", "", '{held} > {NO}"]', '{held} == {YES}"]', "boundary"),
    ("a list left empty counts as none", "emitting.py", "", "or {answer} else {most}", "or {answer} else 0", "gaps"),
    ("or read as and, where it is decided", "emitting.py", "", '" | ".join', '" & ".join', "reasons"),
    ("at least read as above, where it is decided", "emitting.py", '">="', '"{d} <= {a}"', '"{d} < {a}"', "reasons"),
    ("at least read as above, where it is explained", "logic.py", '">=": lambda', "b[1] <= a[0]", "b[1] < a[0]", "reasons"),
    ("an unknown number taken for its lowest", "emitting.py", "", "{node.low!r}, {node.high!r}", "{node.low!r}, {node.low!r}", "crisis"),
    ("an option not said taken for no", "emitting.py", "", "table[token] = UNKNOWN if", "table[token] = NO if", "path"),
    ("rather not say taken for an answer", "kinds.py", "", "UNKNOWN_TOKENS = (NOT_SURE, PREFER_NOT)", "UNKNOWN_TOKENS = (NOT_SURE,)", "cases"),
    ("the range of an index upside down, where it is decided", "emitting.py", "", "({d} * {d})", "({c} * {c})", "gaps"),
    ("the range of an index upside down, where it is explained", "logic.py", "def body_mass", "height[1] * height[1]", "height[0] * height[0]", "agreement"),
    ("a dose just enough taken for unclear", "catalogue/medicines.py", "", "dose >= self.meets", "dose > self.meets", "reasons"),
    ("answers left behind count", "path.py", "SHUT", "(NO,)", "()", "path"),
    ("an unknown gate no longer asks", "path.py", "SHUT", "(NO,)", "(NO, UNKNOWN)", "path"),
    ("what cannot be decided is not shown", "engine.py", "", "or (held[rule.id] == UNKNOWN and rule.if_unknown)", "", "wording"),
    ("what cannot be decided is told as if it were true", "engine.py", "", 'patient=words.patient.replace("{topic}", rule.title)', "patient=rule.patient", "wording"),
    ("the calmest first", "engine.py", "", "key=lambda finding: finding.level.rank", "key=lambda finding: -finding.level.rank", "crisis"),
    ("a softer block hides the help lines", "engine.py", "", '("full", "soft")', '("soft", "full")', "crisis"),
    ("an undecided rule brings no help lines", "engine.py", "", "{finding.rule.block for finding in findings}", "{finding.rule.block for finding in findings if not finding.undecided}", "crisis"),
    ("reasons name what did not matter", "interpreter.py", "", "for part in weighed if part.truth == result for", "for part in weighed for", "reasons"),
    ("true taken for the number one", "answers.py", "", "isinstance(value, bool) or not", "not", "door"),
    ("a dose with too many decimals let in", "answers.py", "", "if round(value, question.decimals) != value", "if False", "door"),
    ("none of these beside something", "answers.py", "", "if alone and len(ticks) > 1", "if not alone and len(ticks) > 99", "door"),
    ("a smaller number above a larger", "answers.py", "", "if larger <= smaller", "if larger < smaller - 99", "door"),
    ("an option that is not offered let in", "answers.py", "def _one", "is None:", "is ...:", "door"),
    ("a limit outside its bounds let in", "catalogue/limits.py", "", "if not limit.low <= value <= limit.high", "if not limit.low <= limit.high", "bounds"),
    ("limits out of order let in", "catalogue/limits.py", "def kept", "small <= large if", "True if", "bounds"),
    ("unknown under not let in", "conditions/sentences.py", "def _unknown", "if not spot.positive", "if False", "refused"),
    ("units that differ let in", "conditions/numbers.py", "def compared", "left.unit != right.unit", "False", "refused"),
    ("a comparison that is never true let in", "conditions/numbers.py", "def compared", "verdict != UNKNOWN", "False", "refused"),
    ("the last of two equal keys kept", "reader.py", "", "if key.text in entries", "if key.text in ()", "refused"),
]
# fmt: on


def plant(file: Path, start: str, old: str, new: str) -> None:
    """Put a fault into a file, at the first place after a mark."""
    text = file.read_text("utf-8")
    before, mark, after = text.partition(start) if start else ("", "", text)
    assert old in after, f"{file.name} no longer holds {old}"
    file.write_text(before + mark + after.replace(old, new, 1), "utf-8")


def shipped() -> Trial:
    return Trial(rules, rules.load(), importlib.import_module)


def with_content(folder: Path) -> Trial:
    return Trial(rules, rules.load(folder=folder), importlib.import_module)


def with_engine(folder: Path) -> Trial:
    """The program from a copied folder, beside the one that runs the tests."""
    ours = {name: sys.modules.pop(name) for name in list(sys.modules) if _of_rules(name)}
    sys.path.insert(0, str(folder))
    try:
        copy = importlib.import_module("rules")
        for part in ("rules.mutants.files", "rules.engine"):
            importlib.import_module(part)
        content = copy.load()
    finally:
        sys.path.remove(str(folder))
        copied = {name: sys.modules.pop(name) for name in list(sys.modules) if _of_rules(name)}
        sys.modules.update(ours)
    assert str(folder) in str(copy.__file__)
    parts: Callable[[str], ModuleType] = copied.__getitem__
    return Trial(copy, content, parts)


def _of_rules(name: str) -> bool:
    return name == "rules" or name.startswith("rules.")


def test_at_least_forty_faults_are_planted_and_every_check_catches_one() -> None:
    assert len(CONTENT) + len(ENGINE) >= 40
    caught = {row[-1] for row in (*CONTENT, *ENGINE)}
    assert {"load", *(check.__name__ for check in CHECKS)} == caught


def test_without_a_fault_nothing_is_caught(tmp_path: Path) -> None:
    shutil.copytree(HOUSE, tmp_path / "rules", ignore=UNREAD)

    assert "nothing" == caught_by(shipped)
    assert "nothing" == caught_by(lambda: with_engine(tmp_path))


@pytest.mark.parametrize(
    ("what", "file", "start", "old", "new", "check"), CONTENT, ids=lambda _: ""
)
def test_a_fault_in_the_content_is_caught(  # noqa: PLR0913, PLR0917 - a row of the table
    tmp_path: Path, what: str, file: str, start: str, old: str, new: str, check: str
) -> None:
    shutil.copytree(HOUSE / "content", tmp_path / "content")
    plant(tmp_path / "content" / file, start, old, new)

    assert (what, check) == (what, caught_by(lambda: with_content(tmp_path / "content")))


@pytest.mark.parametrize(("what", "file", "start", "old", "new", "check"), ENGINE, ids=lambda _: "")
def test_a_fault_in_the_engine_is_caught(  # noqa: PLR0913, PLR0917 - a row of the table
    tmp_path: Path, what: str, file: str, start: str, old: str, new: str, check: str
) -> None:
    shutil.copytree(HOUSE, tmp_path / "rules", ignore=UNREAD)
    plant(tmp_path / "rules" / file, start, old, new)

    assert (what, check) == (what, caught_by(lambda: with_engine(tmp_path)))
