"""The sign-off sheet: complete, true to the rules, accessible, with its version on every page."""

import io
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import html5lib
import pikepdf
import pytest
from bs4 import BeautifulSoup

import rules
from rules.mutants.files import boundary_patients, calm_patient
from screener.renderers.sheet import Sheet, sheet, sheet_html, sheet_pdf
from screener.renderers.sheet.words import DECISIONS
from tests.screener.commands import Run

REVIEW = Path(__file__).parents[2] / "docs" / "clinical-review.md"
MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONTENT = rules.load()


@cache
def made() -> Sheet:
    return sheet(CONTENT)


@cache
def read() -> BeautifulSoup:
    return BeautifulSoup(sheet_html(made()), "html.parser")


@cache
def printed() -> bytes:
    return sheet_pdf(made(), MADE)


def test_every_rule_is_on_the_sheet_with_all_its_words() -> None:
    for rule in CONTENT.rules:
        heading = read().find(id=rule.id)
        assert heading is not None
        text = heading.find_parent("article").get_text(" ", strip=True)  # type: ignore[union-attr]
        for words in (rule.title, rule.patient, rule.ask, rule.clinician, "Applies"):
            assert words in text, rule.id
        assert CONTENT.words.levels[rule.level] in text
        for cited in rule.sources:
            mark = "verified" if CONTENT.sources[cited.source].verified else "not verified"
            assert re.search(rf"{cited.source}\s+{re.escape(cited.section)}\s*\({mark}\)", text), (
                rule.id
            )


def test_every_limit_stands_with_its_bounds() -> None:
    rows = {row.id: row for row in made().limits}

    assert list(CONTENT.limits) == list(rows)
    for name, limit in CONTENT.limits.items():
        assert f"{limit.low} to {limit.high}" == rows[name].bounds
        assert rows[name].value.startswith(str(limit.value))


def test_the_boundary_patients_of_a_rule_are_on_both_sides() -> None:
    rows = {row.id: row for topic in made().topics for row in topic.rules}
    kinds = {kind.state: kind.patients for kind in rows["R-AGE-U18"].beside}

    assert "Age: 17 years" in kinds["applies"]
    assert "Age: 18 years" in kinds["silent"]
    assert "Age: Not answered" in kinds["undecided"]


def test_the_sheet_says_what_the_program_does() -> None:
    """A patient told as one for whom a rule applies has that finding."""
    calm = calm_patient(CONTENT)
    [patient] = [p for p in boundary_patients(CONTENT) if dict(p.moved) == {"safe_today": "no"}]
    rows = {row.id: row for topic in made().topics for row in topic.rules}

    found = {finding.rule.id for finding in patient.result(CONTENT, calm).findings}

    assert "R-SAF-GATE" in found
    assert ("Safe right now: No",) == rows["R-SAF-GATE"].beside[0].patients


def test_the_open_decisions_are_those_of_the_review_guide() -> None:
    rows = re.findall(r"^\| \d+ \| (.*?) \| (.*?) \|$", REVIEW.read_text("utf-8"), re.MULTILINE)

    assert [tuple(cell.replace("`", "") for cell in row) for row in rows] == list(DECISIONS)


def test_there_is_a_place_to_sign_and_it_says_that_nobody_has() -> None:
    text = read().get_text(" ", strip=True)

    assert all(word in text for word in ("Signature", "Name and licence", "Date", "Clinic"))
    assert "No licensed clinician has approved this content yet." in text


def test_the_page_is_sound_html_and_loads_nothing() -> None:
    page = sheet_html(made())

    html5lib.HTMLParser(strict=True).parse(page)
    assert not re.search(r"<(script|link|img|iframe)\b|https?://[^\s<]*\.(css|js|png)", page)


def test_the_pdf_is_accessible_and_names_the_version_on_every_page() -> None:
    with pikepdf.open(io.BytesIO(printed())) as pdf:
        assert "1" == pdf.open_metadata().get("pdfuaid:part")
        assert 20 < len(pdf.pages) < 60
        assert pdf.Root.MarkInfo.Marked
    assert printed() == sheet_pdf(made(), MADE)


@pytest.mark.parametrize(
    ("name", "start"), [("sheet.html", b"<!doctype html>"), ("sheet.pdf", b"%PDF")]
)
def test_the_command_writes_it(run: Run, tmp_path: Path, name: str, start: bytes) -> None:
    done = run("check", "--sheet", str(tmp_path / name))

    assert (0, "") == (done.code, done.err)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_another_ending_is_refused_in_one_line(run: Run) -> None:
    done = run("check", "--sheet", "sheet.docx")

    assert 2 == done.code
    assert "screener: --sheet sheet.docx: end the name in .html or .pdf\n" == done.err
