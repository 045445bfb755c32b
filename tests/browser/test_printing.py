"""What a browser prints of a summary: how many sheets, and what stands on the first (0139)."""

import pytest

from tests.browser.conftest import Open
from tests.browser.patient import Patient
from tests.browser.people import person
from tests.browser.printing import SIZES, said, sheets

pytestmark = pytest.mark.browser
COPIES = ("patient", "clinician")


def printed(patient: Patient, copy: str, size: str) -> list[str]:
    """Print a copy on a paper."""
    patient.go(f"/summary/print?copy={copy}&paper={size}")
    return sheets(patient.page, size)


def test_the_quiet_patient_prints_what_to_talk_about_on_one_sheet_and_answers_on_the_next(
    open_form: Open,
) -> None:
    patient = open_form().begin().walk(person("quiet")).press("Make my summary")

    for copy in COPIES:
        for size in SIZES:
            first, second = printed(patient, copy, size)
            points = said(patient.page, ".point, .pair")
            assert points
            assert [] == [one for one in points if one not in first], (copy, size)
            assert said(patient.page, "main > p")[-1] in second


def test_whoever_is_in_a_crisis_prints_whom_to_call_before_all_else(open_form: Open) -> None:
    patient = open_form().begin().walk(person("crisis")).press("Make my summary")

    for copy in COPIES:
        for size in SIZES:
            first, *_more = printed(patient, copy, size)
            emergency, crisis = said(patient.page, ".help-emergency, .help-full")
            (title,) = said(patient.page, "h1")
            assert "911" in emergency
            assert "988" in crisis
            assert -1 < first.find(emergency) < first.find(crisis) < first.find(title), (copy, size)
