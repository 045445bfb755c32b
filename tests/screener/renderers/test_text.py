import pytest

from screener.renderers.json import as_json
from screener.renderers.text import text
from tests.screener.renderers.hostile import HOSTILE
from tests.screener.renderers.sample import quiet
from tests.screener.summaries import EVERY_CASE, case


@pytest.mark.parametrize("name", EVERY_CASE)
@pytest.mark.parametrize("copy", ["patient", "clinician"])
def test_no_line_is_wider_than_72_columns(name: str, copy: str) -> None:
    lines = text(case(name), copy).splitlines()  # type: ignore[arg-type]

    assert max(map(len, lines)) <= 72
    assert not any(line.endswith(" ") for line in lines)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_can_speak_to_the_terminal(name: str) -> None:
    said = text(quiet(wants_to_ask=HOSTILE[name]), "clinician")

    assert not [letter for letter in said if letter != "\n" and (letter < " " or letter == "\x7f")]
    assert "\u202e" not in said
    said.encode("utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_json(name: str) -> None:
    as_json(quiet(wants_to_ask=HOSTILE[name])).encode("utf-8")


def test_what_was_not_asked_is_listed_in_one_place_a_step() -> None:
    assert "- Not asked: When it was" in text(quiet(), "clinician")
