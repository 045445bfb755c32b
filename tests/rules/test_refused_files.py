"""Content that is wrong is refused: at which place, why, and what to write instead."""

# ruff: noqa: E501 - a row of a table reads best on one line
# fmt: off

import shutil
from pathlib import Path

import pytest

import rules
from tests.rules.tinies import MARK, TINY, marked

Q1, Q2, R1, R2 = "questions/1_you.yaml", "questions/2_tries.yaml", "rules/1_first.yaml", "rules/2_second.yaml"
T1, TR1, DEF = "text/en/questions/1_you.yaml", "text/en/rules/1_first.yaml", "rules/0_definitions.yaml"
LIMITS, HELP = "limits.yaml", "helplines.yaml"

# The file, what stands there, what stands there instead (the mark: where the message points),
# what is wrong, what to write instead.
REFUSED = [
    # YAML that could be misread
    (R1, 'set: core\n    when: "age', 'set: core\n    ▸set: core\n    when: "age', "'set' stands here twice", "keep one of the two"),
    (R1, 'when: "age >= limit.old"', "when: 'past' ▸in pains", "this is not YAML (did not find expected key)", "put the whole text in double quotes"),
    (R1, 'when: "age >= limit.old"', "when: ▸age >= limit.old # and more", "a ' #' may have cut this condition short", "put it in double quotes"),
    (R1, "level: discuss", "level: ▸&l discuss", "anchors (&) are not used", "write the value out where it is needed"),
    (R1, "level: discuss", "level: ▸*l", "aliases (*) are not used", "write the value out"),
    (R1, "level: discuss", "level: ▸!!str discuss", "tags (!) are not used", "leave the tag out: every value is a text"),
    ("version.yaml", 'version: "1.0.0"\nreviewed_by: ""\n', "▸- a\n- b\n", "the file is not a mapping", "write 'key: value' lines"),
    ("version.yaml", 'version: "1.0.0"', 'version: "1.0.0"\n▸version: "2"', "'version' stands here twice", "keep one of the two"),
    ("version.yaml", 'version: "1.0.0"', 'version: ▸""', "'version' is empty", "write what it says"),
    ("version.yaml", 'reviewed_by: ""\n', 'reviewed_by: ""\n▸---\nversion: "2"\n', "a second document starts here", "use one a file"),
    ("version.yaml", 'version: "1.0.0"\nreviewed_by: ""\n', "▸", "the file is empty", ""),
    # unknown and missing keys
    (R1, "if_unknown: info", "▸if_unkown: info", "a rule has no key 'if_unkown'", "did you mean 'if_unknown'?"),
    (R1, "level: discuss\n    if_unknown: info", 'level: discuss\n    ▸enabled: "no"', "a rule cannot be switched off", "take this line out; change the rule with a clinician"),
    (Q1, 'unit: years\n        min: "0"\n        max: "120"', 'unit: years\n        min: "0"\n        max: "120"\n        ▸options: [a, b]', "a question of kind 'number' has no key 'options'", None),
    (Q1, 'unit: years\n        min: "0"\n        max: "120"', 'unit: years\n        max: "120"', None, None),
    # values
    (R1, "level: discuss", "level: ▸urgent", "'level' cannot be 'urgent'", "write one of now, first, discuss, info"),
    (R1, "if_unknown: info", "if_unknown: ▸nothing", "'if_unknown' cannot be 'nothing'", "write one of now, first, discuss, info, nothing"),
    (R1, "block: full", "block: ▸big", "'block' cannot be 'big'", "write one of full, soft, emergency, nothing"),
    (Q1, "kind: many", "kind: ▸lots", "'kind' cannot be 'lots'", "write one of one, many, number, text, entries"),
    (Q1, 'max: "120"', 'max: ▸"12o"', "'max' is not a number", 'write digits only, as in "12"'),
    (Q1, 'min: "0"\n        max: "120"', 'min: "130"\n        max: ▸"120"', "the range 130 to 120 is empty", "swap min and max"),
    (Q2, 'most: "5"', 'most: ▸"a few"', "'most' is not a whole number", 'write digits only, as in "12"'),
    (Q1, 'unit: years\n        min: "0"\n        max: "120"', 'unit: ▸yeers\n        min: "0"\n        max: "120"', "there is no word for the unit 'yeers'", "did you mean 'years'?"),
    (Q1, "[current, past, never, not_sure]", "[current, past, never, ▸past]", "the option 'past' stands here twice", "keep one"),
    (Q1, "[current, past, never, not_sure]", "[current, ▸i-quit, never, not_sure]", "'i-quit' is not an option", "use letters, digits and _"),
    (Q2, 'middle: ["4", "7"]', 'middle: ▸["7", "4"]', "a range is two whole numbers", 'write ["4", "5"]'),
    (Q2, 'middle: ["4", "7"]', '▸midle: ["4", "7"]', "there is no option 'midle' to have a range", "did you mean 'middle'?"),
    (Q2, '{short: ["0", "3"], middle: ["4", "7"],', '▸{short: ["0", "3"],', "there is no range for middle", "add it"),
    (Q1, "above: pack_years", "above: ▸pack_yeers", "there is no number 'pack_yeers' to be above", "did you mean 'pack_years'?"),
    # ids that do not exist, or exist twice
    (Q1, "sources: [{source: S01}]", "sources: [{source: ▸S02}]", "there is no source 'S02'", "did you mean 'S01'?"),
    (R1, 'sources: [{source: S01, section: "4"}]', "sources: ▸[{source: BG1}]", "'BG1' is background and cannot carry a rule", "cite a source that stands for itself"),
    (R1, 'id: R-OLD\n    set: core\n    when: "age >= limit.old"\n    level: discuss\n    if_unknown: info\n    sources: [{source: S01, section: "4"}]', 'id: ▸R-OLD\n    set: core\n    when: "age >= limit.old"\n    level: discuss', "the rule 'R-OLD' has no source", "add sources: [{source: ...}]"),
    (TR1, "  R-OLD: {title", "  ▸R-OLDER: {title", "there is no rule 'R-OLDER'", "did you mean 'R-OLD'?"),
    (R1, "id: R-OLD", "id: ▸R-OLDER", "the rule 'R-OLDER' has no text", "add 'R-OLDER:' to text/en/rules/1_first.yaml"),
    (TR1, "R-OLD: {title: Age, patient: You are old.,", 'R-OLD: {title: Age, patient: ▸"",', "'patient' is empty", "write what it says"),
    (TR1, "R-OLD: {title: Age, patient: You are old., ask: Does my age matter?,", "R-OLD: ▸{title: Age, patient: You are old.,", "the text of a rule has no 'ask'", "add 'ask:'"),
    (TR1, "R-OLD: {title: Age, patient: You are old., ask: Does my age matter?, clinician: Old.}", "R-OLD: ▸{title: Age, patient: You are old., ask: Does my age matter?}", "the text of a rule has no 'clinician'", "add 'clinician:'"),
    (T1, "  age: {ask", "  ▸agee: {ask", "there is no question 'agee'", "did you mean 'age'?"),
    (T1, "  intro: {title", "  ▸itro: {title", "there is no page 'itro'", "did you mean 'intro'?"),
    (Q1, "page: intro", "page: ▸itro", "the page 'itro' has no text", "add 'itro:' to text/en/questions/1_you.yaml"),
    (Q1, "id: age", "id: ▸agee", "the question 'agee' has no text", "add 'agee:' to text/en/questions/1_you.yaml"),
    (Q1, "[current, past, never, not_sure]", "[current, past, never, ▸soon, not_sure]", "the option 'soon' has no text", "add 'soon:' to text/en/questions/1_you.yaml"),
    (LIMITS, "id: very_old", "id: ▸older", "the limit 'older' has no text", "add 'older:' to text/en/limits.yaml"),
    # gates look back
    (Q1, "ask_if: \"smoking != 'never'\"", 'ask_if: "▸since >= 5"', "there is no question or definition 'since' here", "name a question that is asked before this"),
    (Q1, "ask_only_if: \"smoking == 'past'\"", 'ask_only_if: "▸pack_years >= 5"', "there is no question or definition 'pack_years' here", None),
    (Q1, "ask_if: \"smoking != 'never'\"", 'ask_if: "▸has_pain"', "there is no question or definition 'has_pain' here", None),
    (Q1, "ask_only_if: \"smoking == 'past'\"", "ask_only_if: ▸\"smoking == 'past'\"\n        ask_if: \"age >= 5\"", "a question has ask_if or ask_only_if, not both", "keep one of them"),
    (Q2, "ask_only_if: \"med == 'other'\"", 'ask_only_if: "▸dose_mg >= 5"', "there is no question or definition 'dose_mg' here", None),
    # limits
    (LIMITS, 'default: "65"', 'default: ▸"71"', "the default 71 of 'old' is not between 60 and 70", "move it, or its bounds"),
    (LIMITS, '"old < very_old"', '▸"old > very_old"', "'old > very_old' is not an order of two limits", 'write "a < b"'),
    (LIMITS, '"old < very_old"', '▸"very_old < old"', "the defaults break 'very_old < old'", "change one of the two"),
    (LIMITS, '"old < very_old"', '▸"old < verry_old"', "there is no limit 'verry_old'", "did you mean 'very_old'?"),
    # definitions and rules
    (DEF, 'age_open: "unknown(age)"', 'age_open: "▸age_open"', "there is no question or definition 'age_open' here", None),
    (DEF, "has_pain: ", "▸age: ", "the name 'age' cannot be used", "use a new small name"),
    (DEF, "weight: weight,", "weight: ▸wait,", "there is no number 'wait'", "did you mean 'weight'?"),
    (R1, 'when: "age >= limit.old"', 'when: ▸"smoking == \'past\' and smoking == \'never\'"', "the rule 'R-OLD' can never fire", "look for parts that contradict"),
    (R1, 'when: "age >= limit.old"', 'when: ▸"(age >= 70 or age_open and age >= 80) and age < 60"', "the rule 'R-OLD' can never fire", None),
    (R1, 'any:\n        - "has_pain"', '▸any:\n        - "age >= limit.old"', "a limit (old) could switch off the safety rule 'R-SUI-PAIN'", "write the number itself"),
    (R1, "any:", "▸some:", "a group of conditions has one key", "write any:, all: or none:"),
    (R1, 'any:\n        - "has_pain"', "▸any:\n        - always", "'always' stands alone", "write when: always, or leave it out"),
    (R1, '- "has_pain"', '- "▸has_pane"', "there is no question or definition 'has_pane' here", "did you mean 'has_pain'?"),
    (R1, '      any:\n        - "has_pain"\n        - "smoking in [\'current\', \'past\']"', "      any: ▸[]", "'any:' holds a list of conditions", "write '- ' before each"),
    (R1, '      any:\n        - "has_pain"', '      none:\n        - "▸age_open"', "this definition holds unknown(...) and cannot stand here", None),
    # medicines and help lines
    ("medicines.yaml", '{token: plain, group: one, clearly_low: "10", meets: "20"', '▸{token: plain, group: one, clearly_low: "30", meets: "20"', "the dose bands of 'plain' do not fit together", "write both, clearly_low not above meets"),
    (HELP, '- {id: us_young, text: "777", verified: "no"', '- ▸{id: us_young, text: "777", verified: "yes"', "verified and checked_on do not fit together", "write the day for verified numbers only"),
    (HELP, '- {id: us_line, call: "988", verified: "yes", checked_on: "2026-11-22"}\n      - {id: us_young, text: "777", verified: "no", checked_on: ""}\n    youth: [us_young]', '- {id: us_line, verified: "no"}\n      - {id: us_young, verified: "no"}\n    youth: []', None, None),
    (HELP, "youth: [us_young]", "youth: [▸us_yong]", "there is no line 'us_yong' in this country", "did you mean 'us_young'?"),
    ("text/en/common.yaml", '{patient: "Not sure about {topic}.", clinician: "[unknown]"}', '{patient: ▸"Not sure about {rule}.", clinician: "[unknown]"}', "only {topic} can be filled in", "write {topic}"),
    ("text/en/common.yaml", "levels: {now: Get help now, ", "levels: ▸{", "the word of 'levels' 'now' has no text", "add 'now:' to text/en/common.yaml"),
]
# Ids are also written in the texts; with these the texts change too.
RENAMED = [
    (Q1, "id: smoking", "id: ▸Smoking", T1, "smoking:", "Smoking:", "'Smoking' is not a name", "use small letters, digits and _"),
    (Q1, "id: pack_years", "id: ▸data", T1, "pack_years:", "data:", "'data' is a name that forms or conditions need themselves", "use another"),
    (Q1, "id: pack_years", "id: ▸class", T1, "pack_years:", "class:", "'class' is a name that forms or conditions need themselves", "use another"),
    (Q1, "page: more", "page: ▸check", T1, "more:", "check:", "the page address 'check' is taken", "use another one"),
    (Q1, "page: more", "page: ▸About You", T1, "more:", "About You:", "'About You' is not a page address", "use small letters and -"),
    (Q1, "page: more", "page: ▸about-you", T1, '  more: {title: More, lead: ""}\n', "", "the page address 'about-you' is taken", "use another one"),
    (Q2, "- id: weight", "- ▸id: height", "text/en/questions/2_tries.yaml", "  weight: {ask: How heavy?, short: Weight, thing: how heavy}\n", "", "'height' is already asked at questions/2_tries.yaml:32:9", "use another id"),
    (R2, "id: R-ALWAYS", "id: ▸R-TRIES", "text/en/rules/2_second.yaml", "  R-ALWAYS: {title: Always, patient: Talk., ask: What now?, clinician: Always.}\n", "", "the rule 'R-TRIES' stands here twice", "keep one"),
]


