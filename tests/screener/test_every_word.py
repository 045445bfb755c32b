"""Every page in a made-up language: what stays plain English was never passed through gettext.

Every patient page is read as the busiest patient sees it, with and without mistakes on it. What a
page shows must be accented, or come from the reviewed content, the clinic's settings or the
patient.
"""

import dataclasses
import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from flask import Flask
from flask.testing import FlaskClient

import rules
from screener import language
from screener.app import create_app
from screener.settings import Settings
from screener.web.cookies import SETTING

CASES = Path(__file__).parents[1] / "cases"
WORD = re.compile(r"[A-Za-z]{2,}")
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}")
SIDE = ("/", "/help", "/privacy", "/return", "/not-now", "/code/K7QM-4XRT", "/no-such-page")
WITH_A_DRAFT = (
    "/delete",
    "/finish-later",
    "/welcome-back",
    "/form/check",
    "/form/a-word-2",
    "/form/a-word-1",
    "/form/a-word-3",
    "/form/medicines-tried",
    "/form/medicines-tried/add",
    "/form/medicines-tried/1",
    "/form/medicines-tried/1/remove",
    "/summary",
    "/summary/print?copy=patient",
    "/summary/print?copy=clinician",
)
SPOKEN_ATTRIBUTES = ("aria-label", "title", "alt", "placeholder")
# Not of a language: units, names and codes; and the clinic of these tests.
OURS = ("mmHg kg lb cm ft in mg PDF UTC", "Your clinic", "BCDF-GHJK-MNPQ-RSTV", "K7QM-4XRT")

content_once = functools.cache(rules.load)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    monkeypatch.setattr(language, "known", lambda _: "en-XA")
    settings = Settings.load(None, tmp_path, environment={})
    made = create_app(settings, content_once())
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def patient(app: Flask) -> FlaskClient:
    """A browser that holds the draft of someone who answered everything there is."""
    token = app.extensions["store"].drafts.begin().token
    asked = {question.id: None for question in content_once().questionnaire.by_id.values()}
    answers = {**asked, **json.loads((CASES / "base.json").read_text())}
    app.extensions["store"].drafts.save(
        token, lambda old: {**old, "answers": answers, "finished": True}
    )
    client = app.test_client()
    client.set_cookie(app.config[SETTING], token, domain="127.0.0.1")
    return client


def strings(thing: object) -> Iterator[str]:
    """Give every text that the content holds."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        yield from (text for value in thing.values() for text in strings(value))
    elif isinstance(thing, tuple | list | frozenset):
        yield from (text for value in thing for text in strings(value))
    elif dataclasses.is_dataclass(thing):
        yield from (t for f in dataclasses.fields(thing) for t in strings(getattr(thing, f.name)))


@functools.cache
def reviewed() -> str:
    """Give all texts of the content and of this clinic, split as those of a page are."""
    content = content_once()
    held: list[Any] = [content.questionnaire, content.rules, content.words, content.helplines]
    held += [dict(content.limits), content.sources, content.medicines, content.version]
    texts = [*strings(held), *OURS, *Locale("en").months["format"]["wide"].values()]
    return "\n".join([*texts, *(part for text in texts for part in parts(text))])


def plain_english(html: str) -> list[str]:
    """Give the texts that are neither accented, nor content, nor a name."""
    page = BeautifulSoup(html, "html.parser")
    texts = [str(text) for text in page.find_all(string=True) if type(text) is NavigableString]
    texts += [
        str(tag[name])
        for tag in page.find_all()
        for name in SPOKEN_ATTRIBUTES
        if tag.has_attr(name)
    ]
    return [part for text in texts for part in parts(outside(text)) if part not in reviewed()]


def parts(text: str) -> list[str]:
    """Split a text where program and content are put together; numbers and marks fall away."""
    found = (part.strip(" .") for part in re.split(r"\s*[\n,;:·–|()./]\s*|\d+", CODE.sub("", text)))
    return [part for part in found if WORD.search(part)]


def outside(text: str) -> str:
    """Take away what is accented; brackets may stand in brackets."""
    shorter = re.sub(r"\[[^\[\]]*\]", "|", text)
    return shorter if shorter == text else outside(shorter)


def read(client: FlaskClient, path: str) -> str:
    response = client.get(path, base_url="http://127.0.0.1:8000")
    assert response.status_code in {200, 404}, (path, response.status_code, response.location)
    return response.text


@pytest.mark.parametrize("path", SIDE)
def test_pages_beside_the_form_are_translated(app: Flask, path: str) -> None:
    assert [] == plain_english(read(app.test_client(), path))


@pytest.mark.parametrize("path", WITH_A_DRAFT)
def test_pages_of_a_draft_are_translated(patient: FlaskClient, path: str) -> None:
    assert [] == plain_english(read(patient, path))


def test_every_question_page_is_translated_with_its_mistakes(patient: FlaskClient) -> None:
    left: dict[str, list[str]] = {}
    for page in content_once().questionnaire.pages:
        address = f"/form/{page.id}"
        shown = patient.get(address, base_url="http://127.0.0.1:8000")
        wrong = patient.post(address, data={}, base_url="http://127.0.0.1:8000")
        for response in (shown, wrong):
            if response.status_code != 303 and (plain := plain_english(response.text)):
                left[address] = plain

    assert {} == left


def test_a_text_that_was_forgotten_is_found() -> None:
    assert ["Forgotten words"] == plain_english("<p>[Sâvêd]</p><p>[Sâvêd] Forgotten words</p>")
    assert ["Forgotten words"] == plain_english('<a aria-label="Forgotten words">[Môrê]</a>')
