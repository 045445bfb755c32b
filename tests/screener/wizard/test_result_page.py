"""The page at the end: what it puts first, and where it leads."""

from dataclasses import replace

import pytest
from flask import Flask

from screener.web import parts
from tests.screener.wizard.conftest import Settled
from tests.web import Patient


def finished(settled: Settled, **answers: object) -> Patient:
    patient = settled("check", **answers).press("Make my summary")
    assert patient.at == "/summary"
    return patient


def first_in_main(patient: Patient) -> str:
    first = patient.page.select_one("main > *")
    assert first is not None
    return " ".join(first.get_text(" ").split())


def test_a_calm_summary_opens_with_what_it_is_not(settled: Settled) -> None:
    patient = finished(settled)

    assert first_in_main(patient).startswith("This page is not a diagnosis")
    assert patient.heading == "Here are points to talk about"
    assert patient.page.select_one(".card.help")


@pytest.mark.parametrize(
    ("answers", "heading"),
    [
        ({"si_now": "yes"}, "Talk to someone now"),
        ({"si_passive": "yes"}, "You can talk to someone now"),
        ({"red_flags_now": ["chest_pain"]}, "Call the emergency number now"),
    ],
)
def test_help_is_first_and_is_the_heading_where_it_is_urgent(
    settled: Settled, answers: dict[str, object], heading: str
) -> None:
    patient = finished(settled, country="US", **answers)

    assert patient.heading == heading
    assert first_in_main(patient).startswith(heading)
    assert patient.page.select_one("main > section:first-child a[href='tel:911']")


def test_each_point_says_what_was_said_why_and_what_to_ask(settled: Settled) -> None:
    point = finished(settled, aneurysm="yes").page.select_one(".point-first")
    assert point is not None
    said = " ".join(point.get_text(" ").split())

    assert "Aneurysm" in said
    assert "You said: Aneurysm : Yes" in said.replace("Aneurysm:", "Aneurysm :")
    assert "Ask:" in said
    assert "Raise first" in said


def test_the_buttons_lead_to_print_pdf_and_change(settled: Settled) -> None:
    patient = finished(settled)
    links = {" ".join(a.get_text().split()): str(a["href"]) for a in patient.page.select("main a")}

    assert links["Print or save a copy"].startswith("/summary/print?copy=patient")
    assert links["Save as PDF"].startswith("/summary/summary.pdf?copy=patient")
    assert links["Save the clinician copy as PDF"].startswith("/summary/summary.pdf?copy=clinician")
    assert links["Change an answer"] == "/form/check"
    assert "See all my answers" in patient.page.get_text()


def test_both_copies_and_both_papers_open(settled: Settled) -> None:
    patient = finished(settled)

    for copy in ("patient", "clinician"):
        for paper in ("a4", "letter"):
            query = f"?copy={copy}&paper={paper}"
            assert patient.browser.get(f"/summary/print{query}").status_code == 200
            made = patient.browser.get(f"/summary/summary.pdf{query}")
            assert made.data.startswith(b"%PDF-")
    assert patient.browser.get("/summary/print?copy=everyone").status_code == 404


def test_a_file_has_the_same_name_whatever_is_asked(settled: Settled) -> None:
    patient = finished(settled)
    files = {"/summary/summary.pdf": "pdf", "/summary.txt": "txt", "/summary.json": "json"}

    for address, ending in files.items():
        for asked in ("", "?filename=jo.exe", "?name=x%22%0d%0aSet-Cookie:%20a=b"):
            told = patient.browser.get(f"{address}{asked}").headers
            assert f'inline; filename="summary.{ending}"' == told["Content-Disposition"]
            assert "a=b" not in str(told)


def test_who_does_not_say_where_they_are_reads_what_to_call_elsewhere(
    settled: Settled, app: Flask
) -> None:
    made_of = app.extensions[parts.KEY]
    clinic = made_of.settings.clinic.model_copy(update={"country": "US"})
    settings = made_of.settings.model_copy(update={"clinic": clinic})
    parts.install(app, replace(made_of, settings=settings))
    patient = finished(settled, si_now="yes", country="prefer_not")

    assert "In another country, call your local emergency number." in patient.page.get_text()
    assert "In another country" not in finished(settled, country="US").page.get_text()
