"""The pages that a web server shows when the program does not answer."""

from pathlib import Path

import pytest

from screener.settings import Settings
from screener.web import outage
from tests.promises import parsed, promises_kept
from tests.screener.wizard.conftest import content_once

CLINIC = """
[clinic]
name = "River Clinic"
phone = "+1 555 010 0199"
country = "{country}"
logo = "logo.svg"
[leave]
address = "https://neutral.example/"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
PLACES = [code for code in content_once().helplines.countries if len(code) == len("US")]


def pages(folder: Path, country: str = "US") -> dict[str, bytes]:
    (folder / "logo.svg").write_text(LOGO, "utf-8")
    (folder / "clinic.toml").write_text(CLINIC.format(country=country), "utf-8")
    settings = Settings.load(folder / "clinic.toml", folder / "data", environment={})
    return outage.pages(settings, content_once())


@pytest.mark.parametrize("status", outage.PAGES)
def test_each_page_keeps_what_every_page_promises(tmp_path: Path, status: int) -> None:
    page = pages(tmp_path)[f"{status}.html"].decode()
    helplines = content_once().helplines
    lines = (*helplines.country("US").lines, *helplines.world.lines)

    away = frozenset({"https://neutral.example/", *(line.chat for line in lines)})
    promises_kept(page, failed=False, away=away)


@pytest.mark.parametrize("country", PLACES)
def test_whoever_gets_no_answer_is_told_whom_to_call(tmp_path: Path, country: str) -> None:
    page = parsed(pages(tmp_path, country)["503.html"].decode())
    help_here = content_once().helplines.country(country)
    numbers = [number.number for number in help_here.numbers]
    numbers += [line.call for line in help_here.lines if line.call]

    assert [] == [number for number in numbers if number not in page.text]
    assert page.select_one("#help") is not None


@pytest.mark.parametrize("status", outage.PAGES)
def test_a_page_asks_for_no_file_but_those_beside_it(tmp_path: Path, status: int) -> None:
    made = pages(tmp_path)
    asked = parsed(made[f"{status}.html"].decode()).select("link, script, img")
    places = [str(one.get("href") or one.get("src")) for one in asked]

    assert {f"{outage.ADDRESS}/{name}" for name in made if not name.endswith(".html")} == {*places}


def test_without_the_program_no_link_leads_to_it(tmp_path: Path) -> None:
    page = parsed(pages(tmp_path)["503.html"].decode())
    links = {str(link["href"]) for link in page.select("a")}

    # The clinic's name, as on every page, and the address itself: both try again.
    assert {"/", ""} == {link for link in links if not link.startswith(("http", "tel", "sms", "#"))}
