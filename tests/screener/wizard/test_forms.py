"""What a field makes of what is typed: an answer, or words that say what to do."""

import pytest
from werkzeug.datastructures import MultiDict

import rules
from screener.wizard import reading
from screener.wizard.forms import PageForm
from screener.wizard.listed import listed
from screener.wizard.measures import MeasureField
from tests.screener.wizard.conftest import content_once


def form(*names: str, **sent: str | list[str]) -> PageForm:
    """Send a form with these questions."""
    questions = [content_once().questionnaire.question(name) for name in names]
    made = PageForm(questions)
    pairs = [
        (name, one)
        for name, value in sent.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    made.read(MultiDict(pairs))
    return made


def problem(*names: str, **sent: str | list[str]) -> str:
    """The one thing to put right in a form."""
    (found,) = form(*names, **sent).problems
    return found[1]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("120 mmHg", 120),
        ("120mmhg", 120),
        ("120.0", 120),
        ("120.", 120),
        ("０１２０", 120),  # noqa: RUF001 - full-width digits are meant
        ("\u00a0120\u202f", 120),
        ("+", None),
        ("-120", None),
        ("1e2", None),
        ("1_20", None),
        ("12 0", None),
        ("120/80", None),
        ("NaN", None),
        ("Infinity", None),
        ("١٢٠", None),
        ("12²", None),
        ("9" * 309, None),
        ("9" * 100_000, None),
        ("120.5", None),
    ],
)
def test_a_number_is_read_liberally_and_in_plain_digits(typed: str, number: int | None) -> None:
    made = form("bp_systolic", bp_systolic=typed)

    assert made.readable.get("bp_systolic") == number
    assert bool(made.slips) is (number is None)


@pytest.mark.parametrize(
    ("typed", "number"), [("1,000", 1000), ("37,5", 37.5), ("37.5 mg", 37.5), ("1 000 mg", 1000)]
)
def test_a_dose_takes_commas_and_a_decimal(typed: str, number: float) -> None:
    assert reading.number(typed, "mg", decimals=1) == number


def test_a_number_that_is_none_says_how_it_must_look() -> None:
    said = problem("bp_systolic", bp_systolic="high")

    assert said == "The top number must be a whole number, like 120"


def test_a_number_out_of_range_says_the_range() -> None:
    assert problem("bp_systolic", bp_systolic="20") == "The top number must be between 60 and 280"


def test_a_number_that_may_be_left_empty_is_no_slip() -> None:
    assert form("age_years", age_years="").readable == {"age_years": None}


def test_the_top_number_must_be_larger() -> None:
    said = problem("bp_systolic", "bp_diastolic", bp_systolic="80", bp_diastolic="80")

    assert said == "The top number must be larger than the bottom number"


def test_a_missing_choice_names_the_way_out() -> None:
    assert problem("bp_dx").endswith("or select ‘I am not sure’")
    assert problem("red_flags_now").endswith("or select ‘None of these’")
    assert problem("height_cm", "bp_systolic", height_cm="180").endswith(
        "or choose ‘Leave it empty and go on’"
    )


def test_the_consent_cannot_be_left_empty() -> None:
    made = form("ack", "filled_by")

    made.leave_empty()

    assert made.readable == {"filled_by": None}
    assert made.problems == [("#ack-0", "Select if you want to go on")]


def test_a_token_that_is_not_offered_is_no_answer() -> None:
    assert form("bp_dx", bp_dx="maybe").readable == {}
    assert form("red_flags_now", red_flags_now=["fainted", "joy"]).readable == {
        "red_flags_now": ["fainted"]
    }


def test_none_of_these_beside_a_tick_names_both_ways_out() -> None:
    made = form("red_flags_now", red_flags_now=["fainted", "none"])

    assert made.problems[0][1] == "Select what applies to you, or select only ‘None of these’"
    assert made.told == {"red_flags_now": ["fainted"]}


def test_not_sure_beside_a_tick_is_kept() -> None:
    made = form("red_flags_now", red_flags_now=["not_sure", "fainted"])

    assert made.readable == {"red_flags_now": ["fainted", "not_sure"]}


def test_after_three_slips_the_way_out_is_said_again() -> None:
    assert "You can also" not in problem("bp_dx", tries="1")
    assert problem("bp_dx", tries="2").endswith("You can also choose ‘Leave it empty and go on’.")


def test_a_long_text_says_how_long_it_is() -> None:
    longest = content_once().questionnaire.question("questions").longest

    said = problem("questions", questions="a" * (longest + 4))

    assert f"{longest} characters or less. Now it has {longest + 4}." in said


def test_text_loses_what_cannot_be_printed() -> None:
    made = form("questions", questions=" Why\x00 is\ud800 it\r\nso? ")

    assert made.readable == {"questions": "Why is it\nso?"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"weight_kg": "71"}, 71),
        ({"weight_kg": "71.4 kg"}, None),
        ({"weight_kg_lb": "165"}, 75),
        ({"weight_kg_lb": "165 lbs"}, 75),
        ({"weight_kg": "", "weight_kg_lb": ""}, None),
    ],
)
def test_a_weight_is_kept_in_kilograms(sent: dict[str, str], kept: int | None) -> None:
    assert form("weight_kg", **sent).readable.get("weight_kg") == kept


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"height_cm": "180 cm"}, 180),
        ({"height_cm_ft": "5", "height_cm_in": "11"}, 180),
        ({"height_cm_ft": "6"}, 183),
        ({"height_cm_in": "71"}, 180),
        ({"height_cm_ft": "5'", "height_cm_in": '11"'}, 180),
    ],
)
def test_a_height_is_kept_in_centimetres(sent: dict[str, str], kept: int) -> None:
    assert form("height_cm", **sent).readable == {"height_cm": kept}


def test_a_height_in_both_units_asks_for_one() -> None:
    said = problem("height_cm", height_cm="180", height_cm_ft="5")

    assert said == "Enter centimetres, or feet and inches, not both"


def test_a_measure_is_shown_again_as_it_was_typed() -> None:
    made = form("height_cm", height_cm_ft="5", height_cm_in="11")
    again = PageForm([content_once().questionnaire.question("height_cm")])

    again.show({"height_cm": 180}, made.typed)

    (field,) = again
    assert isinstance(field, MeasureField)
    assert [box.value for box in field.boxes] == ["", "5", "11"]


def test_a_medicine_stands_in_the_list_by_each_of_its_names() -> None:
    field = content_once().questionnaire.question("med_trials").fields[0]

    lines = listed(field.options, "sertraline")

    labels = [line.label for line in lines]
    assert {"Zoloft (sertraline)", "Prozac (fluoxetine)"} <= set(labels)
    assert labels[:-2] == sorted(labels[:-2], key=str.lower)
    assert [line.token for line in lines[-2:]] == ["other_antidepressant", "not_sure"]
    assert [line.token for line in lines if line.chosen] == ["sertraline"]


def test_every_question_makes_a_field_that_says_what_is_missing() -> None:
    pages = content_once().questionnaire.pages
    asked = [question for page in pages for question in page.questions]
    fields = [*asked, *next(q for q in asked if q.kind is rules.Kind.ENTRIES).fields]
    for question in fields:
        made = PageForm([question])
        made.read(MultiDict())
        for _href, said in made.problems:
            assert question.thing in said, question.id
            assert not {"please", "sorry", "invalid", "!"} & set(said.lower().split())
