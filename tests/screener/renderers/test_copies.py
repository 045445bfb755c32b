"""What every rendering keeps, whatever it is drawn with."""

import html as entities
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from bs4 import BeautifulSoup

from screener.language import speaking
from screener.renderers.json import as_json
from screener.renderers.page import html
from screener.renderers.pdf import pdf
from screener.renderers.text import text
from screener.summary import Copy, Summary
from tests.content.test_words import gives_advice, gives_verdict
from tests.screener.renderers import pdfs
from tests.screener.renderers.sample import quiet as sample
from tests.screener.summaries import COMPLETED, EVERY_CASE, case, quiet

Renderer = Callable[[Summary, Copy], str]


def once(written: Renderer) -> Renderer:
    """Keep what was written of a summary that is looked at again."""
    kept: dict[tuple[int, Copy], tuple[Summary, str]] = {}

    def write(summary: Summary, copy: Copy) -> str:
        if (id(summary), copy) not in kept:
            kept[id(summary), copy] = summary, written(summary, copy)
        return kept[id(summary), copy][1]

    return write


@once
def visible(summary: Summary, copy: Copy) -> str:
    page = BeautifulSoup(html(summary, copy), "html.parser")
    assert page.body is not None
    return " ".join(page.body.get_text(" ").split())


@once
def flat(summary: Summary, copy: Copy) -> str:
    return " ".join(re.sub(r"^=+$", "", text(summary, copy), flags=re.MULTILINE).split())


COPIES: tuple[Copy, ...] = get_args(Copy)
CASES = pytest.mark.parametrize("name", EVERY_CASE)
BOTH = pytest.mark.parametrize("copy", COPIES)
WRITTEN = pytest.mark.parametrize("written", [visible, flat], ids=["page", "text"])


@WRITTEN
@BOTH
@CASES
def test_every_point_is_there_with_its_reason_its_answers_and_its_question(
    name: str, copy: Copy, written: Renderer
) -> None:
    said = bare(written(case(name), copy))

    for one in case(name).points:
        assert bare(one.title) in said
        assert bare(one.ask) in said
        assert bare(one.clinician if copy == "clinician" else one.patient) in said
        assert all(bare(heard.answer) in said for heard in one.said)
        assert (one.rule in said) is (copy == "clinician")


def bare(words: str) -> str:
    return "".join(words.split())


@CASES
def test_property_22_both_copies_list_the_same_points_at_the_same_levels(name: str) -> None:
    summary = case(name)

    def marks(copy: Copy) -> list[tuple[str, str]]:
        page = BeautifulSoup(html(summary, copy), "html.parser")
        return [
            (str(point.h3.get_text()), str(point.select_one(".level").get_text()))  # type: ignore[union-attr]
            for point in page.select(".point")
        ]

    assert marks("patient") == marks("clinician")
    assert marks("patient") == [(one.title, one.level_name) for one in summary.points]


@WRITTEN
@BOTH
@CASES
def test_property_1_help_is_the_first_thing_on_the_page(
    name: str, copy: Copy, written: Renderer
) -> None:
    summary = case(name)
    said = written(summary, copy).lower()
    first = "call the emergency number now" if summary.emergency else "alk to someone now"

    assert summary.urgent is (first in said[:60])


@WRITTEN
@BOTH
@CASES
def test_property_10_no_rendering_gives_a_verdict(name: str, copy: Copy, written: Renderer) -> None:
    assert not gives_verdict(written(case(name), copy))


@CASES
def test_property_11_no_page_tells_a_patient_what_to_do_with_a_medicine(name: str) -> None:
    body = BeautifulSoup(html(case(name), "patient"), "html.parser").body
    assert body is not None

    assert [] == [said for said in body.stripped_strings if gives_advice(said)]


@WRITTEN
@BOTH
def test_the_frame_stands_first_and_last_and_says_who_has_not_signed(
    copy: Copy, written: Renderer
) -> None:
    summary = case("V01")
    said = written(summary, copy)

    assert said.index(summary.frame_first) < said.index(summary.points[0].title)
    assert summary.not_reviewed in said
    assert len(said) - said.rindex(summary.frame_last) < 300
    assert summary.content_version in said
    assert summary.reference in said