# fmt: on


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "content"))


def edit(file: Path, old: str, new: str) -> tuple[int, int]:
    """Change a file once; say where the mark of the new text then stands."""
    text = file.read_text("utf-8")
    assert old in text
    changed, line, column = marked(text.replace(old, new, 1) + ("" if MARK in new else MARK))
    file.write_text(changed, "utf-8")
    return line, column


def refused(folder: Path) -> tuple[rules.Fault, ...]:
    with pytest.raises(rules.ContentError) as error:
        rules.load(folder=folder)
    return error.value.faults


def test_the_tiny_content_is_sound(tiny: rules.Content) -> None:
    assert tiny.version.startswith("1.0.0+")


@pytest.mark.parametrize(("file", "old", "new", "what", "instead"), REFUSED)
def test_content_is_refused_where_it_goes_wrong(  # noqa: PLR0913, PLR0917 - a row of the table
    folder: Path, file: str, old: str, new: str, what: str | None, instead: str | None
) -> None:
    line, column = edit(folder / file, old, new)

    faults = refused(folder)

    pointed = [fault for fault in faults if fault.place == rules.Place(file, line, column)]
    if MARK in new:
        assert [fault.what for fault in pointed] == [what or pointed[0].what]
        assert instead in {None, pointed[0].instead}
    # One slip is told once; only a wrong id is told where it stands and where it is missing.
    assert len(faults) == 1 or "has no text" in str(faults)


