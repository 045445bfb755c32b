"""Records as CSV: what is read back is what was written, and nothing acts in a spreadsheet."""

import csv
import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.renderers.csv import UTF8_MARK, as_csv, cell, line, plain
from screener.renderers.exported import CONTACT, Exported
from tests.rules.patients import BASE
from tests.screener import summaries

ACTING = tuple("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001 - full-width, as some spreadsheets obey them
ODD = [*ACTING, *"';,|\"% \u2028\u00a0aZ9(!)", "cmd|' /C calc'!A0", "=HYPERLINK(", "\r\n", "''"]
hostile = st.lists(st.sampled_from(ODD) | st.text(max_size=3), max_size=8).map("".join)
CELLS = 10_000


def read(written: bytes) -> list[list[str]]:
    """Read as RFC 4180 says."""
    return list(csv.reader(io.StringIO(written.decode("utf-8"), newline=""), strict=True))


@given(hostile.filter(lambda text: text.isprintable() or "\ud800" not in ascii(text)))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert text == plain(cell(text))
    assert not cell(text).startswith(ACTING)


def test_ten_thousand_hostile_cells_are_read_back_and_none_acts() -> None:
    drawn = random.Random(14)
    texts = ["".join(drawn.choices(ODD, k=drawn.randrange(9))) for _ in range(CELLS)]

    rows = [read(line(texts[start : start + 10]))[0] for start in range(0, CELLS, 10)]

    cells = [cell for row in rows for cell in row]
    assert texts == [plain(cell) for cell in cells]
    assert [] == [cell for cell in cells if cell.startswith(ACTING)]


def test_a_cell_does_not_act_either_where_a_semicolon_or_a_line_ends_it() -> None:
    drawn = random.Random(15)
    for _ in range(1000):
        text = "".join(drawn.choices(ODD, k=9))
        for cut in (";", ",", "\t", "\r", "\n"):
            parts = cell(text).split(cut)
            # A lone tab or line break begins nothing more: what follows it is marked in turn.
            assert [] == [one for one in parts if one.startswith(tuple("=+-@\0＝＋－＠"))]  # noqa: RUF001


@pytest.mark.parametrize(
    "text", ["", "yes", "120", "It’s fine", "O'Hara", "a - b", "50 % + more", "none; not sure"]
)
def test_usual_text_stays_as_it_is(text: str) -> None:
    assert text == cell(text)


def test_each_cell_is_quoted_and_each_line_ends_as_the_standard_says() -> None:
    assert b'"a ""b""","","c\nd"\r\n' == line(['a "b"', "", "c\nd"])


QUESTIONS = [
    "age_years",
    "dep_dx",
    "add_on_meds",
    "med_trials",
    "aneurysm",
    "bp_systolic",
    "pregnant",
]


def record(**differs: object) -> Exported:
    answers = BASE | differs
    return Exported(
        "K7QM-4XRT",
        summaries.COMPLETED,
        "discuss",
        "waiting",
        "=Sam",
        "1+abc",
        dict.fromkeys(CONTACT, "") | {"name": "+Jo"},
        answers,
        summaries.of(answers),
    )


def table(records: list[Exported]) -> list[dict[str, str]]:
    written = b"".join(as_csv(records, QUESTIONS))
    assert written.startswith(UTF8_MARK)
    head, *rows = read(written.removeprefix(UTF8_MARK))
    return [dict(zip(head, map(plain, row), strict=True)) for row in rows]


def test_a_record_is_one_line_with_its_frame_and_how_to_reach_the_person() -> None:
    (row,) = table([record()])

    assert ("K7QM-4XRT", "discuss", "waiting") == (row["reference"], row["level"], row["status"])
    assert "2026-11-22T17:50:00+00:00" == row["sent"]
    assert ("=Sam", "+Jo", "yes") == (row["owner"], row["contact_name"], row["readable"])
    assert "1+abc" == row["content_version"]


def test_answers_are_machine_tokens_and_each_kind_of_silence_its_own() -> None:
    (row,) = table(
        [record(aneurysm="not_sure", dep_dx="prefer_not", bp_known="no", add_on_meds=None)]
    )

    assert "42" == row["age_years"]
    assert "not_sure" == row["aneurysm"]
    assert "prefer_not" == row["dep_dx"]
    assert "not_answered" == row["add_on_meds"]
    assert "not_asked" == row["bp_systolic"]
    assert row["med_trials"].startswith('[{"med":"sertraline","dose_mg":100')


def test_several_ticks_stand_in_one_cell() -> None:
    (row,) = table([record(add_on_meds=["lithium", "stimulant"])])

    assert "lithium;stimulant" == row["add_on_meds"]


def test_an_answer_to_a_question_without_a_column_is_kept() -> None:
    (row,) = table([record()])

    assert '"impact":"a_lot"' in row["other_answers"]
    assert '"age_years"' not in row["other_answers"]


def test_a_record_that_cannot_be_read_says_so_and_claims_no_answer() -> None:
    frame = ("K7QM-4XRT", summaries.COMPLETED, "now", "waiting", "", "1+abc")

    broken, whole = table([Exported(*frame), record()])

    assert ("no", "K7QM-4XRT", "now") == (broken["readable"], broken["reference"], broken["level"])
    assert {""} == {broken[question] for question in QUESTIONS}
    assert "yes" == whole["readable"]
