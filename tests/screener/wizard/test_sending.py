"""A patient sends the form: only when asked to, once, and with help first where it is needed."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from screener.store.models import clinic_key
from screener.summary.stored import from_store
from tests.screener.wizard.conftest import Arrived, Settled
from tests.screener.wizard.people import JO, cookie, reference_of, words_of
from tests.web import Patient

pytestmark = pytest.mark.usefixtures("taking")

NOT_WAITED_FOR = "No one at the clinic reads this right away. Do not wait for us."


def test_a_patient_chooses_to_send_and_the_clinic_reads_what_the_patient_saw(
    done: Settled, arrived: Arrived
) -> None:
    patient = done(bp_dx="yes").follow("Send it to the clinic")
    assert patient.heading == "How to reach you"

    patient.press("Send my answers", **JO, message="no", best_time="mornings")

    assert (patient.at, patient.heading) == ("/sent", "Your answers are sent")
    (found,) = arrived()
    assert found.contents["contact"] == JO | {"may_name_clinic": "no", "best_time": "mornings"}
    assert found.contents["answers"]["bp_dx"] == "yes"
    assert found.headline["name"] == "Jo Example"


def test_the_reference_is_the_same_on_screen_on_paper_and_in_the_record(
    done: Settled, arrived: Arrived
) -> None:
    patient = done().go("/send").press("Send my answers", **JO)

    reference = reference_of(patient)

    (found,) = arrived()
    assert reference == found.reference
    assert reference == from_store(found.contents["summary"]).reference
    assert reference in patient.browser.get("/summary/print").text
    assert reference in patient.browser.get("/summary.txt?copy=clinician").text


def test_an_answer_left_behind_by_a_change_of_mind_is_not_sent(
    app: Flask, done: Settled, arrived: Arrived
) -> None:
    patient = done()
    answers = {"bp_known": "no", "bp_systolic": 210}
    app.extensions["store"].drafts.save(
        cookie(patient.browser), lambda state: state | {"answers": state["answers"] | answers}
    )

    patient.go("/send").press("Send my answers", **JO)

    (found,) = arrived()
    assert found.contents["answers"]["bp_known"] == "no"
    assert "bp_systolic" not in found.contents["answers"]


def test_pressing_twice_sends_once_and_shows_the_same_page(done: Settled, arrived: Arrived) -> None:
    patient = done().go("/send")
    pressed = patient.filled_in("Send my answers", **JO)

    first = patient.send(pressed).page.main
    second = patient.send(pressed).page.main

    assert first == second
    assert 1 == len(arrived())


def test_back_after_sending_leads_to_what_happens_next(done: Settled, arrived: Arrived) -> None:
    patient = done().go("/send")
    in_another_tab = (
        Patient(patient.browser).go("/send").filled_in("Send", name="Al", email="a@b.cd")
    )
    patient.press("Send my answers", **JO)

    assert patient.go("/send").at == "/sent"
    assert patient.send(in_another_tab).at == "/sent"
    assert ["Jo Example"] == [found.headline["name"] for found in arrived()]


@pytest.mark.parametrize("answers", [{"si_now": "yes"}, {"red_flags_now": ["chest_pain"]}])
@pytest.mark.parametrize("page", ["/send", "/sent"])
def test_help_comes_first_when_the_answers_call_for_it(
    done: Settled, answers: dict[str, Any], page: str
) -> None:
    patient = done(**answers).go("/send")
    if page == "/sent":
        patient.press("Send my answers", **JO)

    said = words_of(patient)

    assert patient.at == page
    assert said.startswith(NOT_WAITED_FOR)
    assert said.index("Call 911") < said.index(patient.heading)
    assert [("si_now" in answers)] * 2 == ["988" in said, "See all help lines" in said]
    assert "Veterans" not in said  # one number to call; the others are one step away


def test_a_calm_patient_is_not_alarmed(done: Settled) -> None:
    patient = done().go("/send")

    assert words_of(patient).startswith("How to reach you")
    assert "No one reads it right away" in words_of(patient)
    assert "If you need help now" in words_of(patient)


def test_the_page_says_who_reads_it_how_long_it_stays_and_how_to_have_it_deleted(
    app: Flask, done: Settled
) -> None:
    days = app.extensions["screener"].settings.retention.submission_days

    said = words_of(done().go("/send"))

    assert "Who reads it:" in said
    assert f"The clinic keeps it for {days} days." in said
    assert "To have it deleted before, ask the clinic and name your reference:" in said
    assert "You do not have to send it. Print or save your summary instead" in said


def test_nothing_is_sent_before_the_summary_was_seen(settled: Settled, arrived: Arrived) -> None:
    patient = settled("heart")

    patient.go("/send")

    assert patient.at == "/form/heart"
    assert [] == arrived()


def test_an_answer_changed_in_another_tab_is_looked_at_before_it_is_sent(
    done: Settled, arrived: Arrived
) -> None:
    patient = done().go("/send")
    pressed = patient.filled_in("Send my answers", **JO)
    Patient(patient.browser).go("/form/heart?then=check").answer({"heart_hx": ["heart_attack"]})

    patient.send(pressed)

    assert patient.response is not None
    assert patient.response.status_code == 409
    assert "An answer was changed in another window." in words_of(patient)
    assert pressed[1]["name"] == patient.filled_in("Send my answers")[1]["name"]
    assert [] == arrived()


def test_an_answer_changed_in_the_very_moment_of_sending_is_looked_at_first(
    app: Flask, done: Settled, arrived: Arrived, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = done().go("/send")
    store, pressed = app.extensions["store"], patient.filled_in("Send my answers", **JO)

    def change_meanwhile(*_: object, **__: object) -> None:
        store.drafts.save(cookie(patient.browser), lambda state: state | {"answers": {}})

    monkeypatch.setattr(store.throttle, "take", change_meanwhile)
    patient.send(pressed)

    assert patient.response is not None
    assert patient.response.status_code == 409
    assert "An answer was changed in another window." in words_of(patient)
    assert [] == arrived()


def test_a_clinic_that_closes_while_a_patient_types_says_so_and_loses_nothing(
    app: Flask, done: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = done().go("/send")
    store = app.extensions["store"]
    with store.database.writing() as connection:
        connection.execute(delete(clinic_key))
    # Even when it closes between the look and the sending.
    monkeypatch.setattr(store, "takes_forms", lambda: True)

    patient.press("Send my answers", **JO)

    assert patient.heading == "Your answers were not sent"
    assert patient.follow("Back to your summary").at == "/summary"
