import dataclasses
import functools
import io
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import get_args

import pikepdf
import pytest

from screener.renderers.pdf import compiler as engine
from screener.renderers.pdf import pdf
from screener.summary import ClinicFace, Copy, Logo, Paper, Summary
from tests.screener.renderers.hostile import HOSTILE
from tests.screener.renderers.pdfs import elements, fonts, kinds, opened, text
from tests.screener.renderers.sample import busy, point, quiet, treatment, urgent
from tests.screener.summaries import EVERY_CASE, case

COPIES: tuple[Copy, ...] = get_args(Copy)
PAPERS: tuple[Paper, ...] = get_args(Paper)
SIZES = {"a4": (595, 842), "letter": (612, 792)}
BOTH = pytest.mark.parametrize("copy", COPIES)
ANY_PAPER = pytest.mark.parametrize("paper", PAPERS)


@functools.cache
def words_of(name: str, copy: Copy) -> str:
    """Every word on a worked patient's copy."""
    return text(pdf(case(name), copy))


def accessible(made: bytes) -> None:
    """What a screen reader needs, as far as it can be read from the file."""
    file = opened(made)
    with file.open_metadata() as said:
        assert str(said.get("pdfuaid:part")) == "1"
        assert said.get("dc:title")
    assert bool(file.Root.MarkInfo.Marked) is True
    assert str(file.Root.Lang) == "en"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle) is True
    assert all(fonts(file).values())
    found = kinds(file)
    assert found["/H1"] == 1
    assert found["/H2"] >= 3
    assert found["/TH"] >= 15  # nine steps, and the columns of the medicines
    assert found["/Figure"] >= 1
    assert all("/Alt" in item for item in elements(file) if str(item.S) == "/Figure")


@ANY_PAPER
@BOTH
@pytest.mark.parametrize("made", [quiet, urgent, busy], ids=lambda made: made.__name__)
def test_a_pdf_is_tagged_named_and_carries_its_fonts(
    made: Callable[[], Summary], copy: Copy, paper: Paper
) -> None:
    accessible(pdf(made(), copy, paper))


@ANY_PAPER
@BOTH
def test_a_pdf_has_the_size_of_its_paper(copy: Copy, paper: Paper) -> None:
    for page in opened(pdf(quiet(), copy, paper)).pages:
        box = [float(edge) for edge in page.MediaBox]
        assert SIZES[paper] == (round(box[2] - box[0]), round(box[3] - box[1]))


@ANY_PAPER
def test_the_quiet_patient_gets_points_on_one_page_and_answers_on_the_next(paper: Paper) -> None:
    file = opened(pdf(case("V01"), "patient", paper))

    assert len(file.pages) == 2


@ANY_PAPER
@pytest.mark.parametrize("name", ["V01", "V02", "V03", "V06", "V07", "V09", "V13", "V16", "V17"])
def test_a_clinician_reads_two_pages(name: str, paper: Paper) -> None:
    assert len(opened(pdf(case(name), "clinician", paper)).pages) == 2


@BOTH
def test_a_busy_patient_flows_on_with_the_code_and_a_number_on_every_page(copy: Copy) -> None:
    summary = busy()
    made = pdf(summary, copy)
    many = len(opened(made).pages)
    said = text(made).splitlines()

    assert 4 <= many <= 12
    for number, page in enumerate(said, 1):
        assert summary.reference in page
        assert f"Page {number} of {many}" in page
        assert summary.content_version in page


@BOTH
@pytest.mark.parametrize("name", ["V01", "V05", "V09", "V13", "V18"])
def test_a_file_stays_small(name: str, copy: Copy) -> None:
    assert len(pdf(case(name), copy)) <= 90 * 1024


@BOTH
def test_the_same_summary_and_time_make_the_same_bytes(copy: Copy) -> None:
    assert pdf(urgent(), copy) == pdf(urgent(), copy)


def test_a_moment_finer_than_a_second_can_be_printed() -> None:
    to_the_second = datetime(2026, 11, 22, 10, 30, 10, tzinfo=UTC)
    finer = to_the_second.replace(microsecond=123_456)

    assert pdf(quiet(completed=to_the_second)) == pdf(quiet(completed=finer))


def test_another_time_makes_other_bytes() -> None:
    later = datetime(2026, 11, 23, tzinfo=UTC)

    assert pdf(quiet()) != pdf(quiet(completed=later))


@BOTH
@pytest.mark.parametrize("name", EVERY_CASE)
def test_help_stands_before_everything_else(name: str, copy: Copy) -> None:
    summary = case(name)
    said = words_of(name, copy)
    # The foot of a page is drawn before its body.
    body = said.split(summary.clinic.name)[0]

    assert ("Call the emergency number now" in body) is summary.emergency
    assert bool(re.search(r"[Tt]alk to someone now", body)) is (summary.crisis == "full")


