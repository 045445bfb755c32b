"""The door: what is not an answer is refused by name, and nothing is guessed."""

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from tests.rules.drawing import CONTENT, patients
from tests.rules.patients import BASE

FULL = {"med": "plain", "named": None, "dose_mg": 12.5, "duration": "long", "reasons": ["ill"]}

REFUSED: list[tuple[Any, str, str]] = [
    ([], "", "not an object"),
    ("x", "", "not an object"),
    ({"aeg": 5}, "'aeg'", "did you mean 'age'?"),
    ({"bmi": 5}, "'bmi'", "no question with this id"),
    ({7: "x"}, "7", "no question with this id"),
    ({"zzz\n" * 90: 1}, "'" + "zzz\\n" * 11 + "zzz\\", "see the list of questions"),
    ({"smoking": "pats"}, "smoking", "the option 'pats' is not offered; did you mean 'past'?"),
    ({"smoking": ""}, "smoking", "it offers current, past, never, not_sure"),
    ({"smoking": "prefer_not"}, "smoking", "is not offered"),
    ({"smoking": ["past"]}, "smoking", "one option is expected, not a list"),
    ({"smoking": True}, "smoking", "one option is expected, not true or false"),
    ({"smoking": {"a": 1}}, "smoking", "not an object"),
    ({"pains": "head"}, "pains", "a list of options is expected, not a text"),
    ({"pains": ["head", "hart"]}, "pains[1]", "did you mean 'heart'?"),
    ({"pains": ["head", 3]}, "pains[1]", "one option is expected, not a number"),
    ({"pains": ["head", None]}, "pains[1]", "one option is expected"),
    ({"pains": ["head", "head"]}, "pains", "the option 'head' is listed twice"),
    ({"pains": ["head", "none"]}, "pains", "'none' cannot stand beside another option"),
    ({"pains": ["none", "not_sure"]}, "pains", "'none' cannot stand beside another option"),
    ({"pains": ["head"] * 100}, "pains", "more options than are offered"),
    ({"age": "42"}, "age", "a number is expected, not a text"),
    ({"age": True}, "age", "a number is expected, not true or false"),
    ({"age": 42.0}, "age", "a whole number is expected"),
    ({"age": 42.5}, "age", "a whole number is expected"),
    ({"age": math.nan}, "age", "this is not a number"),
    ({"age": math.inf}, "age", "this is not a number"),
    ({"age": -1}, "age", "from 0 to 120 years"),
    ({"age": 121}, "age", "from 0 to 120 years"),
    ({"age": 10**400}, "age", "from 0 to 120 years"),
    ({"age": [1]}, "age", "a number is expected, not a list"),
    ({"since": 5, "pack_years": 5}, "since", "the number must be above pack_years (5)"),
    ({"remarks": 5}, "remarks", "a text is expected, not a number"),
    ({"remarks": "x" * 1001}, "remarks", "1001 characters, more than 1000"),
    ({"remarks": "a\x00b"}, "remarks", "cannot be printed"),
    ({"remarks": "a\ud800b"}, "remarks", "cannot be printed"),
    ({"remarks": "a\x9bb"}, "remarks", "cannot be printed"),
    ({"tries": {}}, "tries", "a list of entries is expected, not an object"),
    ({"tries": [FULL] * 6}, "tries", "there are 6 entries, more than 5"),
    ({"tries": [FULL, "x"]}, "tries[1]", "an entry with fields is expected, not a text"),
    ({"tries": [FULL | {"doze_mg": 1}]}, "tries[0].'doze_mg'", "did you mean 'dose_mg'?"),
    ({"tries": [FULL | {"dose_adequate": "yes"}]}, "tries[0].'dose_adequate'", "no such field"),
    ({"tries": [FULL | {"dose_mg": 0.4}]}, "tries[0].dose_mg", "from 0.5 to 2000 mg"),
    ({"tries": [FULL | {"dose_mg": 12.25}]}, "tries[0].dose_mg", "at most 1 decimal place"),
    ({"tries": [FULL, FULL | {"med": "plan"}]}, "tries[1].med", "did you mean 'plain'?"),
    ({"tries": [FULL | {"reasons": ["ill", "x"]}]}, "tries[0].reasons[1]", "is not offered"),
    ({"tries": [FULL | {"named": "x" * 21}]}, "tries[0].named", "more than 20"),
]


