"""Whatever an author writes is read, or refused with a place; nothing else happens.

The long run: `python -m benchmarks.fuzz`.
"""

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import rules
from rules.reader import read
from tests.rules.fuzzing import PIECES, conditions, read_condition, read_mutated, well_placed
from tests.rules.tinies import TINY

TINY_CONTENT = rules.load(folder=TINY)


def test_mutated_conditions_are_read_or_refused(tiny: rules.Content) -> None:
    told = [read_condition(tiny, text) for text in conditions(800, 1)]

    assert 10 < sum(told) < 790


def test_mutated_files_are_read_or_refused(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path / "tiny")
    draw = random.Random(2)

    told = [read_mutated(tmp_path / "tiny", draw) for _ in range(60)]

    assert 0 < sum(told) < 60


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=80))
@example("(" * 3_000)
@example("not " * 3_000 + "has_pain")
@example("age >= " + "9" * 5_000)
def test_any_text_is_a_condition_or_is_refused(text: str) -> None:
    read_condition(TINY_CONTENT, text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200))
@example("[" * 3_000)
@example("a: " * 3_000)
@example("? " * 3_000)
def test_any_file_is_a_mapping_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: str | bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(raw if isinstance(raw, bytes) else raw.encode("utf-8", "surrogatepass"))
    try:
        held = read(file, "any.yaml")
    except rules.ContentError as error:
        well_placed(error, len(raw) + 1, len(raw) + 2)
    else:
        assert held.keys.keys() == held.entries.keys()