@BOTH
@pytest.mark.parametrize("name", EVERY_CASE)
def test_both_copies_print_every_point_with_what_was_said_and_what_to_ask(
    name: str, copy: Copy
) -> None:
    summary = case(name)
    said = squeezed(words_of(name, copy))

    for one in summary.points:
        assert squeezed(one.title) in said
        assert squeezed(one.ask) in said
        assert squeezed(one.clinician if copy == "clinician" else one.patient) in said
        assert all(squeezed(heard.answer) in said for heard in one.said)
        assert (one.rule in said) is (copy == "clinician")
    assert squeezed(summary.frame_first) in said
    assert squeezed(summary.frame_last) in said
    assert squeezed(summary.not_reviewed) in said


def squeezed(words: str) -> str:
    """Words as a line break or a pair of kerned letters cannot tell them apart."""
    return "".join(words.split())


def test_every_answer_that_is_not_a_plain_no_is_on_the_clinicians_copy() -> None:
    summary = case("V20")
    said = squeezed(words_of("V20", "clinician"))

    for group in summary.answers:
        for row in group.rows:
            assert squeezed(row.label) in said
            assert row.plain_no or squeezed(row.answer) in said


def test_only_the_clinician_reads_how_an_entry_compares_with_a_full_trial() -> None:
    short = quiet(treatments=(treatment(weeks_check="no", counts="no"),))

    assert "Below:6weeks" in squeezed(text(pdf(short, "clinician")))
    assert "Below:" not in text(pdf(short, "patient"))


@BOTH
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_and_no_name_of_a_medicine_breaks_a_print(name: str, copy: Copy) -> None:
    written = HOSTILE[name]

    accessible(pdf(quiet(wants_to_ask=written, treatments=(treatment(written[:60]),)), copy))


def test_typst_in_a_text_is_text() -> None:
    said = squeezed(text(pdf(quiet(wants_to_ask='#eval("6*7") *bold* #panic() @preview'))))

    assert '#eval("6*7")*bold*#panic()@preview' in said.replace("”", '"').replace("“", '"')


def test_a_text_that_is_cut_says_so() -> None:
    assert "full text on screen" in text(pdf(quiet(wants_to_ask="word " * 900)))


def test_right_to_left_text_is_set_right_to_left() -> None:
    latin = pdf(quiet(wants_to_ask="How much?"))
    arabic = pdf(quiet(wants_to_ask=HOSTILE["arabic"]))

    assert not any("Arabic" in name for name in fonts(opened(latin)))
    assert any("Arabic" in name for name in fonts(opened(arabic)))


def test_a_broken_logo_costs_the_logo_and_not_the_print() -> None:
    broken = Logo(b"\x89PNG\r\n\x1a\n" + b"not a picture" * 9, "image/png")
    clinic = ClinicFace("Harbour Clinic", logo=broken)

    accessible(pdf(quiet(clinic=clinic)))


def test_a_logo_stands_at_the_head_with_the_clinics_name_as_its_words() -> None:
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9z"/></svg>'
    made = pdf(quiet(clinic=ClinicFace("Harbour Clinic", logo=Logo(drawn, "image/svg+xml"))))

    alts = [str(item.Alt) for item in elements(opened(made)) if "/Alt" in item]
    assert "Harbour Clinic" in alts
    accessible(made)


def test_what_the_standard_refuses_is_printed_without_its_mark(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # A character that slips through the cleaning has no glyph, and PDF/UA allows no empty boxes.
    monkeypatch.setattr("screener.renderers.pdf.data.printable", str)

    made = pdf(quiet(wants_to_ask="secret words 请问"))

    assert len(opened(made).pages) >= 1
    assert "pdf_not_accessible" in caplog.text
    assert "secret" not in caplog.text


def test_without_an_address_there_is_no_code_to_scan() -> None:
    made = pdf(quiet(code_url=""), "patient")

    assert "K7QM-4XRT" in text(made)
    assert kinds(opened(made))["/Figure"] == 0


def test_threads_print_side_by_side() -> None:
    made: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: made.append(pdf(quiet(), "clinician"))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 4
    assert len(set(made)) == 1


def test_the_template_reads_no_file_imports_nothing_and_runs_no_text() -> None:
    source = engine.TEMPLATE.read_text("utf-8")
    code = re.sub(r"//.*", "", source)

    assert not re.search(r"\b(eval|read|import|include|plugin|csv|yaml|toml|xml|cbor)\b", code)
    assert code.count("json(") == 1


def test_no_file_holds_a_word_of_its_own() -> None:
    """Every word on paper can be translated, so the template has none but numbers and signs."""
    source = re.sub(r"//.*", "", engine.TEMPLATE.read_text("utf-8"))

    shown = re.findall(r"\[([^\[\]#]*)\]", source)
    assert [text for text in shown if re.search(r"[A-Za-z]{2,}", text)] == []


def test_metadata_names_no_person() -> None:
    file = pikepdf.open(
        io.BytesIO(pdf(dataclasses.replace(quiet(), wants_to_ask="My name is Zephyrine")))
    )

    assert "Zephyrine" not in str(file.docinfo)


def test_a_title_of_any_length_keeps_clear_of_its_level() -> None:
    long = point(title="A very long title that goes on and on " * 4)

    accessible(pdf(quiet(points=(long,)), "clinician"))
