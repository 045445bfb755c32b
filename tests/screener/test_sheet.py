"""The sign-off sheet: complete, true to the rules, accessible, with its version on every page."""

import io
import re
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import html5lib
import pikepdf
import pytest
from bs4 import BeautifulSoup

import rules
from rules.content import SHIPPED
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
            read_it = CONTENT.sources[cited.source].verified and "from memory" not in cited.section
            mark = "verified" if read_it else "not verified"
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


def test_a_list_is_told_by_what_is_different_in_it() -> None:
    rows = {row.id: row for topic in made().topics for row in topic.rules}
    [applies] = [kind for kind in rows["R-TRX-LT2"].beside if kind.state == "applies"]

    low = "Medicines tried: the quiet patient’s first, and one like it, but Most in a day: 1 mg"
    assert low in applies.patients
    assert "Medicine: sertraline" in dict(made().quiet)["Medicines tried"]


def test_a_gap_names_the_rule_that_speaks_for_it() -> None:
    rows = {row.id: row.unknown for topic in made().topics for row in topic.rules}

    assert "Not shown; R-AGE-U18 then speaks for the gap" == rows["R-AGE-YOUNG"]
    assert rows["R-INF-REGION"].startswith("Not shown. It only names what differs by country")
    assert rows["R-TRX-UNCLEAR"].startswith("Cannot happen")
    assert "Get help now" == rows["R-SUI-NOW"]


def test_a_rule_says_what_the_names_in_it_mean() -> None:
    rows = {row.id: row for topic in made().topics for row in topic.rules}

    assert ["very high reading", "warning sign"] == [t.name for t in rows["R-BP-CRISIS-SX"].terms]
    assert "Chest pain" in rows["R-HRT-REDFLAG"].terms[0].head


def test_every_question_stands_in_the_words_of_the_patient() -> None:
    asked = {
        question.ask: question
        for step in made().steps
        for page in step.pages
        for question in page.questions
    }

    for question in CONTENT.questionnaire.by_id.values():
        for each in (question, *question.fields):
            row = asked[each.ask]
            assert each.hint == row.hint
            assert ("always" == row.when) == (each.ask_if is None)
            if each.id != "med":
                assert all(option.label in row.answers for option in each.options)


def test_every_dose_and_every_help_line_stands_with_its_mark() -> None:
    doses = [(row.name, row.low, row.meets, row.mark) for row in made().medicines]
    lines = {(place.name, line.name, line.mark) for place in made().places for line in place.lines}

    assert ("sertraline (Zoloft, Lustral)", "25 mg", "50 mg", "verified") in doses
    assert len(CONTENT.medicines) == len(doses)
    assert ("United Kingdom", "Shout", "not verified") in lines
    for place in CONTENT.helplines.countries.values():
        for line in place.lines:
            day = f" {line.checked_on}" if line.verified else ""
            mark = f"{'' if line.verified else 'not '}verified{day}"
            assert (place.name[:1].upper() + place.name[1:], line.name, mark) in lines


def test_what_is_promised_stands_on_the_sheet_by_its_number() -> None:
    numbers = [int(number) for number, _ in made().promises]

    assert numbers == sorted(numbers)
    assert {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 18} == set(numbers)
    assert "Safe right now" in dict(made().exceptions)


def test_a_content_that_promises_nothing_yet_has_a_sheet(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "content")
    (tmp_path / "content" / "promises.yaml").unlink()

    page = sheet(rules.load(folder=tmp_path / "content"), tmp_path / "content")

    rows = {row.id: row.unknown for topic in page.topics for row in topic.rules}
    assert () == page.promises
    assert "Not shown" == rows["R-AGE-YOUNG"]


def test_promises_that_cannot_be_read_are_named(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "content")
    (tmp_path / "content" / "promises.yaml").write_text("promises: nothing\n", "utf-8")

    done = run(
        "check", "--content", str(tmp_path / "content"), "--sheet", str(tmp_path / "sheet.html")
    )

    assert 1 == done.code
    assert "promises.yaml:1" in done.err


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
