import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.theme import DARK, LIGHT, Theme, contrast, css, mix, shades

STYLESHEET = Path(__file__).parents[2] / "screener/static/screener.css"

ENOUGH = 7  # WCAG 1.4.6, written here again so that the program cannot lower it

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@settings(deadline=None, max_examples=300)
@given(colours)
def test_every_shade_of_every_colour_can_be_read(colour: str) -> None:
    theme = shades(colour)

    assert {} == {what: ratio for what, ratio in contrasts(theme).items() if ratio < ENOUGH}


def contrasts(theme: Theme) -> dict[str, float]:
    """How well each shade reads where it reads worst."""
    found = {}
    for mode, has, ground in (("light", theme.light, LIGHT), ("dark", theme.dark, DARK)):
        for place in (ground.paper, ground.surface, has.tint):
            found[f"{mode}: colour on {place}"] = contrast(has.brand, place)
        for filled in (has.brand, has.brand_strong):
            found[f"{mode}: text on {filled}"] = contrast(has.on_brand, filled)
        found[f"{mode}: faint text on the tint"] = contrast(ground.muted, has.tint)
    return found


@settings(deadline=None, max_examples=100)
@given(colours)
def test_links_are_read_on_each_ground(colour: str) -> None:
    theme = shades(colour)

    for mode, ground in ((theme.light, LIGHT), (theme.dark, DARK)):
        on = (ground.paper, ground.surface, mode.tint)
        assert min(contrast(mode.link, place) for place in on) >= ENOUGH


@settings(deadline=None, max_examples=100)
@given(colours)
def test_a_colour_that_can_be_read_is_left_as_it_is(colour: str) -> None:
    once = shades(colour).light

    again = shades(once.brand).light

    assert contrast(again.brand, "#ffffff") >= ENOUGH
    if min(contrast(colour, place) for place in (LIGHT.paper, LIGHT.surface, once.tint)) >= ENOUGH:
        assert colour == once.brand


@settings(deadline=None, max_examples=100)
@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#1b5753", "#faf7f2", 7.75),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_agrees_with_published_figures(one: str, other: str, ratio: float) -> None:
    assert ratio == round(contrast(one, other), 2)


def test_a_nearly_black_colour_turns_grey_and_not_pink() -> None:
    channels = bytes.fromhex(shades("#010000").dark.brand[1:])

    assert max(channels) - min(channels) <= 2


def test_the_hue_stays() -> None:
    dark = bytes.fromhex(shades("#1b5753").dark.brand[1:])

    red, green, blue = dark
    assert red < blue < green


def test_mixing_is_between_the_two() -> None:
    assert ("#000000", "#808080", "#ffffff") == tuple(
        mix("#000000", "#ffffff", share) for share in (0, 0.5, 1)
    )


def written(theme: Theme) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"--([a-z-]+):(#[0-9a-f]{6});", css(theme)):
        found.setdefault(name, []).append(value)
    return found


def test_the_stylesheet_sets_the_brand_and_never_errors_or_levels() -> None:
    theme = shades("#aa3300")

    assert {"brand", "brand-strong", "on-brand", "link", "tint"} == set(written(theme))
    assert [theme.light.brand, theme.dark.brand] == written(theme)["brand"]
    assert "prefers-color-scheme:dark" in css(theme)


def test_every_name_that_is_set_is_used_by_the_stylesheet() -> None:
    style = STYLESHEET.read_text()

    assert [] == [name for name in written(shades("#aa3300")) if f"var(--{name})" not in style]


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    style = STYLESHEET.read_text()
    names = {"paper": "bg", "surface": "surface", "muted": "ink-2"}

    for name, token in names.items():
        light, dark = re.findall(rf"--{token}:(#[0-9a-f]+)[;}}]", style)[:2]
        assert (getattr(LIGHT, name), getattr(DARK, name)) == (full(light), full(dark)), token


def full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def test_no_layout_begins_between_the_widths_of_phones() -> None:
    """The walks over every page look at 320 px and at 1280 px, for the phones between too."""
    sheets = "".join(sheet.read_text("utf-8") for sheet in STYLESHEET.parent.glob("*.css"))
    asked = re.findall(r"-width:\s*([\d.]+)(\w+)\)", sheets)

    assert {unit for _, unit in asked} == {"rem"}
    assert [width for width, _ in asked if not 480 < 16 * float(width) < 1280] == []


def test_nothing_moves_so_nobody_has_to_ask_for_less_motion() -> None:
    moving = re.compile(r"transition|animation|@keyframes|scroll-behavior|scrollIntoView|animate\(")

    written = {file.name: file.read_text("utf-8") for file in STYLESHEET.parent.glob("*.[cj]s*")}

    assert {"screener.css", "staff.css", "staff.js"} < written.keys()
    assert {} == {name: found for name, text in written.items() if (found := moving.findall(text))}
