"""The door for JSON: plain JSON comes in, and nothing else does."""

import re
from pathlib import Path

import pytest

from screener.cli import reading
from screener.cli.faults import BadInputError


def test_plain_json_comes_in_as_it_is() -> None:
    content = b'{"a": [1, 2.5, "x", true, null], "b": {"c": -3}}'

    assert {"a": [1, 2.5, "x", True, None], "b": {"c": -3}} == reading.parse(content)


def test_a_byte_order_mark_from_a_text_editor_does_no_harm() -> None:
    assert {} == reading.parse(b"\xef\xbb\xbf{}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1, column 1: not JSON: expecting value"),
        (b'{"a": 1,\n "b" 2}', "line 2, column 6: not JSON: expecting ':' delimiter"),
        (b'{"a": 1} {}', "line 1, column 10: not JSON: extra data"),
        (b"{'a': 1}", "line 1, column 2: not JSON: expecting property name"),
        (b'{"a": "\n"}', "line 1, column 8: not JSON: invalid control character"),
        (b'{"a": 1, "b": 2, "a": 1}', '"a" is there twice; keep one'),
        (b'{"x": [{"med": "a", "med": "b"}]}', '"med" is there twice; keep one'),
        (b'{"a": NaN}', "NaN is not a number that JSON knows"),
        (b'{"a": -Infinity}', "-Infinity is not a number that JSON knows"),
        (b'{"a": 1e999}', "the number 1e999\N{HORIZONTAL ELLIPSIS} is too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "the number 999999999999\N{HORIZONTAL ELLIPSIS} is"),
        (b"[" * 100_000, "lists or objects are nested too deeply"),
        (b'{"a": "\xff"}', "byte 8: not UTF-8 text"),
        ('{"a": 1}'.encode("utf-16"), "byte 1: not UTF-8 text"),
    ],
)
def test_what_is_not_plain_json_is_refused_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        reading.parse(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "write one JSON object of answers, not a list"),
        ("null", "write one JSON object of answers, not null"),
        ("true", "write one JSON object of answers, not true or false"),
        ("3", "write one JSON object of answers, not a number"),
        ('"yes"', "write one JSON object of answers, not a text"),
        (" " * 1_000_001, "larger than 1 MB"),
    ],
)
def test_only_an_object_of_a_sensible_size_is_read(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "answers.json"
    file.write_text(content)

    with pytest.raises(BadInputError) as refused:
        reading.read_object(str(file))

    assert f"{file}: {said}" == refused.value.format_message()


def test_a_file_of_exactly_one_megabyte_is_read(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text("{}".ljust(1_000_000))

    assert {} == reading.read_object(str(file))


@pytest.mark.parametrize(
    ("name", "said"),
    [("missing.json", "cannot be read: No such file or directory"), (".", "cannot be read: Is a")],
)
def test_a_file_that_cannot_be_read_is_named(name: str, said: str) -> None:
    with pytest.raises(BadInputError) as refused:
        reading.read_object(name)

    assert refused.value.format_message().startswith(f"{name}: {said}")


def test_a_long_key_is_cut_in_the_message() -> None:
    assert f'"{"k" * 39}…"' == reading.shown("k" * 500)
