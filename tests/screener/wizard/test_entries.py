"""A list of medicines in two tabs: each finds its own again, wherever that stands by now."""

from typing import Any

import pytest
from flask import Flask

from screener.store import StoreUnavailable
from screener.wizard.visit import Visit, save
from tests.screener.wizard.conftest import Settled
from tests.screener.wizard.people import TRIAL
from tests.web import Patient


def test_a_list_that_changed_in_another_tab_is_looked_at_again(settled: Settled) -> None:
    patient = settled("medicines-tried", antidep_ever="yes")
    for med in ("sertraline", "bupropion"):
        patient.go("/form/medicines-tried/add").press(**TRIAL | {"med": med})
    patient.go("/form/medicines-tried/1")
    stale = patient.filled_in("", duration="lt_4w")
    patient.go("/form/medicines-tried/1/remove").press()

    patient.send(stale)

    assert patient.response is not None
    assert patient.response.status_code == 409
    assert "changed in another window" in patient.page.get_text()
    assert patient.go("/form/medicines-tried").heading == "You have added 1 medicine"
    assert "More than 8 weeks" in patient.page.get_text()


def test_nothing_is_saved_over_a_medicine_that_was_not_shown(settled: Settled) -> None:
    patient = settled("medicines-tried", antidep_ever="yes")
    patient.go("/form/medicines-tried/add").press(**TRIAL)
    stale = patient.go("/form/medicines-tried/1").filled_in("", duration="lt_4w")
    patient.go("/form/medicines-tried/1").press(dose_mg="75", duration="w6_8")

    patient.send(stale)
    first = in_the_list(patient), asked_again(patient)
    again = patient.filled_in("Save this medicine")
    patient.go("/form/medicines-tried/1").press(dose_mg="50")
    patient.send(again)

    assert (("75 mg", "6 to 8 weeks"), 409) == first
    assert (("50 mg", "6 to 8 weeks"), 409) == (in_the_list(patient), asked_again(patient))
    assert "lt_4w" == patient.page.select_one("[name=duration][checked]")["value"]  # type: ignore[index]
    assert ("150 mg", "Less than 4 weeks") == in_the_list(patient.press("Save this medicine"))


@pytest.mark.parametrize(
    ("act", "typed", "left"),
    [("", {"duration": "lt_4w"}, ["fluoxetine", "citalopram"]), ("/remove", {}, ["citalopram"])],
    ids=["change", "remove"],
)
def test_a_list_that_changes_while_it_is_saved_loses_nothing_else(
    settled: Settled,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    typed: dict[str, str],
    left: list[str],
) -> None:
    patient = settled("medicines-tried", antidep_ever="yes")
    for med in ("sertraline", "fluoxetine", "citalopram"):
        patient.go("/form/medicines-tried/add").press(**TRIAL | {"med": med})
    patient.go(f"/form/medicines-tried/2{act}")

    def meanwhile(here: Visit, change: Any) -> Visit:
        save(here, lambda state: state["answers"]["med_trials"].pop(0))
        return save(here, change)

    monkeypatch.setattr("screener.wizard.entries.save", meanwhile)
    patient.press(**typed)

    cards = patient.go("/form/medicines-tried").page.select("main h2")
    assert left == [card.get_text().split()[1] for card in cards]


def test_a_medicine_that_is_gone_can_be_added_with_what_was_typed(settled: Settled) -> None:
    patient = settled("medicines-tried", antidep_ever="yes")
    patient.go("/form/medicines-tried/add").press(**TRIAL)
    stale = patient.go("/form/medicines-tried/1").filled_in("", duration="lt_4w")
    patient.go("/form/medicines-tried/1/remove").press()

    patient.send(stale).press("Add this medicine")

    assert patient.go("/form/medicines-tried").heading == "You have added 1 medicine"


def test_a_slip_in_an_entry_that_has_moved_stays_with_that_entry(settled: Settled) -> None:
    patient = settled("medicines-tried", antidep_ever="yes")
    for med in ("sertraline", "fluoxetine", "citalopram"):
        patient.go("/form/medicines-tried/add").press(**TRIAL | {"med": med})
    stale = patient.go("/form/medicines-tried/2").filled_in("", dose_mg="a lot")
    patient.go("/form/medicines-tried/1/remove").press()

    patient.send(stale).press("Save this medicine", dose_mg="20")

    cards = patient.go("/form/medicines-tried").page.select("main h2")
    assert ["fluoxetine", "citalopram"] == [card.get_text().split()[1] for card in cards]


def test_a_medicine_that_could_not_be_saved_is_saved_by_the_next_press(
    settled: Settled, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = settled("medicines-tried", antidep_ever="yes")
    patient.go("/form/medicines-tried/add").press(**TRIAL)
    patient.go("/form/medicines-tried/1")

    def away(_token: str) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patched:
        patched.setattr(app.extensions["store"].drafts, "open", away)
        patient.press(duration="lt_4w")
    patient.press("Save this medicine")

    assert "You have added 1 medicine" == patient.heading
    assert "Less than 4 weeks" in patient.page.get_text()


def in_the_list(patient: Patient) -> tuple[str, str]:
    """Read dose and duration of the medicine that a page shows in words."""
    dose, duration, *_others = (answer.get_text() for answer in patient.page.select(".card dd"))
    return dose, duration


def asked_again(patient: Patient) -> int:
    """Read how the last answer is marked."""
    assert patient.response is not None
    return patient.response.status_code
