"""The stylesheet and the script: what they weigh, and what they promise to eyes."""

import gzip
import re
from itertools import product
from pathlib import Path

import pytest

from screener import theme

STATIC = Path(theme.__file__).parent / "static"
CSS = (STATIC / "screener.css").read_text("utf-8")
SCRIPT = (STATIC / "screener.js").read_text("utf-8")
PRINT_CSS = (STATIC / "print.css").read_text("utf-8")
STAFF_CSS = (STATIC / "staff.css").read_text("utf-8")
STAFF_SCRIPT = (STATIC / "staff.js").read_text("utf-8")
TEXT = ("ink", "ink-2", "link", "error", "warn")
GROUNDS = ("bg", "surface", "tint", "error-tint", "warn-tint")
ENOUGH, ENOUGH_FOR_EDGES, ENOUGH_FOR_FOCUS = 7, 3, 11


def tokens(start: str) -> dict[str, str]:
    """The colours of one mode, as they stand after `start`."""
    block = CSS[CSS.index(start) :].partition("}")[0]
    colours = dict(re.findall(r"--([a-z0-9-]+):(#[0-9a-f]{3,6})[;}]?", block))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
        for name, value in colours.items()
    }


LIGHT = tokens(":root{color-scheme:light dark")
DARK = tokens("@media (prefers-color-scheme:dark){:root{")


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), list(product(TEXT, GROUNDS)))
def test_text_can_be_read_on_every_ground(mode: dict[str, str], text: str, ground: str) -> None:
    assert theme.contrast(mode[text], mode[ground]) >= ENOUGH


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_on_buttons(mode: dict[str, str]) -> None:
    assert theme.contrast(mode["on-brand"], mode["brand"]) >= ENOUGH
    assert theme.contrast(mode["on-brand"], mode["brand-strong"]) >= ENOUGH


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "surface", "tint"])
def test_edges_and_focus_can_be_seen(mode: dict[str, str], ground: str) -> None:
    assert theme.contrast(mode["control"], mode[ground]) >= ENOUGH_FOR_EDGES
    assert theme.contrast(mode["focus"], mode[ground]) >= ENOUGH_FOR_FOCUS


def test_the_clinics_colour_is_worked_out_for_the_grounds_of_this_stylesheet() -> None:
    written = Path(theme.__file__).read_text("utf-8")

    for mode in (LIGHT, DARK):
        assert [] == [name for name in ("bg", "surface", "ink-2") if mode[name] not in written]


def test_every_token_that_is_used_is_defined() -> None:
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS + STAFF_CSS))
    defined = set(re.findall(r"--([a-z0-9-]+):", CSS))

    assert set() == used - defined


def test_pages_can_be_mirrored_for_languages_written_from_right_to_left() -> None:
    sided = r"(?:margin|padding|border)-(?:left|right)|(?:^|[;{])(?:left|right):|text-align:left"

    assert [] == re.findall(sided, CSS + STAFF_CSS)


@pytest.mark.parametrize("sheet", [CSS, STAFF_CSS], ids=["patients", "staff"])
def test_nothing_is_fetched_from_the_stylesheet(sheet: str) -> None:
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.parametrize("script", [SCRIPT, STAFF_SCRIPT], ids=["patients", "staff"])
def test_the_script_keeps_nothing_and_sends_nothing(script: str) -> None:
    forbidden = r"Storage|cookie|fetch|XMLHttp|sendBeacon|WebSocket|eval|innerHTML|https?:"

    assert [] == re.findall(forbidden, script)


def test_stylesheet_and_script_stay_small() -> None:
    assert len(gzip.compress(CSS.encode())) < 4_000
    assert len(gzip.compress((CSS + PRINT_CSS).encode())) < 6_000
    assert len(gzip.compress(SCRIPT.encode())) < 1_000
    assert len(SCRIPT.encode()) < 3_000
    assert len(gzip.compress(STAFF_CSS.encode())) < 2_000
    assert len(gzip.compress(STAFF_SCRIPT.encode())) < 2_000
