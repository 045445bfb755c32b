"""When help must come before the next question.

It shows at once, before any word about a slip. Once the patient has carried on from it, it does
not show again for the same answers.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from flask import url_for

import rules
from screener.store import StoreUnavailable
from screener.summary import ages
from screener.web.parts import parts
from screener.wizard.landmarks import COUNTRY
from screener.wizard.visit import State, Visit, save

EMERGENCY, CRISIS, YOUNG = "emergency", "full", "young"
ROOMS = {EMERGENCY: "wizard.emergency", CRISIS: "wizard.crisis"}


def urgent(
    here: Visit, page: rules.Page, told: Mapping[str, Any] | None = None, then: str = ""
) -> str:
    """Return the address of the help that must come before anything else now, or "".

    Args:
        here: the visit, with the answers of the page as far as they could be kept.
        page: the page that was just answered.
        told: what was said on it, also where it could not be kept.
        then: where the patient wants to go afterwards.
    """
    said = as_values(told or {})
    asked = [question.id for question in here.asked(page)]
    # What could be kept is walked already.
    kept = all(name in here.answers and here.answers[name] == value for name, value in said.items())
    answers = here.answers if kept else {**here.answers, **said}
    found = calling(answers, here.path if kept else None, on=asked)
    for block, room in ROOMS.items():
        reasons = reasons_for(block, found, answers, asked)
        if not reasons <= set(here.state["shown"]):
            offer(here, reasons)
            return url_for(room, page=page.id, then=then or None)
    return ""


def for_the_young(here: Visit, page: rules.Page, then: str = "") -> str:
    """Return the address of the page for a young person, once, or "".

    It waits until we know where the patient is: the help lines for young people differ.
    """
    age = here.path.counted.get(ages.AGE)
    if not {ages.AGE, COUNTRY} & {question.id for question in page.questions} or here.declined:
        return ""
    if YOUNG in here.state["shown"] or COUNTRY not in here.answers:
        return ""
    if not ages.under_age(parts().content, age):
        return ""
    offer(here, {YOUNG})
    return url_for("wizard.young", page=page.id, then=then or None)


def reasons_for(
    block: str, found: Iterable[rules.Finding], answers: rules.Answers, on: Iterable[str]
) -> set[str]:
    """Return the answers to these questions that call for a block, as keys to remember."""
    looked_at = set(on)
    return {
        f"{block} {name} {json.dumps(answers[name])}"
        for finding in of(block, found)
        for name in finding.because
        if name in looked_at and name in answers
        if answers[name] is not None or not finding.undecided
    }


def calling(
    answers: rules.Answers, path: rules.Path | None = None, on: Collection[str] | None = None
) -> list[rules.Finding]:
    """Return the findings that call for help and rest on an answer.

    What was not asked yet calls for nothing. So a rule that holds because a question has no answer
    waits until that question was put.

    Args:
        answers: what was said.
        path: the path of these answers, where it is known already.
        on: only findings that may rest on an answer to one of these questions; all when it is None.
    """
    return [
        finding
        for finding in parts().interrupting(path or parts().walk(answers), on)
        if any(answers.get(name) is not None for name in finding.because)
        and (finding.undecided or all(name in answers for name in finding.because))
    ]


def of(block: str, found: Iterable[rules.Finding]) -> list[rules.Finding]:
    """Return those with this block."""
    return [finding for finding in found if finding.rule.block == block]


def might_act(answers: rules.Answers) -> bool:
    """Whether the answers say that the patient might act now."""
    found = of(CRISIS, calling(answers))
    return any(finding.level is rules.Level.NOW for finding in found)


def as_values(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a form tells in the shape that the rules read."""
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
    }


def offer(here: Visit, reasons: set[str]) -> None:
    """Note what help is on its way. When it cannot be noted it is still shown.

    It counts as shown only when the patient carries on: a second press of the button, or a lost
    answer, must not lead past a page that nobody has seen.
    """

    def change(state: State) -> None:
        state["offered"] = sorted(reasons)

    with suppress(StoreUnavailable):
        save(here, change)


def carried_on(here: Visit) -> Visit:
    """Note that the patient has seen the help that was offered."""

    def change(state: State) -> None:
        state["shown"] = sorted({*state["shown"], *state.pop("offered", ())})

    return save(here, change)
