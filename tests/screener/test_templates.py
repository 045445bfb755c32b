"""What holds for every template, whoever wrote it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, nodes

from screener.web.files import templates
from tests.content.reading import grade, listed, sentences
from tests.content.test_words import ALL_CLEAR, UNKIND, gives_advice, gives_verdict

FOLDER = templates()
FILES = sorted(FOLDER.rglob("*.html"))
# Words that are read: between tags, and in these attributes.
SAID = {"alt", "aria-label", "placeholder", "title"}
HARDEST, LONGEST = 6, 20
OUR_FAULT = {"errors/500.html", "errors/503.html", "errors/outage.html"}
MEDICAL = listed("medical_words.txt")

environment = Environment(
    loader=FileSystemLoader(FOLDER), extensions=["jinja2.ext.i18n"], trim_blocks=True
)


def named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def parsed(path: Path) -> nodes.Template:
    return environment.parse(path.read_text("utf-8"))


def messages(path: Path) -> list[str]:
    """Every text that a template passes through gettext; each form of a plural on its own."""
    found = parsed(path).find_all(nodes.Call)
    calls = [call for call in found if getattr(call.node, "name", "") in {"_", "ngettext"}]
    return [
        argument.value
        for call in calls
        for argument in call.args
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str)
    ]


class Words(HTMLParser):
    """Collects what is read out of a page: text, and attributes that speak."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SAID]
        self.found += [value or "" for name, value in attrs if tag == "button" and name == "value"]


def plain_words(path: Path) -> Iterator[str]:
    """Words that stand in a template as they are, past gettext."""
    source = re.sub(r"(?s)\{#.*?#\}", "", path.read_text("utf-8"))
    words = Words()
    words.feed(re.sub(r"(?s)\{\{.*?\}\}|\{%.*?%\}", "", source))
    # A macro that writes attributes has them outside of any tag.
    texts = (re.sub(r'(?s)[a-z-]+="[^"]*"', "", text).strip() for text in words.found)
    return (text for text in texts if re.search(r"[^\W\d]", text))


def test_there_are_templates() -> None:
    assert {"base.html", "side/start.html", "macros/fields.html"} <= {named(f) for f in FILES}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_word_passes_through_gettext(path: Path) -> None:
    assert [] == list(plain_words(path))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_message_is_written_out_so_that_it_can_be_extracted(path: Path) -> None:
    calls = [c for c in parsed(path).find_all(nodes.Call) if getattr(c.node, "name", "") == "_"]

    assert [] == [call.lineno for call in calls if not isinstance(call.args[0], nodes.Const)]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_template_uses_every_macro_that_it_imports(path: Path) -> None:
    found = [name for one in parsed(path).find_all(nodes.FromImport) for name in one.names]
    imported = {name if isinstance(name, str) else name[1] for name in found}

    assert set() == imported - {one.name for one in parsed(path).find_all(nodes.Name)}


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_template_reads_at_grade_6_or_below(path: Path) -> None:
    assert grade(messages(path), MEDICAL) <= HARDEST


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_sentence_is_longer_than_20_words(path: Path) -> None:
    all_sentences = [sentence for text in messages(path) for sentence in sentences(text)]

    assert [] == [sentence for sentence in all_sentences if len(sentence.split()) > LONGEST]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_word_judges_advises_or_blames(path: Path) -> None:
    said = messages(path)

    assert [] == [text for text in said if gives_verdict(text) or ALL_CLEAR.search(text)]
    assert [] == [text for text in said if gives_advice(text)]
    if named(path) not in OUR_FAULT:
        assert [] == [text for text in said if UNKIND.search(text)]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_every_form_that_changes_something_proves_that_it_is_ours(path: Path) -> None:
    source = path.read_text("utf-8")
    posts = re.findall(r'(?s)<form method="post".*?</form>', source)

    assert source.count('method="post"') == len(posts)
    assert [] == [form[:80] for form in posts if "csrf()" not in form]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_pages_inside_the_frame_name_themselves(path: Path) -> None:
    source = path.read_text("utf-8")
    frames = {"errors/page.html", "staff/base.html"}
    if re.search(r'{% extends "(staff/)?base.html" %}', source) and named(path) not in frames:
        assert "{% block title %}" in source
        assert "{% block main %}" in source