@pytest.mark.parametrize(
    ("file", "old", "new", "texts", "old_text", "new_text", "what", "instead"), RENAMED
)
def test_a_name_that_cannot_be_used_is_refused(  # noqa: PLR0913, PLR0917 - a row of the table
    folder: Path,
    file: str,
    old: str,
    new: str,
    texts: str,
    old_text: str,
    new_text: str,
    what: str,
    instead: str,
) -> None:
    line, column = edit(folder / file, old, new)
    edit(folder / texts, old_text, new_text)

    (fault,) = refused(folder)

    assert rules.Fault(rules.Place(file, line, column), what, instead) == fault


def test_all_faults_of_a_folder_are_told_at_once_in_order(folder: Path) -> None:
    edit(folder / Q1, "unit: years", "unit: yeers")
    edit(folder / Q1, "source: S01", "source: S02")
    edit(folder / Q2, "unit: tries", "unit: tires")

    faults = refused(folder)

    assert ["'yeers'", "'tires'"] == [fault.what[-7:] for fault in faults]
    assert sorted(faults) == list(faults)


def test_a_message_reads_place_then_fault_then_way_out(folder: Path) -> None:
    edit(folder / R1, "limit.old", "limit.odl")

    with pytest.raises(rules.ContentError) as error:
        rules.load(folder=folder)

    expected = "rules/1_first.yaml:5:19: there is no limit 'odl'; did you mean 'old'?"
    assert expected == str(error.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "text/en/limits.yaml").unlink()

    assert ["text/en/limits.yaml:1:1: this file is missing"] == list(map(str, refused(folder)))


