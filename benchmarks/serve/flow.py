"""The form that all are asked: ours as one patient fills it in, who has much to say.

It is walked once over HTTP. The other contestants ask what stands on the same pages, one page a
step, and are told the same; those that keep a draft of ours start from the one this patient has.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from benchmarks.patients.wire import SEE_OTHER, Answer, Pairs, Wire
from benchmarks.serve.form import MANY, NUMBER, ONE, TEXT, Box, Page
from tests.web import calm, drawn

HOUSE = Path(__file__).parents[2]
CHECK, COOKIE = "/form/check", "screener-draft"
MEDICINES, MOST_PAGES = 6, 80
SENTENCE = "I tried it for a while, my doctor changed the dose, and I do not know what came of it. "
KINDS = {"radio": ONE, "checkbox": MANY}


class WrongAnswer(Exception):
    """A contestant did not do its work; nothing is measured."""


def busy() -> dict[str, Any]:
    """Answer as the busiest of the test patients, with six medicines and long texts."""
    file = HOUSE / "tests" / "browser" / "patients" / "busy.json"
    said: dict[str, Any] = json.loads(file.read_text("utf-8"))
    whole = [one for one in said["med_trials"] if all(one.values())]
    yes = dict.fromkeys(("ack", "antidep_ever", "antidep_now", "bp_known"), "yes")
    texts = dict.fromkeys(("other_meds", "questions"), (SENTENCE * 6).strip())
    return said | yes | texts | {"height_cm": 170, "med_trials": whole[:MEDICINES]}


def walk(wire: Wire, told: dict[str, Any]) -> Iterator[Page]:
    """Fill in our form from the start to the list of all answers; yield the pages.

    Raises:
        WrongAnswer: a page was not taken.
    """
    medicines = iter(told["med_trials"])
    seen = _press(wire, wire.ask("GET", "/"))[1]
    for _ in range(MOST_PAGES):
        if seen.path == CHECK:
            return
        more = seen.page.select_one('main form a.btn[href*="/add"]')
        medicine = next(medicines, None) if more else None
        if more and medicine:
            seen = wire.ask("GET", str(more["href"]))
        page, seen = _press(wire, seen, medicine or told)
        yield page
    raise WrongAnswer("the form does not end")


def _press(wire: Wire, seen: Answer, told: dict[str, Any] | None = None) -> tuple[Page, Answer]:
    form = form_on(seen.page, seen.path)
    page = Page(seen.path, list(boxes(form)), filled(form, told or {}))
    answer = wire.ask("POST", str(form["action"]), pairs(page.told))
    if answer.status != SEE_OTHER:
        raise WrongAnswer(f"{seen.path} said {answer.status}")
    return page, wire.follow(answer)


def form_on(page: BeautifulSoup, path: str) -> Tag:
    """Find the form of a page."""
    form = page.select_one("main form[method=post]") or page.select_one("form[method=post]")
    if form is None:
        raise WrongAnswer(f"no form on {path}")
    return form


def boxes(form: Tag) -> Iterator[Box]:
    """Read the questions of a form."""
    found = form.select("[name]:not([type=hidden]):not(button)")
    for name in dict.fromkeys(str(box["name"]) for box in found):
        first, *_ = same = form.select(f'[name="{name}"]')
        kind = _kind(first)
        offers = first.select("option") if first.name == "select" else same
        options = [(str(one["value"]), _label(form, one)) for one in offers if kind in {ONE, MANY}]
        group = first.find_parent("fieldset")
        legend = group.find("legend") if group else None
        asked = legend.get_text(" ", strip=True) if legend else _label(form, first)
        yield Box(name, asked, kind, options)


def _kind(box: Tag) -> str:
    if box.name == "select":
        return ONE
    return KINDS.get(str(box.get("type")), NUMBER if box.get("inputmode") else TEXT)


def _label(form: Tag, box: Tag) -> str:
    label = form.select_one(f'label[for="{box.get("id")}"]') or box
    return " ".join(label.get_text(" ").split()) or str(box.get("name"))


def filled(form: Tag, told: dict[str, Any]) -> dict[str, list[str]]:
    """Fill in a form of ours: with what is told, else with what reports nothing."""
    said: dict[str, Any] = dict(as_drawn(form))
    for box in boxes(form):
        value = told.get(box.name)
        value = calm(form, box.name) if value is None else value
        if value is not None:
            said[box.name] = _texts(value)
    return said


def as_drawn(form: Tag) -> dict[str, list[str]]:
    """Return what a form sends as it stands there."""
    return {name: _texts(value) for name, value in drawn(form).items()}


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - as a form holds it
    return [str(one) for one in (value if isinstance(value, list) else [value])]


def pairs(said: dict[str, list[str]]) -> Pairs:
    """Return what is sent."""
    return [(name, one) for name, values in said.items() for one in values]
