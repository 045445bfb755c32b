"""Files travel packed and are kept for good."""

import gzip
from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.theme import css, shades
from screener.web.files import STATIC
from tests.screener.wizard.conftest import content_once
from tests.web import Browser, Patient, browser

PACKS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><path d="{"M1 1" * 99}"/></svg>'
TEXTS = sorted(path.name for path in STATIC.iterdir())


@pytest.fixture
def visitor(tmp_path: Path) -> Browser:
    return browser(made(tmp_path, "logo.svg", SVG.encode()))


def made(folder: Path, logo: str, drawn: bytes) -> Flask:
    (folder / logo).write_bytes(drawn)
    file = folder / "clinic.toml"
    file.write_text(f'[clinic]\nlogo = "{logo}"\ncolour = "#803377"\n', "utf-8")
    return create_app(Settings.load(file, folder / "data", environment={}), content_once())


@pytest.mark.parametrize("address", ["/logo", *(f"/static/{name}" for name in TEXTS)])
def test_a_file_is_packed_for_those_who_can_unpack_it(visitor: Browser, address: str) -> None:
    plain, packed = visitor.get(address), visitor.get(address, headers=PACKS)

    assert ["gzip"] == packed.headers.getlist("Content-Encoding")
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == packed.content_length < len(plain.data)
    assert [packed.headers["Vary"], plain.headers["Vary"]] == ["Accept-Encoding"] * 2
    assert packed.mimetype == plain.mimetype


@pytest.mark.parametrize("says", ["identity", "gzip;q=0, br", "br", "*;q=0"])
def test_who_cannot_unpack_it_gets_it_plain(visitor: Browser, says: str) -> None:
    sent = visitor.get("/static/screener.js", headers={"Accept-Encoding": says})

    assert (STATIC / "screener.js").read_bytes() == sent.data


def test_a_picture_that_packing_makes_no_smaller_is_sent_as_it_is(tmp_path: Path) -> None:
    drawn = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1IEND\xaeB`\x82"
    visitor = browser(made(tmp_path, "logo.png", drawn))

    sent = visitor.get("/logo", headers=PACKS)

    assert drawn == sent.data
    assert "Content-Encoding" not in sent.headers


def test_the_clinics_colours_stand_at_the_end_of_the_stylesheet(visitor: Browser) -> None:
    sheet = visitor.get("/static/screener.css").text

    assert (STATIC / "screener.css").read_text("utf-8") + css(shades("#803377")) == sheet


def test_every_file_of_a_page_is_kept_for_good(visitor: Browser) -> None:
    page = Patient(visitor).go("/").page
    addresses = [str(tag.get("href") or tag["src"]) for tag in page.select("link, script, img")]

    kept = [visitor.get(address).headers["Cache-Control"] for address in addresses]

    assert ["public, max-age=31536000, immutable"] * 4 == kept


@pytest.mark.parametrize(
    "name",
    ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "a/../../app.py", "/etc/hostname", "..\\app.py"],
)
def test_no_file_outside_of_the_folder_is_sent(visitor: Browser, name: str) -> None:
    answer = visitor.get(f"/static/{name}", follow_redirects=True)

    assert 404 == answer.status_code
    assert (STATIC.parent / "app.py").read_text("utf-8").splitlines()[0] not in answer.text
