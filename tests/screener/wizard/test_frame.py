"""What stands around every page, and the help page: both must work when nothing else does."""

import gzip
from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.store import StoreUnavailable
from tests.screener.wizard.conftest import content_once
from tests.web import Browser, Patient, browser

FIRST_PAGE_WEIGHT = 6_000
HELP_WEIGHT = 5_000
CODES = sorted(content_once().helplines.countries)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def visitor(app: Flask) -> Browser:
    return browser(app)


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """Let every use of the store fail, as a full disk does."""

    def fail(*_arguments: object, **_named: object) -> None:
        raise StoreUnavailable("full")

    drafts = app.extensions["screener"].store.drafts
    for name in ("begin", "open", "save", "give_code", "resume", "delete"):
        monkeypatch.setattr(drafts, name, fail)


def fetched(visitor: Browser, address: str) -> bytes:
    with visitor.get(address) as sent:
        return bytes(sent.data)


def clinic(tmp_path: Path, lines: str) -> Flask:
    file = tmp_path / "clinic.toml"
    file.write_text(f"[clinic]\n{lines}\n", "utf-8")
    return create_app(Settings.load(file, tmp_path / "data", environment={}), content_once())


def test_the_first_question_page_is_light(patient: Patient) -> None:
    page = patient.page
    files = [link["href"] for link in page.select("link[rel=stylesheet]")]
    files += [script["src"] for script in page.select("script")]
    assert patient.response is not None

    bodies = [patient.response.data, *(fetched(patient.browser, str(file)) for file in files)]

    assert len(files) == 2
    assert sum(len(gzip.compress(body)) for body in bodies) <= FIRST_PAGE_WEIGHT


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("code", ["", *CODES, "elsewhere", "<script>"])
def test_help_stands_without_session_or_database(visitor: Browser, code: str) -> None:
    answer = visitor.get("/help", query_string={"country": code})

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert len(answer.data) < HELP_WEIGHT
    for line in content_once().helplines.country(code).lines:
        assert line.name in answer.text
        assert (line.call or line.text_to or line.chat.removeprefix("https://")) in answer.text


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize(
    "address", ["/privacy", "/leave", "/code/K7QM-4XRT", "/static/screener.css", "/no"]
)
def test_what_needs_no_answers_needs_no_database(visitor: Browser, address: str) -> None:
    assert visitor.get(address).status_code in {200, 303, 404}


@pytest.mark.usefixtures("no_database")
def test_without_database_the_page_says_what_is_safe_and_whom_to_reach(visitor: Browser) -> None:
    visitor.set_cookie("screener-draft", "x" * 43)
    said = visitor.get("/").text

    assert "The answers you saved before this page are safe." in said
    assert "See who you can talk to now" in said


def test_help_shows_the_clinics_own_country_first(tmp_path: Path) -> None:
    app = clinic(tmp_path, 'country = "GB"')
    page = Patient(browser(app)).go("/help").page

    assert "Call 999" in page.get_text()
    assert "Help lines: United Kingdom" in page.get_text()


def test_help_says_where_to_go_in_words_that_are_right_in_every_country(visitor: Browser) -> None:
    said = visitor.get("/help?country=GB").text

    assert "Or go to the nearest hospital emergency department." in said


def test_an_error_page_names_the_line_after_its_number(tmp_path: Path) -> None:
    page = Patient(browser(clinic(tmp_path, 'country = "US"'))).go("/help-me").page

    said = " ".join(page.get_text().split())
    assert "To talk with someone, call 988 (988 Lifeline)." in said


def test_help_names_the_numbers_that_no_one_has_checked(visitor: Browser) -> None:
    said = visitor.get("/help?country=CA").text

    assert "We have not checked these yet: 911, 1-855-242-3310." in said


def test_help_leads_to_every_country(visitor: Browser) -> None:
    links = [link["href"] for link in Patient(visitor).go("/help").page.select(".links a")]

    assert CODES == sorted(str(link).removeprefix("/help?country=") for link in links)


def test_another_colour_has_another_address(tmp_path: Path, visitor: Browser) -> None:
    other = browser(clinic(tmp_path, 'colour = "#803377"'))
    links = [
        Patient(place).go("/help").page.select("link[rel=stylesheet]")[0]["href"]
        for place in (visitor, other)
    ]

    assert links[0] != links[1]


def test_a_logo_stands_beside_the_name(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    visitor = browser(clinic(tmp_path, 'name = "Harbour Clinic"\nlogo = "logo.png"'))
    drawn = Patient(visitor).go("/help").page.select_one("header img")
    assert drawn is not None

    sent = visitor.get(str(drawn["src"]))

    assert (sent.mimetype, sent.data) == ("image/png", PNG)
    assert drawn["alt"] == ""  # the name stands beside it


def test_a_clinic_without_a_logo_has_no_picture(visitor: Browser) -> None:
    assert Patient(visitor).go("/help").page.select("img") == []
    assert visitor.get("/logo").status_code == 404


def test_a_hostile_clinic_name_stays_a_name(tmp_path: Path) -> None:
    app = clinic(tmp_path, "name = '<script>alert(1)</script> & \"Sons\"'")

    page = Patient(browser(app)).go("/privacy").page

    assert '<script>alert(1)</script> & "Sons"' in page.get_text()
