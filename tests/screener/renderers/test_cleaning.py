from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from screener.renderers.cleaning import FONTS, LONGEST, covered, printable, tidy

BREAK = "\u200b"


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("I feel 😀 today", "I feel [grinning face] today"),
        ("👍🏽", "[thumbs up sign]"),
        ("I ❤️ it", "I ❤ it"),
        ("请问", "[2 letters, Cjk: see the screen]"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("high \ud83d end", "high  end"),
        ("safe\u202egnp", "safegnp"),
        ("e\u0301", "é"),
        ("one\r\ntwo\u2028three\x85four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a b"),
        ("\ue000\uffff\u0378", ""),
        ("", ""),
        ("≥ 140 → ask", "≥ 140 → ask"),
    ],
)
def test_a_text_is_printed_in_letters_that_there_are(given_text: str, printed: str) -> None:
    assert printable(given_text) == printed


def test_a_long_word_has_places_to_break_and_loses_nothing() -> None:
    broken = printable("x" * 100)

    assert broken.replace(BREAK, "") == "x" * 100
    assert max(map(len, broken.split(BREAK))) == 28


def test_a_text_that_would_fill_the_print_is_cut_and_says_so() -> None:
    note = "[shortened in print, full text on screen]"

    assert printable("word " * 2000).endswith(note)
    assert len(printable("word " * 2000)) <= LONGEST + len(note) + 1
    assert printable("line\n" * 100).count("\n") == 60
    assert note not in printable("word " * 100)


@given(st.text(st.characters(), max_size=300))
def test_whatever_is_written_has_a_glyph_for_every_letter(text: str) -> None:
    assert {ord(letter) for letter in printable(text)} <= covered() | {10}


@given(st.text(st.characters(), max_size=300))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    tidy(text).encode("utf-8")


def test_the_list_of_what_the_fonts_cover_is_what_they_cover() -> None:
    fonts: list[Any] = [TTFont(path) for path in sorted(FONTS.glob("*.[ot]tf"))]

    assert len(fonts) == 5
    assert covered() == {point for font in fonts for point in font.getBestCmap()}


def test_no_font_claims_the_reserved_name() -> None:
    """The licence of Source Sans reserves its name for the original."""
    for path in FONTS.glob("*.otf"):
        names = [name for name in TTFont(path)["name"].names if name.nameID in {1, 3, 4, 6, 16}]
        assert names
        assert not any("Source" in str(name) for name in names)
