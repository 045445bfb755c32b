"""Limits, medicines, help lines, and answers in words."""

import pytest

import rules
from rules.catalogue.medicines import judge
from tests.rules.patients import BASE, patient

BROKEN = [
    (
        {"bp_first_sys": 141},
        "bp_first_sys cannot be 141; write a whole number from 120 to 140 (mmHg)",
    ),
    ({"bp_first_sys": 119}, "bp_first_sys cannot be 119"),
    ({"bp_urgent_sys": 181}, "bp_urgent_sys cannot be 181"),
    ({"trd_min_trials": 1}, "trd_min_trials cannot be 1"),
    ({"bp_first_sys": 130}, "bp_discuss_sys (130) must be below bp_first_sys (130)"),
    ({"bp_discuss_dia": 89, "bp_first_dia": 85}, "bp_discuss_dia (89) must be below"),
    ({"bp_first_sys_65": 139}, "bp_first_sys (140) must be at most bp_first_sys_65 (139)"),
    ({"bp_first_syst": 130}, "there is no limit 'bp_first_syst'; did you mean 'bp_first_sys'?"),
    ({"bmi_high": 35.5}, "bmi_high is not a whole number"),
    ({"bmi_high": "35"}, "bmi_high is not a whole number"),
    ({"bmi_high": True}, "bmi_high is not a whole number"),
]


@pytest.mark.parametrize(("values", "why"), BROKEN)
def test_property_17_a_limit_outside_its_bounds_is_refused(
    content: rules.Content, values: dict[str, int], why: str
) -> None:
    with pytest.raises(rules.LimitError) as refused:
        content.limits.with_values(values)

    assert str(refused.value).startswith(why)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("end", ["low", "high"])
def test_property_17_every_limit_can_reach_its_bounds(content: rules.Content, end: str) -> None:
    helping = {"bp_first_sys": {"bp_discuss_sys": 120}, "bp_first_dia": {"bp_discuss_dia": 75}}
    for limit in content.limits.values():
        if (limit.id, end) in {("bp_first_sys", "low"), ("bp_first_sys_65", "low")}:
            continue  # bp_discuss_sys is at least 120 too, and must stay below
        if (limit.id, end) == ("bp_discuss_sys", "high"):
            assert 139 == limit.high
        values = {limit.id: getattr(limit, end)} | (
            helping.get(limit.id, {}) if end == "low" else {}
        )
        assert getattr(limit, end) == content.limits.with_values(values)[limit.id].value


def test_limits_of_a_clinic_change_the_result_and_not_the_content(content: rules.Content) -> None:
    answers = patient(content, bp_systolic=135)
    strict = content.limits.with_values({"bp_first_sys": 135, "bp_discuss_sys": 125})

    levels = [rules.evaluate(content, answers, limits).level for limits in (None, strict, None)]

    assert ["discuss", "first", "discuss"] == levels
    assert 140 == content.limits["bp_first_sys"].value


def test_a_limit_of_weeks_is_compared_with_the_weeks_that_an_option_stands_for(
    content: rules.Content,
) -> None:
    five = [trial | {"duration": "w4_5"} for trial in BASE["med_trials"]]
    answers = patient(content, med_trials=five)

    def failed(weeks: int) -> bool:
        limits = content.limits.with_values({"trial_min_weeks": weeks})
        found = rules.evaluate(content, answers, limits).findings
        return "R-TRX-2PLUS" in {finding.rule.id for finding in found if not finding.undecided}

    assert [True, False, False] == [failed(4), failed(5), failed(6)]


@pytest.mark.parametrize(
    ("med", "dose", "adequate"),
    [
        ("sertraline", 50, "yes"),
        ("sertraline", 49.9, None),
        ("sertraline", 25, None),
        ("sertraline", 24.9, "no"),
        ("sertraline", None, None),
        ("agomelatine", 24, "no"),
        ("agomelatine", 25, "yes"),
        ("other_antidepressant", 500, None),
        ("not_sure", 500, None),
        (None, 500, None),
    ],
)
def test_a_dose_is_looked_up(
    content: rules.Content, med: str | None, dose: float | None, adequate: str | None
) -> None:
    assert adequate == judge(content.medicines, {"med": med, "dose_mg": dose})


def test_a_country_without_lines_gets_those_of_the_world(content: rules.Content) -> None:
    for code in ("elsewhere", "prefer_not", "", "XX"):
        assert content.helplines.world is content.helplines.country(code)


def test_property_20_help_is_there_for_every_country(content: rules.Content) -> None:
    for country in content.questionnaire.question("country").tokens:
        help_there = content.helplines.country(country)
        assert help_there.emergency_words
        assert any(line.call or line.text_to or line.chat for line in help_there.lines)


def test_a_youth_line_is_marked(tiny: rules.Content) -> None:
    assert ["us_young"] == [line.id for line in tiny.helplines.country("US").youth_lines]


SAID = [
    ("smoking", "past", "I did"),
    ("smoking", "not_sure", "I am not sure"),
    ("smoking", None, "Not answered"),
    ("pains", ("head", "heart"), "In my head, In my heart"),
    ("pains", ("none",), "None of these"),
    ("pains", (), "Not answered"),
    ("age", 42, "42 years"),
    ("age", 0, "0 years"),
    ("remarks", "My own words", "My own words"),
    ("remarks", "", "Not answered"),
    ("tries", (), "Not answered"),
    ("tries", ({"med": "plain", "dose_mg": 12.5, "duration": None},), "Plain (Simple), 12.5 mg"),
    ("tries", ({"med": "plain"}, {"med": "other"}), "Plain (Simple); Something else"),
]


@pytest.mark.parametrize(("name", "value", "words"), SAID)
def test_an_answer_is_said_in_words(
    tiny: rules.Content, name: str, value: rules.Value, words: str
) -> None:
    assert words == rules.say(tiny, name, value)
    assert words == rules.say(tiny, tiny.questionnaire.question(name), value)


def test_an_option_says_what_it_means(tiny: rules.Content) -> None:
    options = {option.token: option for option in tiny.questionnaire.question("pains").options}

    assert ["known", "known", "empty", "unknown", "unknown"] == [
        o.meaning for o in options.values()
    ]
    assert ["none", "not_sure", "prefer_not"] == [o.token for o in options.values() if o.exclusive]
