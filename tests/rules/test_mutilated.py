"""Whatever is typed into the content, the answer is a message with a place, never a crash."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rules
from tests.rules.test_refused_conditions import ALLOWED
from tests.rules.tinies import TINY, parsed

CONTENT = rules.load(folder=TINY)
FILES = sorted(path.relative_to(TINY).as_posix() for path in TINY.rglob("*.yaml"))
SCRAPS = [
    "",
    " ",
    "\n",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "#",
    "&a ",
    "*a",
    "!x ",
    "0",
    "not",
]
SCRAPS += ["unknown(age)", "limit.", "or", "in", "==", "(", ")", ",", "é", "\t", "count(", "t."]


@st.composite
def mutilated(draw: st.DrawFn, text: str) -> str:
    """A text with one to three stretches cut out, doubled, or typed over."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        scrap = draw(st.sampled_from([*SCRAPS, text[start:end] * 2]))
        text = text[:start] + scrap + text[end:]
    return text


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(ALLOWED).flatmap(mutilated))
def test_a_mutilated_condition_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        parsed(CONTENT, text)
    except rules.ContentError as error:
        for fault in error.faults:
            assert 1 <= fault.place.column <= len(text) + 2
            assert fault.what


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(TINY, tmp_path_factory.mktemp("content") / "tiny"))


@settings(max_examples=60)
@given(data=st.data())
def test_a_mutilated_file_is_read_or_refused_with_a_place(
    folder: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(FILES))
    before = (TINY / name).read_text("utf-8")
    (folder / name).write_text(data.draw(mutilated(before)), "utf-8")
    try:
        rules.load(folder=folder)
    except rules.ContentError as error:
        assert error.faults  # noqa: PT017 - both outcomes are right
    finally:
        (folder / name).write_text(before, "utf-8")
