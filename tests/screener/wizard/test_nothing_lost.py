"""Back, refresh, two tabs, an old page, a full disk, another day: no answer is lost."""

import dataclasses
from typing import Any

import pytest
from flask import Flask

from screener.settings import Settings
from screener.store import StoreUnavailable
from screener.wizard.kept import readable
from tests.screener.wizard.conftest import Settled, content_once
from tests.screener.wizard.people import TRIAL, WELCOME, cookie
from tests.web import Patient, browser


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A clinic that has a phone."""
    clinic = settings.clinic.model_copy(update={"phone": "+1 555 010 0199"})
    return settings.model_copy(update={"clinic": clinic})


def test_two_tabs_on_different_pages_keep_both(settled: Settled) -> None:
    first = settled("check").go("/form/organs?then=check")
    second = Patient(first.browser).go("/form/body?then=check")

    first_sent = first.filled_in("", kidney="yes")
    second.press(weight_kg="71")
    first.send(first_sent)

    assert "71 kg" in first.page.get_text()
    assert rows(first)["Kidney disease"] == "Yes"


def test_a_page_saved_between_opening_and_saving_another_keeps_both(
    settled: Settled, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = settled("check").go("/form/organs?then=check")
    drafts = app.extensions["store"].drafts
    open_it = drafts.open

    def open_and_then_the_other_tab(token: str) -> Any:
        opened = open_it(token)
        drafts.save(token, lambda state: state | {"answers": state["answers"] | {"weight_kg": 71}})
        return opened

    sent = patient.filled_in("", kidney="yes")
    with monkeypatch.context() as patched:
        patched.setattr(drafts, "open", open_and_then_the_other_tab)
        patient.browser.post(sent[0], data=sent[1])

    shown = rows(patient.go("/form/check"))
    assert ("Yes", "71 kg") == (shown["Kidney disease"], shown["Weight"])


def test_sending_a_page_twice_is_as_good_as_once(settled: Settled) -> None:
    patient = settled("heart")
    sent = patient.filled_in("", heart_hx=["none"], stairs_trouble="no")

    assert patient.send(sent).at == "/form/blood-vessels"
    assert patient.send(sent).at == "/form/blood-vessels"


def test_pressing_add_twice_adds_one_medicine(settled: Settled) -> None:
    patient = settled("medicines-tried", antidep_ever="yes").follow("Add a medicine")
    sent = patient.filled_in("", **TRIAL)

    patient.send(sent).send(sent)

    assert patient.heading == "You have added 1 medicine"


def test_the_check_page_shows_what_was_left_empty_of_a_medicine(settled: Settled) -> None:
    patient = settled("check", antidep_ever="yes", med_trials=[{"med": "sertraline"}])

    said = next(said for name, said in rows(patient).items() if name.startswith("sertraline"))
    assert "Most in a day: Not answered" in said.splitlines()


def test_an_old_proof_shows_the_page_again_as_it_was_filled_in(settled: Settled) -> None:
    patient = settled("blood-pressure-reading", bp_known="yes")
    action, data = patient.filled_in("", bp_systolic="131", bp_diastolic="80 mmHg", bp_when="today")

    patient.send((action, data | {"csrf_token": "from yesterday"}))

    assert patient.response is not None
    assert patient.response.status_code == 400
    assert "Press Save and continue again" in patient.page.get_text()
    assert patient.filled_in()[1]["bp_diastolic"] == "80 mmHg"
    assert patient.filled_in()[1]["bp_when"] == ["today"]
    assert patient.press(bp_where="home").at == "/form/heart"


def test_an_old_proof_keeps_a_medicine_on_the_page(settled: Settled) -> None:
    patient = settled("medicines-tried", antidep_ever="yes").follow("Add a medicine")
    action, data = patient.filled_in("", **TRIAL)

    patient.send((action, data | {"csrf_token": ""})).press()

    assert patient.heading == "You have added 1 medicine"


def test_an_old_proof_on_a_page_without_answers_leads_back_to_it(settled: Settled) -> None:
    patient = settled("check")
    action, data = patient.filled_in("Make my summary")

    assert patient.send((action, data | {"csrf_token": ""})).at == "/form/check"
    assert patient.press("Make my summary").at == "/summary"


def test_the_proof_is_still_good_after_a_day(
    settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = settled("low-mood")
    sent = patient.filled_in("", dep_dx="no", episode_length="lt_2wk", impact="some")
    monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", a_day_later())

    assert patient.send(sent).at == "/form/medicines-for-depression"


def test_a_kept_medicine_loses_only_the_answer_that_no_longer_fits() -> None:
    kept = {"med_trials": [{"med": "sertraline", "duration": "gone"}]}

    trials = readable(content_once(), kept)["med_trials"]
    assert isinstance(trials, tuple)
    assert [{"med": "sertraline"}] == [known(trial) for trial in trials]


def known(trial: Any) -> dict[str, Any]:
    """What was answered of an entry."""
    return {name: value for name, value in trial.items() if value is not None}


def a_day_later() -> Any:
    import time  # noqa: PLC0415 - the clock that the signer reads

    return lambda _signer: int(time.time()) + 24 * 60 * 60


@pytest.fixture
def full_disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the store fail from now on."""

    def fail(*_: object, **__: object) -> Any:
        raise StoreUnavailable("full")

    def fill() -> None:
        drafts = app.extensions["store"].drafts
        for method in ("open", "save", "begin", "resume", "give_code", "delete"):
            monkeypatch.setattr(drafts, method, fail)

    def empty() -> None:
        monkeypatch.undo()

    fill.empty = empty  # type: ignore[attr-defined]
    return fill