@WRITTEN
@BOTH
def test_a_print_names_each_number_in_digits_and_in_words(copy: Copy, written: Renderer) -> None:
    said = written(case("V14"), copy)

    assert "Call 911 (nine one one)" in said
    assert "Call or text 988 (nine eight eight)" in said
    assert "one, eight zero zero, six six two, four three five seven" in said


@WRITTEN
def test_an_attempt_long_ago_brings_one_quiet_strip_at_the_top(written: Renderer) -> None:
    said = written(case("V15"), "patient")

    assert "If hard thoughts come back" in said[:120]


@WRITTEN
@BOTH
def test_the_table_of_medicines_says_how_long_and_how_it_went(
    copy: Copy, written: Renderer
) -> None:
    said = bare(written(case("V08"), copy))

    for one in case("V08").treatments:
        for part in (one.name, one.dose, one.duration, one.helped, one.stop_reason):
            assert bare(part) in said
    assert ("Notknown:usualdose,6weeks" in said) is (copy == "clinician")


@CASES
def test_json_holds_what_the_command_promises(name: str) -> None:
    summary = case(name)
    said = json.loads(as_json(summary))

    assert next(iter(said)) == "help"
    assert [one.rule for one in summary.points] == [one["rule"] for one in said["findings"]]
    assert [one.level for one in summary.points] == [one["level"] for one in said["findings"]]
    assert (said["level"], said["crisis"]) == (summary.level, summary.crisis)
    assert said["emergency"] is summary.emergency
    assert said["content_version"] == summary.content_version
    for one in said["findings"]:
        assert set(one) >= {"undecided", "because", "patient", "ask", "clinician", "sources"}
        assert all(set(why) == {"question", "asked", "answer"} for why in one["because"])
        assert all(set(found) == {"source", "section"} for found in one["sources"])
        assert one["sources"]


@WRITTEN
@BOTH
def test_a_stale_answer_is_never_printed(copy: Copy, written: Renderer) -> None:
    stale = quiet(bp_known="no", bp_systolic=195, bp_diastolic=125, aneurysm_where=["brain"])

    assert "195" not in written(stale, copy)
    assert "195" not in as_json(stale)


@WRITTEN
@BOTH
def test_every_word_of_the_interface_can_be_translated(copy: Copy, written: Renderer) -> None:
    with speaking("en-XA"):
        said = written(sample(), copy)

    english = [
        heading
        for heading in (
            "Bring with you",
            "Most in a day",
            "Sources",
            "Answers",
            "Reference",
            "Ask:",
        )
        if heading in entities.unescape(said)
    ]
    assert english == []


@BOTH
@pytest.mark.parametrize("written", [visible, flat, lambda s, c: pdfs.text(pdf(s, c))])
def test_a_copy_says_when_it_was_sent_and_nothing_of_it_before(
    copy: Copy, written: Renderer
) -> None:
    summary = case("V01")
    sent = replace(summary, sent=COMPLETED + timedelta(minutes=2))

    assert "Sent to the clinic" not in written(summary, copy)
    assert "Sent to the clinic on November 22, 2026, 17:52 UTC." in written(sent, copy)
    assert ("null", '"2026-11-22T17:52:00+00:00"') == (
        json.dumps(json.loads(as_json(summary))["sent"]),
        json.dumps(json.loads(as_json(sent))["sent"]),
    )


@BOTH
def test_only_a_copy_that_the_clinic_prints_bears_a_name(copy: Copy) -> None:
    own = quiet()
    clinics = replace(own, name="Jo Example")

    printed = {
        summary.name: ("Jo Example" in html(summary, copy), "Jo Example" in shown(summary, copy))
        for summary in (own, clinics)
    }

    assert {"": (False, False), "Jo Example": (True, True)} == printed


def shown(summary: Summary, copy: Copy) -> str:
    """The words of the PDF."""
    return " ".join(pdfs.text(pdf(summary, copy)).split())
