"""The staff side by the clock of the clinic: what is read, what is typed, which day is meant."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask

from screener.app import create_app
from screener.settings import Settings
from screener.store.submissions import moment
from tests.first_start import begun
from tests.screener.staff.sending import sent
from tests.screener.store.conftest import Clock
from tests.screener.wizard.conftest import content_once
from tests.staff import Member, at_work, intake_of

EVENING = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)  # still the 22nd in New York


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Flask:
    """A clinic in New York, in the evening."""
    file = tmp_path / "clinic.toml"
    file.write_text('[clinic]\ntime_zone = "America/New_York"\ncountry = "US"\n', "utf-8")
    clock.now = EVENING.timestamp()
    settings = Settings.load(file, begun(tmp_path / "data"), environment={})
    return create_app(settings, content_once(), clock=clock)


def text(member: Member) -> str:
    return " ".join(member.page.get_text(" ").split())


def test_queue_record_trail_and_sign_ins_tell_the_time_by_the_clinics_clock(app: Flask) -> None:
    form, _reference = sent(app)
    lead = at_work(app, "lead")

    assert "Sent (New York time)" in text(lead.go("/staff/queue"))
    assert "2026-11-22 21:30" in text(lead)
    assert "Sent 2026-11-22 21:30 New York time" in text(lead.go(f"/staff/forms/{form}"))
    # The form was made when the clinic still told its times in UTC.
    assert "Completed November 22, 2026, 12:50 New York time" in text(lead)
    assert "When (New York time)" in text(lead.go("/staff/trail"))
    assert "2026-11-22 21:30:00" in text(lead)
    assert "Since 2026-11-22 21:30 New York time" in text(lead.go("/staff/account"))


def test_a_time_that_is_typed_is_meant_by_the_clinics_clock(app: Flask) -> None:
    form, _reference = sent(app)
    sam = at_work(app).go(f"/staff/forms/{form}")
    sam.press("Keep this contact", way="phone", outcome="reached", when="2026-11-22 21:15")

    assert "Phone call: Reached the person (2026-11-22 21:15)" in text(sam)
    with intake_of(app).database.reading() as connection:
        told = connection.exec_driver_sql("SELECT contacted_at FROM submission").scalar_one()
    assert datetime(2026, 11, 23, 2, 15, tzinfo=UTC) == moment(told)


@pytest.mark.parametrize(("day", "many"), [("2026-11-22", 1), ("2026-11-23", 0)])
def test_a_day_is_the_clinics_day(app: Flask, day: str, many: int) -> None:
    sent(app)
    lead = at_work(app, "lead").go("/staff/print")

    assert "Days are in New York time." in text(lead)
    assert "1 form matches." in text(lead)  # those sent today
    lead.press("Only count them", first=day, last=day)
    assert f"{many} form" in text(lead)
    lead.go(f"/staff/trail?first={day}&last={day}")
    assert bool(many) is bool(lead.page.select("tbody tr"))


def test_the_figures_count_by_weeks_of_the_clinics_clock(app: Flask, clock: Clock) -> None:
    for _ in range(5):
        sent(app)  # late on a Sunday in New York, where UTC has Monday already
    intake_of(app).receive()
    lead = at_work(app, "lead").go("/staff/figures")

    assert ["16 Nov", "5"] == weeks(lead)[-1]
    with intake_of(app).database.reading() as connection:  # what was begun, and what was sent
        told = connection.exec_driver_sql("SELECT week FROM tally").scalars()
        assert {(date(2026, 11, 16) - date(1970, 1, 1)).days} == {*told}
    clock.turn(hours=2.5)
    lead = at_work(app, "lead", "Kim Park").go("/staff/figures")
    assert [["16 Nov", "5"], ["23 Nov", "0"]] == weeks(lead)[-2:]


def weeks(lead: Member) -> list[list[str]]:
    """Read the table of the forms sent each week."""
    rows = lead.page.select('[aria-label="Forms sent each week"] tbody tr')
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]
