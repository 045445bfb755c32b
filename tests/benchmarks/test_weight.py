"""What stands in results/weight.md can be missed, and is then said to be."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.weight import report
from benchmarks.weight.report import KB, Found, goals
from benchmarks.weight.weighing import (
    CSS,
    HTML,
    JS,
    PAGE,
    AsksSomethingElse,
    Weighed,
    see_that_it_asks_the_same,
)
from screener.app import create_app
from screener.settings import Settings
from tests.screener.wizard.conftest import content_once
from tests.web import Patient, browser

LIGHT = Weighed(Counter(), Counter(), first=(4, 20_000), next=(1, 4_000), ahead=0, strangers=[])
PEERS = ("govuk", "bootstrap")
TOO_MUCH = {
    "HTML, gzip": replace(LIGHT, packed=Counter({HTML: 6 * KB + 1})),
    "CSS, gzip": replace(LIGHT, packed=Counter({CSS: 6 * KB + 1})),
    "JS, gzip": replace(LIGHT, packed=Counter({JS: 3 * KB + 1})),
    "a first visit as it comes": replace(LIGHT, first=(4, 30 * KB + 1)),
    "requests, a page to begin with": replace(LIGHT, first=(5, 20_000)),
    "requests, next page": replace(LIGHT, next=(2, 4_000)),
    "requests to elsewhere": replace(LIGHT, strangers=["https://cdn.example/x.js"]),
}


def found(
    question: Weighed = LIGHT, paint: float = 1.5, other: float = 9, long: Weighed = LIGHT
) -> Found:
    pages = dict.fromkeys(("start", "summary"), LIGHT) | {"question": question, "long": long}
    heavy = replace(LIGHT, first=(9, 99 * KB))  # of others: no goal of ours
    paints = {"start": paint, "question": 1.0} | dict.fromkeys(PEERS, other)
    return Found(pages | dict.fromkeys(PEERS, heavy), paints, 5, "Chromium 1.2", 0)


def missed(**changed: Any) -> list[str]:
    return [goal.what for goal in goals(found(**changed)) if not goal.met]


def test_what_is_quoted_says_on_what_it_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "version", {"flask": "3.1"}.get)  # others are not of the tests

    _mark, measured, blank, *_table = "\n".join(report.quoted(found())).splitlines()

    named = ("cores, ", "Chromium 1.2", "Python 3.", "govuk-frontend 6.", "flask 3.1")
    assert [] == [name for name in (*named, "bootstrap-flask ") if name not in measured]
    assert "" == blank


def test_light_pages_miss_nothing() -> None:
    assert [] == missed()


@pytest.mark.parametrize("what", TOO_MUCH)
def test_one_page_that_is_too_heavy_misses_its_goal(what: str) -> None:
    assert [what] == missed(question=TOO_MUCH[what])


def test_a_long_summary_has_a_goal_of_its_own() -> None:
    long = replace(LIGHT, packed=Counter({HTML: 9 * KB}))

    assert [] == missed(long=long)
    assert ["HTML, gzip, of somebody with much to say"] == missed(
        long=replace(long, packed=Counter({HTML: 9 * KB + 1}))
    )


def test_a_late_paint_misses_its_goal() -> None:
    assert ["first paint"] == missed(paint=1.51)


def test_a_question_that_others_show_sooner_or_lighter_misses_its_goal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report, "MOST_ALL", 200)

    assert ["the question beside others, the first paint"] == missed(other=0.9)
    assert ["the question beside others, a first visit"] == missed(
        question=replace(LIGHT, first=(4, 100 * KB))
    )


def test_only_pages_that_ask_the_same_are_compared(tmp_path: Path) -> None:
    app = create_app(Settings.load(None, tmp_path, environment={}), content_once())
    html = str(Patient(browser(app)).start().go(f"/form/{PAGE}").page)
    first, *_ = content_once().questionnaire.page(PAGE).questions

    see_that_it_asks_the_same(html)
    for part in (first.ask, first.hint, first.options[0].label, 'name="age_years"'):
        with pytest.raises(AsksSomethingElse):
            see_that_it_asks_the_same(html.replace(part, "else"))
