"""Whole patients, from the start page to the paper in their hands."""

import json
from typing import Any

import pytest

from tests.browser import paper
from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.patient import Patient
from tests.browser.people import person

pytestmark = pytest.mark.browser
WAYS = (
    pytest.param(PHONE, True, id="phone"),
    pytest.param(DESK, False, id="desk without scripts"),
    pytest.param(PHONE, False, id="phone without scripts"),
    pytest.param(DESK, True, id="desk"),
)
# Somebody comes in every way; the others in two, so that each width and each lack is met.
every_way = pytest.mark.parametrize(("width", "scripts"), WAYS)
some_ways = pytest.mark.parametrize(("width", "scripts"), WAYS[:2])
other_ways = pytest.mark.parametrize(("width", "scripts"), WAYS[2:])
CRISIS, EMERGENCY, ODD = "/form/a-word-2", "/form/a-word-1", "is-this-right"


@every_way
def test_the_quiet_patient_leaves_with_a_summary(
    open_form: Open, width: int, *, scripts: bool
) -> None:
    patient = open_form(width, scripts=scripts).begin().walk(person("quiet"))
    patient.press("Make my summary")

    assert {CRISIS, EMERGENCY}.isdisjoint(patient.trail)
    assert "R-TRX-2PLUS" in [finding["rule"] for finding in summary(patient)["findings"]]
    assert summary(patient)["level"] == "info"
    written = on_paper(patient)
    assert "This page is not a diagnosis" in written
    assert "sertraline" in written


@some_ways
def test_the_patient_in_crisis_hears_of_help_at_once_and_can_carry_on(
    open_form: Open, width: int, *, scripts: bool
) -> None:
    patient = open_form(width, scripts=scripts).begin()
    patient.walk(person("crisis"), until=CRISIS)

    assert patient.trail[-2:] == ["/form/right-now", CRISIS]
    assert patient.heading == "Talk to someone now, before you go on"
    assert {"tel:911", "tel:988"} <= set(links(patient))
    patient.walk(person("crisis")).press("Make my summary")
    assert after(patient, "/form/warning-signs") == [EMERGENCY]
    assert after(patient, "/form/safety-thoughts") == [CRISIS]
    assert {"tel:911", "tel:988"} <= set(links(patient))
    assert summary(patient)["level"] == "now"
    assert summary(patient)["crisis"] == "full"
    assert summary(patient)["emergency"] is True
    assert "988" in on_paper(patient)


@other_ways
def test_a_mind_that_changes_leaves_nothing_behind(
    open_form: Open, width: int, *, scripts: bool
) -> None:
    busy = person("busy")
    patient = open_form(width, scripts=scripts).begin().walk(busy)
    stale = ["128 mmHg", "38 mmHg", "Bladder pain or trouble", "R-KET-BLADDER"]
    assert [word in patient.text for word in stale] == [True, True, True, False]

    change(patient, "Ketamine before", busy | {"ket_before": ["none"]})
    change(patient, "Reading from the last 3 months", busy | {"bp_known": "no"})

    assert [] == [word for word in stale if word in patient.text]
    patient.press("Make my summary")
    told = json.dumps(summary(patient), ensure_ascii=False)
    for said in (patient.text, told, on_paper(patient), on_paper(patient, "clinician copy")):
        assert [] == [word for word in stale if word in said]
        assert said.count("A small blue pill") >= 1
    assert len(summary(patient)["treatments"]) == 10
    assert after(patient, "/form/blood-pressure-reading") == ["/form/blood-pressure-reading/" + ODD]


def change(patient: Patient, what: str, answers: dict[str, Any]) -> None:
    """Change an answer from the check page, and come back to it."""
    patient.follow(f"Change: {what}").step(answers).walk(answers)


def after(patient: Patient, at: str) -> list[str]:
    """The pages that came straight after a page, each time it was seen."""
    return [
        then for here, then in zip(patient.trail, patient.trail[1:], strict=False) if here == at
    ]


def links(patient: Patient) -> list[str]:
    found: list[str] = patient.page.locator("a").evaluate_all("all => all.map(a => a.href)")
    return found


def summary(patient: Patient) -> dict[str, Any]:
    """The summary as a program reads it."""
    told: dict[str, Any] = patient.page.request.get(f"{patient.address}/summary.json").json()
    return told


def on_paper(patient: Patient, copy: str = "your copy") -> str:
    """The words of the PDF that the link on the page leads to."""
    link = patient.page.get_by_role("link", name=f"Save {'the ' * (copy[:4] != 'your')}{copy}")
    response = patient.page.request.get(f"{patient.address}{link.get_attribute('href')}")
    assert response.headers["content-type"] == "application/pdf"
    assert response.body().startswith(b"%PDF-")
    written = paper.pages(response.body())
    assert 2 <= len(written) <= 9
    return " ".join(" ".join(written).split())
