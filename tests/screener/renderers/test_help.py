from dataclasses import replace

import pytest

from rules import EmergencyNumber
from screener.renderers.help import blocks, closing, in_words, reaches
from screener.summary import Help
from tests.screener.renderers.sample import HELP, line, point, quiet, urgent


def test_the_most_urgent_block_is_first() -> None:
    assert ["emergency", "full"] == [block.kind for block in blocks(urgent())]


@pytest.mark.parametrize(
    ("crisis", "emergency", "kinds"),
    [
        ("none", False, []),
        ("soft", False, ["soft"]),
        ("full", False, ["full"]),
        ("none", True, ["emergency"]),
        ("soft", True, ["emergency", "soft"]),
    ],
)
def test_each_block_stands_for_its_answers(
    crisis: str,
    kinds: list[str],
    *,
    emergency: bool,
) -> None:
    assert kinds == [block.kind for block in blocks(quiet(crisis=crisis, emergency=emergency))]


def test_every_page_names_someone_to_reach() -> None:
    for summary in (quiet(), quiet(crisis="soft"), urgent()):
        last = closing(summary)
        found = [*blocks(summary), *([last] if last else [])]
        assert any(
            "911" in reach.how for block in found for way in block.ways for reach in way.reach
        )


def test_the_full_block_holds_every_line_and_when_they_were_checked() -> None:
    block = blocks(quiet(crisis="full"))[0]

    assert ["In danger", *(one.name for one in HELP.lines)] == [way.name for way in block.ways]
    assert block.checked == "Numbers last checked on November 22, 2026."
    assert [way.unchecked for way in block.ways if way.unchecked] == ["number not checked yet"]


@pytest.mark.parametrize(
    ("undecided", "said"),
    [
        ((True,), "You left open if you have a warning sign"),
        ((True, False), "What you told us can be an emergency."),
    ],
)
def test_an_emergency_is_put_down_to_what_was_told_only_when_something_was(
    undecided: tuple[bool, ...], said: str
) -> None:
    points = tuple(point(block="emergency", undecided=one) for one in undecided)
    block = blocks(quiet(emergency=True, points=points))[0]

    assert block.lead.startswith(said)


def test_an_emergency_number_that_no_one_has_checked_says_so() -> None:
    numbers = (EmergencyNumber("112", verified=False, checked_on=""),)
    block = blocks(quiet(crisis="full", help=replace(HELP, numbers=numbers)))[0]

    assert "number not checked yet" == block.ways[0].unchecked


def test_the_oldest_check_counts_also_that_of_an_emergency_number() -> None:
    numbers = (EmergencyNumber("112", verified=True, checked_on="2026-11-02"),)
    block = blocks(quiet(crisis="full", help=replace(HELP, numbers=numbers)))[0]

    assert block.checked == "Numbers last checked on November 2, 2026."


def test_who_does_not_say_where_they_are_reads_what_to_call_in_another_country() -> None:
    block = blocks(quiet(crisis="full", help=replace(HELP, country_told=False)))[0]

    said = [reach.how for reach in block.ways[0].reach]
    assert ["Call 911", "In another country, call your local emergency number"] == said


def test_without_a_number_the_words_for_the_emergency_service_stand_in() -> None:
    help_ = Help("any country", (), "your local emergency number", ())
    block = blocks(quiet(crisis="full", help=help_))[0]

    assert block.ways[0].reach[0].how == "Call your local emergency number"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["Call or text 988"]),
        ({"text_to": ""}, ["Call 988"]),
        ({"text_to": "838255"}, ["Call 988", "Text 838255"]),
        ({"text_word": "AYUDA"}, ["Call 988", "Text AYUDA to 988"]),
        ({"call": "", "text_to": ""}, ["988lifeline.org"]),
    ],
)
def test_a_line_says_how_to_reach_it(changes: dict[str, str], said: list[str]) -> None:
    assert said == [reach.how for reach in reaches(replace(line(), **changes))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("988", "nine eight eight"),
        ("116 123", "one one six, one two three"),
        ("0800-0113", "zero eight zero zero, zero one one three"),
    ],
)
def test_a_number_is_said_digit_by_digit(number: str, said: str) -> None:
    assert in_words(number) == said