def test_a_full_disk_keeps_the_answers_on_the_page(settled: Settled, full_disk: Any) -> None:
    patient = settled("organs")
    sent = patient.filled_in("", liver="some", kidney="not_sure", bladder_now="no", glaucoma="no")
    full_disk()

    patient.send(sent)

    assert patient.response is not None
    assert patient.response.status_code == 503
    assert "We could not save this page" in patient.page.get_text()
    assert "still does not work, call Your clinic: +1 555 010 0199" in patient.page.get_text()
    assert patient.filled_in()[1]["kidney"] == ["not_sure"]

    full_disk.empty()
    assert patient.press().at == "/form/breathing-and-glands"


def test_a_full_disk_does_not_hide_help(settled: Settled, full_disk: Any) -> None:
    patient = settled("safety-thoughts")
    sent = patient.filled_in("", si_now="yes")
    full_disk()

    patient.send(sent)

    assert patient.at == "/form/safety-thoughts"
    assert patient.page.select(".card.help a[href='/help']")


def test_help_opens_when_the_store_does_not(patient: Patient, full_disk: Any) -> None:
    full_disk()

    assert patient.go("/help").heading == "You can talk to someone now"
    assert patient.browser.get("/form/heart").status_code == 503


def test_answers_to_older_questions_are_kept_as_far_as_they_fit(
    settled: Settled, app: Flask
) -> None:
    patient = settled("check")
    store = app.extensions["store"]

    def older(state: dict[str, Any]) -> dict[str, Any]:
        answers = state["answers"] | {"kidney": "sometimes", "a_question_of_old": "yes"}
        del answers["liver"]
        return state | {"answers": answers, "content_version": "0.0.1+000000000000"}

    store.drafts.save(cookie(patient.browser), older)
    patient.go("/form/check")

    assert "The questions have changed" in patient.page.get_text()
    assert "To answer now: Liver problem, Kidney disease." in patient.page.get_text()
    assert rows(patient)["Age"] == "42 years"
    assert patient.follow("Go on").at == "/form/organs"


def test_the_answers_survive_a_new_application_on_the_same_folder(
    patient: Patient, app: Flask
) -> None:
    from screener.app import create_app  # noqa: PLC0415 - started again

    patient.answer(WELCOME)
    made_of = app.extensions["screener"]
    app.extensions["store"].close()
    again = browser(create_app(dataclasses.replace(made_of).settings, made_of.content))
    again.set_cookie("screener-draft", cookie(patient.browser))

    later = Patient(again).go("/form/before-you-start")

    assert later.filled_in()[1]["age_years"] == "42"


def rows(patient: Patient) -> dict[str, str]:
    """What the check page shows."""
    return {
        row.dt.get_text(strip=True): row.dd.get_text(strip=True)
        for row in patient.page.select("dl.sl > div")
        if row.dt and row.dd
    }


def test_a_page_that_names_a_slip_has_an_address_of_its_own(settled: Settled) -> None:
    patient = settled("blood-pressure-reading", bp_known="yes")
    patient.press(bp_systolic="high", bp_diastolic="76")
    wrong = patient.response
    assert wrong is not None

    # Refresh, and Back from the next page, ask for this address again.
    refreshed = patient.go(wrong.request.full_path)

    assert wrong.request.method == "GET"
    assert refreshed.problems[0] == "The top number must be a whole number, like 120"
    assert [box["value"] for box in refreshed.page.select("#bp_systolic, #bp_diastolic")] == [
        "high",
        "76",
    ]


def test_a_slip_is_named_also_where_an_answer_was_kept_before(settled: Settled) -> None:
    patient = settled("check").go("/form/before-you-start?then=check")

    patient.press(age_years="forty")

    assert ["Your age must be a whole number, like 42"] == patient.problems
    assert patient.page.select_one("#age_years")["value"] == "forty"  # type: ignore[index]
