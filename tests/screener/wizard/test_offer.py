"""What the pages say of sending is true, whether a clinic takes forms or does not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from screener.settings import Sending
from screener.store import StoreUnavailable
from screener.web import parts
from tests.screener.wizard.conftest import Arrived, Settled
from tests.screener.wizard.people import JO, words_of
from tests.web import Patient, browser

PRESS = "unless you press “Send my answers”"
See = Callable[[str], str]


@pytest.fixture
def closed(taking: Flask) -> Flask:
    """A clinic that could read forms, and does not want them."""
    made_of = taking.extensions[parts.KEY]
    settings = made_of.settings.model_copy(update={"sending": Sending(offered=False)})
    parts.install(taking, replace(made_of, settings=settings))
    return taking


@pytest.fixture(params=["taking", "closed", "without a reader"])
def world(request: pytest.FixtureRequest) -> str:
    if request.param != "without a reader":
        request.getfixturevalue(request.param)
    return str(request.param)


@pytest.fixture
def see(world: str, settled: Settled) -> See:
    """Open a page as a patient who has seen the summary, and say what it says."""
    assert world
    patient = settled("check", country="US", si_now="yes").press("Make my summary")
    return lambda address: words_of(patient.go(address))


@pytest.mark.parametrize(
    "address", ["/", "/form/check", "/summary", "/form/a-word-1", "/form/a-word-2"]
)
def test_a_page_says_that_nothing_is_sent_or_how(see: See, world: str, address: str) -> None:
    said = see(address)

    if world == "taking":
        assert "Nothing is sent" in said
        assert PRESS in said
    else:
        assert "Send" not in said
        assert "Nothing is sent" in said or "Nothing has been sent" in said


def test_the_privacy_page_says_who_reads_and_for_how_long(see: See, world: str, app: Flask) -> None:
    days = app.extensions["screener"].settings.retention.submission_days

    said = see("/privacy")

    assert len(said.split()) <= 250
    if world == "taking":
        assert "Staff read your answers only if you press “Send my answers”." in said
        assert f"What you send is locked for the clinic, and kept for {days} days." in said
        assert "ask the clinic to delete its copy" in said
    else:
        assert "Nothing is sent to the clinic. Staff cannot open your answers." in said
        assert "kept for" not in said


@pytest.mark.usefixtures("taking")
def test_sending_is_one_of_two_equal_choices(settled: Settled) -> None:
    patient = settled("check").press("Make my summary")

    looks = {
        str(link["href"]).partition("?")[0]: link["class"]
        for link in patient.page.select("main .row a.btn")
    }

    assert looks["/send"] == looks["/summary/print"] == ["btn", "quiet"]


@pytest.mark.parametrize("world", ["closed", "without a reader"], indirect=True)
def test_where_nothing_is_taken_nothing_can_be_sent(
    world: str, settled: Settled, arrived: Arrived
) -> None:
    assert world
    patient = settled("check").press("Make my summary")
    _action, data = settled("check").filled_in("Make my summary")

    assert "/summary" == patient.press("Make my summary").go("/send").at
    patient.send(("/send", data | JO))

    assert "Your answers were not sent" == patient.heading
    assert [] == arrived()


@pytest.mark.usefixtures("taking")
def test_what_is_not_sent_is_not_seen(settled: Settled, arrived: Arrived) -> None:
    settled("check", si_now="yes").press("Make my summary").go("/send")

    assert [] == arrived()


@pytest.mark.usefixtures("taking")
def test_pages_without_a_draft_open_when_the_database_does_not_answer(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> bool:
        raise StoreUnavailable("locked")

    monkeypatch.setattr(app.extensions["store"], "takes_forms", fail)

    for address in ("/", "/privacy"):
        assert "Send my answers" in words_of(Patient(browser(app)).go(address))
