"""Whatever a client sends, it gets a page: never an error of the server."""

from typing import Any

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from screener.wizard.forms import PageForm
from screener.wizard.kept import readable
from screener.wizard.unsaved import OURS
from tests.screener.wizard.conftest import Settled, content_once
from tests.screener.wizard.people import cookie
from tests.web import Patient

NASTY = ["", "\x00", "\ud800", "9" * 309, "-1", "NaN", "1e999", "'", "<b>", "🎈" * 50, " ", "yes"]
QUESTIONS = list(content_once().questionnaire.by_id.values())
FIELDS = [field for question in QUESTIONS for field in question.fields]
ASKED = [question for question in (*QUESTIONS, *FIELDS) if not question.fields]
NAMES = [*(question.id for question in ASKED), "height_cm_ft", "weight_kg_lb", "tries", "then", "x"]
typed = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))
tokens = st.sampled_from([token for question in ASKED for token in question.tokens])
bodies = st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(typed, tokens)), max_size=12)


@given(sent=bodies)
@settings(max_examples=150, deadline=None)
def test_no_body_makes_a_form_raise(sent: list[tuple[str, str]]) -> None:
    form = PageForm(ASKED)

    form.read(MultiDict(sent))

    assert set(form.readable) | {field.question.id for field in form.slips} == {
        question.id for question in ASKED
    }


@given(sent=bodies)
@settings(max_examples=150, deadline=None)
def test_what_a_form_keeps_the_rules_can_read(sent: list[tuple[str, str]]) -> None:
    top = [question for question in QUESTIONS if not question.fields]
    form = PageForm(top)
    form.read(MultiDict(sent))

    answers = readable(content_once(), form.readable)

    assert set(answers) == set(form.readable)


json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | typed,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=8,
)


@given(kept=st.dictionaries(st.sampled_from([*NAMES, "med_trials"]), json, max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_an_old_draft_holds_can_be_read(kept: dict[str, Any]) -> None:
    assert set(readable(content_once(), kept)) <= set(kept)


@given(sent=bodies)
@settings(max_examples=25)
def test_no_body_breaks_a_page(settled: Settled, sent: list[tuple[str, str]]) -> None:
    patient = settled("body")
    _action, data = patient.filled_in()
    encoded = MultiDict((name, value.encode(errors="replace")) for name, value in sent)
    encoded["csrf_token"] = data["csrf_token"]

    for page in ("body", "safety-thoughts", "medicines-tried/add", "medicines-tried/1", "x"):
        assert patient.browser.post(f"/form/{page}", data=encoded).status_code < 500


def test_a_body_that_is_too_long_is_refused(patient: Patient) -> None:
    response = patient.browser.post("/form/organs", data={"kidney": "a" * 200_000})

    assert response.status_code == 413


def test_a_thousand_fields_are_refused(patient: Patient) -> None:
    body = "&".join(f"f{number}=1" for number in range(2000))

    response = patient.browser.post(
        "/form/organs", data=body, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code < 500


def test_damaged_bodies_and_kinds_are_no_error_of_ours(patient: Patient) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "application/json", ""):
        response = patient.browser.post("/form/organs", data=b"--x\r\n\x00%%%", content_type=kind)
        assert response.status_code < 500, kind


def test_odd_addresses_are_no_error_of_ours(patient: Patient) -> None:
    for address in (
        "/form/%00",
        "/form/medicines-tried/99999999999999999999",
        "/form/organs/1",
        "/form/organs/add",
        "/form/../../etc/passwd",
        "/form/organs/is-this-right?then=%FF",
        "/form/a-word-2?page=<script>",
        "/code/" + "x" * 3000,
    ):
        assert patient.browser.get(address).status_code < 500, address


def test_other_methods_are_refused_with_a_page(patient: Patient) -> None:
    assert patient.browser.put("/form/organs").status_code == 405
    assert patient.browser.get("/form/finish").status_code in {303, 405}


def test_a_cookie_of_nonsense_is_no_visit(app: Flask, patient: Patient) -> None:
    for nonsense in ("x", "x" * 4000, "é", "'; drop table draft"):
        patient.browser.set_cookie("screener-draft", nonsense)
        assert patient.browser.get("/form/organs").status_code == 303
    assert app.extensions["store"] is not None


def test_the_names_that_are_ours_are_no_question() -> None:
    assert {question.id for question in ASKED}.isdisjoint(OURS | {"then", "tries", "once", "was"})


def test_an_old_proof_for_an_address_with_a_line_break_is_no_error_of_ours(
    patient: Patient,
) -> None:
    response = patient.browser.post("/form/x%0D%0ASet-Cookie:%20a=b/add", data={"csrf_token": ""})

    assert response.status_code in {303, 403, 404}
    assert "\n" not in response.headers.get("Location", "")


def test_an_old_proof_for_a_page_that_is_not_on_the_way_leads_to_one_that_is(
    settled: Settled,
) -> None:
    patient = settled("organs")

    patient.send(("/form/blood-pressure-reading", {"bp_systolic": "120"}))

    assert "/form/organs" == patient.at


def test_no_text_however_long_lets_a_draft_grow_without_end(app: Flask, settled: Settled) -> None:
    patient = settled("check")
    proof, long = patient.filled_in()[1]["csrf_token"], "a" * 100_000
    pages = ("your-questions", "body", "other-medicines", "before-you-start")  # the last one first
    boxes = ("questions", "height_cm", "height_cm_ft", "weight_kg", "other_meds", "age_years")

    for page in pages:
        sent = {"csrf_token": proof} | dict.fromkeys(boxes, long[: 100_000 // len(boxes)])
        assert 303 == patient.browser.post(f"/form/{page}", data=sent).status_code

    held = app.extensions["store"].drafts.open(cookie(patient.browser))
    assert {"questions", "height_cm", "other_meds", "age_years"} <= held.state["typed"].keys()
    assert len(held.packed) < 32 * 1024
