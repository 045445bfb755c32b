"""Every page of the product in every state that a patient may meet, one after the other."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import rules
from tests.browser import breaking
from tests.browser.patient import CHECK, INTERRUPTIONS, Patient

State = tuple[str, Patient]
Come = Callable[[], Patient]
# What a patient may get wrong, by the page where it is tried: what is typed, and chosen.
SLIPS: dict[str, dict[str, dict[str, Any]]] = {
    "before-you-start": {
        "nothing answered": {},
        "no number": {"age_years": "about forty"},
        "out of range": {"age_years": "130"},
    },
    "right-now": {"nothing chosen": {}},
    "other-treatments": {"nothing ticked": {}},
    "blood-pressure-reading": {
        "nothing typed": {},
        "bottom above top": {"bp_systolic": "80", "bp_diastolic": "95"},
    },
    "other-medicines": {"too long": {"other_meds": "A long list. " * 90}},
    "body": {"two units at once": {"height_cm": "170", "height_cm_ft": "5", "weight_kg": "heavy"}},
}


def beside(come: Come) -> Iterator[State]:
    """The pages beside the form, for somebody who has not begun."""
    patient = come()
    yield "start", patient
    addresses = {
        "help": "/help",
        "help in another country": "/help?country=GB",
        "help anywhere": "/help?country=elsewhere",
        "privacy": "/privacy",
        "about a code": "/code/K7QM-4XRT",
        "deleted": "/deleted",
        "page not found": "/no-such-page",
        "return": "/return",
    }
    for name, address in addresses.items():
        yield name, patient.go(address)
    yield "return without a code", patient.press("Open my answers")
    patient.page.fill("#code", "BCDF-GHJK-MNPQ-RSTV")
    yield "return with a wrong code", patient.press("Open my answers")


def questions(come: Come, answers: dict[str, Any]) -> Iterator[State]:
    """Every question page: as it comes, with slips, filled in; and what comes in between."""
    patient, before = come().begin(), ""
    while patient.at != CHECK:
        name = patient.at.removeprefix("/form/")
        between = name in INTERRUPTIONS or name.endswith("is-this-right")
        yield (f"{name}, after {before}" if between else name), patient
        before = name
        if name == "medicines-tried":
            yield from trials(patient, answers["med_trials"])
        elif between:
            patient.step({})
        else:
            yield from one_page(patient, answers, name)
    yield "check", patient


def one_page(patient: Patient, answers: dict[str, Any], name: str) -> Iterator[State]:
    """Get a page wrong in its own ways, then right."""
    for slip, typed in SLIPS.get(name, {}).items():
        for box, text in typed.items():
            patient.page.fill(f"#{box}", text)
        yield f"{name}: {slip}", patient.press("Save and continue")
        for box in typed:
            patient.page.fill(f"#{box}", "")
    page = patient.content.questionnaire.page(name)
    patient.fill_in(page.questions, answers)
    if name in SLIPS:
        yield f"{name}: filled in", patient
    patient.save()


def trials(patient: Patient, entries: list[dict[str, Any]]) -> Iterator[State]:
    """The list of medicines tried: empty, adding, a slip, full cards, changing, removing."""
    page = patient.content.questionnaire.page("medicines-tried")
    fields = page.questions[0].fields
    yield "add a medicine", patient.follow("Add a medicine")
    patient.page.fill("#dose_mg", "a lot")
    yield "add a medicine: slips", patient.press("Add this medicine")
    patient.fill_in(fields, entries[0])
    patient.page.fill("#dose_mg", "100")
    yield "one medicine", patient.press("Add this medicine")
    patient.follow("Add another").fill_in(fields, entries[1]).save()
    yield "two medicines", patient
    yield "change a medicine", patient.follow("Change")
    yield "remove a medicine", patient.go("/form/medicines-tried/1/remove")
    patient.follow("Keep it").press("Save and continue")


def later(come: Come, patient: Patient) -> Iterator[State]:
    """Stopping, and coming back."""
    yield "finish later", patient.go("/finish-later")
    yield "code shown", patient.press("Get a code")
    code = patient.page.inner_text("#code")
    yield "finish later with a code", patient.go("/finish-later")
    yield "start with a draft", patient.go("/")
    yield "return with a draft", patient.go("/return")
    yield "delete", patient.go("/delete")
    other = come().go("/return")
    other.page.fill("#code", code)
    yield "welcome back", other.press("Open my answers")
    other.go("/form/before-you-start").page.context.clear_cookies()
    yield "away", other.press("Save and continue")
    other.page.fill("#return_code", "BCDF-GHJK-MNPQ-RSTV")
    yield "away with a wrong code", other.press("Save and go on")


def results(patient: Patient) -> Iterator[State]:
    """The summary, calm, after something long ago, and after thoughts of dying."""
    yield "summary", patient.press("Make my summary")
    yield "print, patient", patient.go("/summary/print?copy=patient")
    yield "print, clinician", patient.go("/summary/print?copy=clinician")
    change(patient, "safety-past", sa_ever="yes", self_harm="no", harm_others="no")
    patient.walk({"sa_when": "gt_5y"}).press("Make my summary")
    yield "summary, soft", patient
    thoughts = {"si_passive": "yes", "si_active": "no", "si_now": "no"}
    yield "a-word-2, thoughts", change(patient, "safety-thoughts", **thoughts)
    patient.walk({"means_near": "no", "trusted_person": "yes"}).press("Make my summary")
    yield "summary, crisis", patient
    patient.go("/form/before-you-start?then=check").answer_page({"ack": "no"})
    yield "not-now", patient
    yield "check, declined", patient.go(CHECK)


def sending(
    come: Come, calm: dict[str, Any], crisis: dict[str, Any], database: Path
) -> Iterator[State]:
    """A clinic that takes forms: what differs, sending in calm and in a crisis, coming back."""
    patient = come()
    yield "start, sending", patient
    yield "privacy, sending", patient.go("/privacy")
    yield "check, sending", patient.go("/").begin().walk(calm)
    yield "summary, sending", patient.press("Make my summary")
    yield "send", patient.follow("Send it to the clinic")
    patient.page.fill("#phone", "soon")
    patient.page.fill("#best_time", "mornings " * 20)
    yield "send: slips", patient.press("Send my answers")
    reach(patient)
    with breaking.closed(database):
        yield "not sent", patient.press("Send my answers")
    reach(patient.go("/send"))
    yield "sent", patient.press("Send my answers")
    yield "summary, sent", patient.go("/summary")
    yield "print, sent", patient.go("/summary/print?copy=patient")
    yield "already sent", patient.go(CHECK)
    yield "start, sent", patient.go("/")
    yield "finish later, sent", patient.go("/finish-later")
    patient.press("Get a code")
    yield "welcome back, sent", patient.go("/welcome-back")
    yield "delete, sent", patient.go("/delete")
    yield "deleted, sent", patient.press("Delete my answers")
    other = come().begin().walk(crisis).press("Make my summary")
    yield "send, crisis", other.go("/send")
    reach(other)
    yield "sent, crisis", other.press("Send my answers")


def reach(patient: Patient) -> None:
    """Say how to be reached."""
    said = {"name": "Jo Example", "phone": "555 010 0134", "best_time": "weekday mornings"}
    for box, text in said.items():
        patient.page.fill(f"#{box}", text)


def change(patient: Patient, page_id: str, **answers: Any) -> Patient:
    """Change the answers of a page, as from the check page."""
    return patient.go(f"/form/{page_id}?then=check").answer_page(answers)


def trouble(come: Come, database: Path) -> Iterator[State]:
    """When something goes wrong on our side, or too often on theirs."""
    patient = come().begin()
    patient.page.context.clear_cookies(name="screener-session")
    yield "old page", patient.answer_page({"ack": "yes"})
    with breaking.busy(database):
        yield "cannot be saved", patient.press("Save and continue")
    with breaking.away(database, "draft"):
        yield "cannot be shown", patient.go("/form/before-you-start")
    patient.go("/form/before-you-start")
    patient.page.evaluate("document.querySelector('#age_years').value = '1'.repeat(200_000)")
    yield "too large", patient.press("Save and continue")
    patient.go("/return")
    while patient.heading != "Wait a little, then try again":
        patient.go("/return").page.fill("#code", "BCDF-GHJK-MNPQ-RSTV")
        patient.press("Open my answers")
    yield "too many tries", patient


def question_pages(content: rules.Content) -> set[str]:
    return {page.id for page in content.questionnaire.pages}
