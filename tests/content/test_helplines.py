"""Wherever a person is, the crisis block holds a way to reach someone."""

import re

import pytest

import rules
from tests.content.lists import rows

ROWS = rows("helplines")
COUNTRIES = list(dict.fromkeys(row["country"] for row in ROWS))


def numbers(line: rules.Line) -> list[tuple[str, str]]:
    return [(way, n) for way, n in (("call", line.call), ("text", line.text_to)) if n]


def expected(country: str) -> list[tuple[str, str, bool]]:
    here = [row for row in ROWS if row["country"] == country]
    return [(row["kind"], row["number"], row["verified"] == "yes") for row in here]


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_numbers_and_their_marks_are_those_that_were_written(
    content: rules.Content, country: str
) -> None:
    lines = content.helplines.country(country).lines
    found = {(way, number, line.verified) for line in lines for way, number in numbers(line)}

    assert {row for row in expected(country) if row[0] != "emergency"} == found


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_emergency_numbers_are_those_that_were_written(
    content: rules.Content, country: str
) -> None:
    numbers = content.helplines.country(country).numbers
    found = [("emergency", emergency.number, emergency.verified) for emergency in numbers]

    assert [row for row in expected(country) if row[0] == "emergency"] == found


def test_each_country_that_can_be_picked_has_a_number_and_a_line(content: rules.Content) -> None:
    offered = content.questionnaire.question("country").tokens

    assert {*COUNTRIES, "elsewhere", "prefer_not"} == set(offered)
    for country in COUNTRIES:
        help_ = content.helplines.country(country)
        assert help_.emergency
        assert any(line.call for line in help_.lines)


@pytest.mark.parametrize("country", ["", "elsewhere", "prefer_not", "XX"])
def test_anywhere_else_has_a_list_of_lines_for_the_world(
    content: rules.Content, country: str
) -> None:
    here = content.helplines.country(country)
    addresses = [line.chat for line in here.lines]

    assert ["https://findahelpline.com", "https://befrienders.org"] == addresses
    assert here.emergency_words


@pytest.mark.parametrize("country", [*COUNTRIES, ""])
def test_a_number_says_when_it_was_checked_or_that_it_was_not(
    content: rules.Content, country: str
) -> None:
    here = content.helplines.country(country)

    marks = [(number.verified, number.checked_on) for number in here.numbers]
    marks += [(line.verified, line.checked_on) for line in here.lines]

    assert here.basis
    for verified, day in marks:
        assert re.fullmatch(r"20\d\d-\d\d-\d\d" if verified else "", day)


@pytest.mark.parametrize("country", [*COUNTRIES, ""])
def test_a_line_has_a_name_and_a_way_to_reach_it(content: rules.Content, country: str) -> None:
    for line in content.helplines.country(country).lines:
        assert line.name
        assert line.call or line.text_to or line.chat


def test_numbers_are_digits_that_a_telephone_can_dial(content: rules.Content) -> None:
    lines = [line for country in COUNTRIES for line in content.helplines.country(country).lines]

    for _, number in (pair for line in lines for pair in numbers(line)):
        assert re.fullmatch(r"[0-9][0-9 -]*[0-9]", number)


def test_the_lines_for_young_people_are_marked(content: rules.Content) -> None:
    young = [
        line.id for c in COUNTRIES for line in content.helplines.country(c).lines if line.youth
    ]

    assert ["gb_papyrus", "gb_childline"] == young


def test_an_option_that_ended_is_not_printed(content: rules.Content) -> None:
    notes = [line.note for line in content.helplines.country("US").lines]

    assert [] == [note for note in notes if re.search(r"press (3|three)", note, re.IGNORECASE)]