def test_a_text_file_without_logic_is_named(folder: Path) -> None:
    (folder / "text/en/rules/3_third.yaml").write_text("topic: X\n", "utf-8")

    assert "text/en/rules/3_third.yaml" == refused(folder)[0].place.file


def test_a_file_that_is_not_utf_8_is_refused(folder: Path) -> None:
    (folder / "limits.yaml").write_bytes(b"limits: \xff\n")

    assert "save it as UTF-8 text" == refused(folder)[0].instead


def test_a_language_without_texts_is_refused(folder: Path) -> None:
    with pytest.raises(rules.ContentError, match="no text in the language 'xx'"):
        rules.load(language="xx", folder=folder)


def test_a_second_language_is_a_second_folder(folder: Path) -> None:
    shutil.copytree(folder / "text/en", folder / "text/xx")
    edit(folder / "text/xx/rules/1_first.yaml", "You are old.", "Vous y etes.")

    content = rules.load(language="xx", folder=folder)

    assert "Vous y etes." == content.rules[0].patient


def test_every_content_file_counts_for_the_version(folder: Path) -> None:
    versions = {rules.load(folder=folder).version}
    for file in sorted(folder.rglob("*.yaml")):
        file.write_bytes(file.read_bytes() + b"# changed\n")
        versions.add(rules.load(folder=folder).version)

    assert 1 + len(list(folder.rglob("*.yaml"))) == len(versions)


def test_line_ends_of_another_system_do_not_change_the_version(folder: Path) -> None:
    before = rules.load(folder=folder).version
    for file in folder.rglob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert before == rules.load(folder=folder).version
