"""A browser that lost its draft asks for the code, and what was typed waits on the page."""

import pytest
from flask import Flask

from screener.store import DraftGone
from tests.screener.wizard.conftest import Settled
from tests.screener.wizard.people import cookie, too_many
from tests.web import Patient, browser


def test_a_lost_cookie_does_not_hide_help(settled: Settled) -> None:
    patient = settled("safety-thoughts")
    sent = patient.filled_in("", si_now="yes")
    patient.browser.delete_cookie("screener-draft")

    patient.send(sent)

    assert patient.heading.startswith("You have been away")
    assert patient.page.select(".card.help a[href='/help']")


def test_a_browser_without_its_cookie_asks_for_the_code_and_keeps_what_was_typed(
    settled: Settled, app: Flask
) -> None:
    patient = settled("organs")
    store = app.extensions["store"]
    code = store.drafts.give_code(cookie(patient.browser))
    sent = patient.filled_in("", liver="some", kidney="yes", bladder_now="no", glaucoma="no")
    patient.browser.delete_cookie("screener-draft")

    patient.send(sent)
    assert patient.heading == "You have been away. Enter your code to go on."

    patient.press("Save", return_code="BCDF-GHJK-MNPQ-RSTV")
    assert patient.problems == ["We cannot find that code. Check each letter."]

    patient.press("Save", return_code=code.lower().replace("-", " "))
    assert patient.at == "/form/breathing-and-glands"
    patient.go("/form/organs")
    assert patient.filled_in()[1]["kidney"] == ["yes"]


def test_a_browser_without_any_cookie_keeps_what_was_typed_too(
    settled: Settled, app: Flask
) -> None:
    patient = settled("organs")
    code = app.extensions["store"].drafts.give_code(cookie(patient.browser))
    sent = patient.filled_in("", liver="no", kidney="yes", bladder_now="no", glaucoma="no")

    new = Patient(browser(app)).send(sent).press("Save", return_code=code)

    assert new.at == "/form/breathing-and-glands"


def test_too_many_codes_wait_and_keep_what_was_typed(
    app: Flask, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = settled("organs")
    sent = patient.filled_in("", kidney="yes")
    patient.browser.delete_cookie("screener-draft")
    patient.send(sent)
    monkeypatch.setattr(app.extensions["store"].throttle, "take", too_many)

    patient.press("Save", return_code="BCDF-GHJK-MNPQ-RSTV")

    assert patient.response is not None
    assert patient.response.status_code == 429
    assert "7" == patient.response.headers["Retry-After"]
    assert patient.filled_in("Save")[1]["kidney"] == "yes"


def test_a_draft_that_was_deleted_in_another_tab_asks_for_the_code(
    settled: Settled, app: Flask
) -> None:
    patient = settled("organs")
    sent = patient.filled_in("", kidney="yes")
    app.extensions["store"].drafts.delete(cookie(patient.browser))

    assert patient.send(sent).heading.startswith("You have been away")


def test_a_draft_that_is_deleted_in_another_tab_at_that_moment_is_no_error_of_ours(
    patient: Patient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_token: str) -> str:
        raise DraftGone

    sent = patient.go("/finish-later").filled_in()
    monkeypatch.setattr(app.extensions["store"].drafts, "give_code", gone)

    assert 403 == patient.browser.post(sent[0], data=sent[1]).status_code