@pytest.mark.parametrize(("raw", "where", "why"), REFUSED)
def test_what_is_not_an_answer_is_refused_by_name(
    tiny: rules.Content, raw: object, where: str, why: str
) -> None:
    with pytest.raises(rules.AnswerError) as refused:
        rules.read_answers(tiny, raw)

    assert where == refused.value.where
    assert why in refused.value.message
    assert len(str(refused.value).splitlines()) == 1


ACCEPTED: list[tuple[str, Any, Any]] = [
    ("age", 0, 0),
    ("age", 120, 120),
    ("age", None, None),
    ("smoking", "not_sure", "not_sure"),
    ("pains", [], ()),
    ("pains", ["none"], ("none",)),
    ("pains", ["heart", "head"], ("head", "heart")),
    ("pains", ["head", "not_sure"], ("head", "not_sure")),
    ("pains", ["not_sure", "prefer_not"], ("not_sure", "prefer_not")),
    ("remarks", "é\n\tñ 🙂", "é\n\tñ 🙂"),
    ("remarks", "", ""),
    ("tries", [], ()),
    ("tries", [FULL], (FULL | {"reasons": ("ill",)},)),
    ("tries", [FULL | {"dose_mg": 2000.0}], (FULL | {"dose_mg": 2000, "reasons": ("ill",)},)),
    ("tries", [{}], (dict.fromkeys(FULL),)),
]


@pytest.mark.parametrize(("name", "raw", "value"), ACCEPTED)
def test_an_answer_is_read(tiny: rules.Content, name: str, raw: object, value: object) -> None:
    read = rules.read_answers(tiny, {name: raw})

    assert {name: value} == read
    assert type(value) is type(read[name])


def test_a_whole_dose_is_a_whole_number(tiny: rules.Content) -> None:
    read = rules.read_answers(tiny, {"tries": [FULL | {"dose_mg": 50.0}]})

    assert [50] == [entry["dose_mg"] for entry in read["tries"]]  # type: ignore[union-attr, index]
    assert "50" == str(read["tries"][0]["dose_mg"])  # type: ignore[index]


def test_the_upper_pressure_must_be_above_the_lower(content: rules.Content) -> None:
    with pytest.raises(rules.AnswerError, match=r"bp_systolic: .* above bp_diastolic \(90\)"):
        rules.read_answers(content, BASE | {"bp_systolic": 90, "bp_diastolic": 90})


@settings(max_examples=50, deadline=None)
@given(patients())
def test_answers_survive_json_and_the_door(answers: dict[str, rules.Value]) -> None:
    once = rules.read_answers(CONTENT, answers)

    assert once == rules.read_answers(CONTENT, json.loads(json.dumps(once)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*CONTENT.questionnaire.by_id, "x"]), JSON, max_size=4))
def test_nothing_but_an_answer_error_leaves_the_door(raw: dict[str, object]) -> None:
    try:
        answers = rules.read_answers(CONTENT, raw)
    except rules.AnswerError:
        return
    rules.evaluate(CONTENT, answers)


def test_an_option_is_the_one_that_is_offered_and_not_its_equal() -> None:
    """Look-ups by the same text need not compare its letters."""
    given = json.loads('{"si_now": "yes", "drugs": ["cannabis"]}')

    read = rules.read_answers(CONTENT, given)

    questions = CONTENT.questionnaire.by_id
    assert any(read["si_now"] is token for token in questions["si_now"].tokens)
    assert any(read["drugs"][0] is token for token in questions["drugs"].tokens)  # type: ignore[index]
