"""A list on paper: for who asked, told in the trail, and gone after a while."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from screener import batch
from screener.store.models import audit
from screener.store.print_jobs import MOST
from tests.screener.store.arriving import arrive, fill, whole
from tests.screener.store.conftest import Clock
from tests.staff import Member, at_work, intake_of


@pytest.fixture
def sam(app: Flask) -> Member:
    intake_of(app).need_clinic_key()
    return at_work(app)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work a list off before the answer, so that a test need not wait."""
    monkeypatch.setattr(batch, "start", batch._work)


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a list where it is, as a process that was ended does."""

    def nothing(*_given: Any) -> None:
        return None

    monkeypatch.setattr(batch, "start", nothing)


def sent(app: Flask, *references: str) -> list[str]:
    return [arrive(intake_of(app), whole(), reference=one) for one in references]


def file(member: Member) -> bytes:
    link = next(a for a in member.page.select("main a.btn") if a.get_text() == "Download")
    return bytes(member.browser.get(str(link["href"])).data)


@pytest.mark.usefixtures("at_once")
def test_a_day_becomes_one_file_for_the_printer(app: Flask, sam: Member) -> None:
    sent(app, "K7QM-4XRT", "BCDF-GHJK")

    sam.go("/staff/queue").follow("Print a list").press("Make the file")

    assert "The file is ready" == sam.heading
    with pikepdf.open(io.BytesIO(file(sam))) as made:
        assert len(made.pages) >= 4


@pytest.mark.usefixtures("at_once")
def test_a_zip_holds_a_file_for_each_form_and_names_what_cannot_be_opened(
    app: Flask, sam: Member
) -> None:
    sent(app, "K7QM-4XRT", "BCDF-GHJK")
    arrive(intake_of(app), whole(), contents=b"x", reference="ZZZZ-ZZZZ")

    sam.go("/staff/print").press("Make the file", made_as="zip", copy="patient")

    with zipfile.ZipFile(io.BytesIO(file(sam))) as made:
        names = sorted(made.namelist())
        said = made.read("not-readable.txt").decode()
    assert 3 == len(names)
    assert {"K7QM-4XRT.pdf", "BCDF-GHJK.pdf"} == {name[4:] for name in names[:2]}
    assert "ZZZZ-ZZZZ\r\n" == said


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("made_as", ["pdf", "zip"])
def test_the_page_says_which_forms_are_not_in_the_file(
    app: Flask, sam: Member, made_as: str
) -> None:
    sent(app, "K7QM-4XRT")
    arrive(intake_of(app), whole(), contents=b"x", reference="ZZZZ-ZZZZ")

    sam.go("/staff/print").press("Make the file", made_as=made_as)

    assert "It holds 1 form." in sam.page.get_text()
    assert ["ZZZZ-ZZZZ"] == [one.get_text() for one in sam.page.select("main li")]


@pytest.mark.usefixtures("at_once")
def test_a_list_of_which_nothing_can_be_opened_has_no_file(app: Flask, sam: Member) -> None:
    arrive(intake_of(app), whole(), contents=b"x", reference="ZZZZ-ZZZZ")

    sam.go("/staff/print").press("Make the file")

    assert "There is no file" == sam.heading
    assert ["ZZZZ-ZZZZ"] == [one.get_text() for one in sam.page.select("main li")]
    assert 404 == sam.browser.get(sam.at + "/file").status_code


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("name", [5, None, ["x"], "\x00\ud800 <b>"])
def test_a_form_with_an_odd_name_does_not_stop_the_others(
    app: Flask, sam: Member, name: Any
) -> None:
    form = whole()
    contact = form.contents["contact"] | {"name": name}
    odd = replace(form, contents=form.contents | {"contact": contact})
    arrive(intake_of(app), odd, reference="BCDF-GHJK")
    sent(app, "K7QM-4XRT")

    sam.go("/staff/print").press("Make the file")

    assert "The file is ready" == sam.heading


@pytest.mark.usefixtures("at_once")
def test_each_form_of_a_list_is_in_the_trail(app: Flask, sam: Member) -> None:
    ids = sent(app, "K7QM-4XRT", "BCDF-GHJK")

    sam.go("/staff/print").press("Make the file")

    with intake_of(app).database.reading() as connection:
        printed = select(audit).where(audit.c.action == "record_printed")
        lines = connection.execute(printed).all()
    assert set(ids) == {line.object for line in lines}
    assert {"list clinician"} == {line.detail for line in lines}
    trail = at_work(app, "lead", "Lou Fox").go("/staff/trail").page.get_text()
    assert 2 == trail.count("in a list: clinician copy")


@pytest.mark.usefixtures("never")
def test_a_list_that_runs_says_how_far_it_is_and_looks_again(app: Flask, sam: Member) -> None:
    sent(app, "K7QM-4XRT", "BCDF-GHJK")

    sam.go("/staff/print").press("Make the file")
    job = sam.at.rpartition("/")[2]
    intake_of(app).print_jobs.advance(job)
    sam.go(sam.at)

    assert sam.response is not None
    assert "2" == sam.response.headers["Refresh"]
    assert "1 of 2 forms." in sam.page.get_text()


@pytest.mark.usefixtures("never")
def test_a_list_whose_process_ended_says_so(app: Flask, clock: Clock, sam: Member) -> None:
    sent(app, "K7QM-4XRT")
    sam.go("/staff/print").press("Make the file")

    clock.turn(seconds=40)
    sam.go(sam.at)

    assert "Printing has stopped" == sam.heading
    assert sam.response is not None
    assert "Refresh" not in sam.response.headers
    sam.press("Start again")
    assert "Printing" == sam.heading
    assert "0 of 1 forms." in sam.page.get_text()


@pytest.mark.usefixtures("at_once")
def test_a_list_is_only_for_who_made_it_and_only_for_a_while(
    app: Flask, clock: Clock, sam: Member
) -> None:
    sent(app, "K7QM-4XRT")
    sam.go("/staff/print").press("Make the file")
    kim = at_work(app, "admin", "Kim Roe")

    others = [kim.browser.get(sam.at + rest).status_code for rest in ("", "/file")]
    clock.turn(seconds=600)
    sam.go("/staff/queue")
    clock.turn(seconds=600)
    later = sam.browser.get(sam.seen[-2] + "/file").status_code

    assert [404, 404] == others
    assert 404 == later


@pytest.mark.usefixtures("never")
def test_a_list_that_runs_or_finds_others_running_is_not_started_again(
    app: Flask, clock: Clock, sam: Member
) -> None:
    sent(app, "K7QM-4XRT")
    sam.go("/staff/print").press("Make the file")
    clock.turn(seconds=40)
    again = sam.go(sam.at).filled_in("Start again")
    for name in ("Kim Roe", "Alex Fox"):
        at_work(app, "lead", name).go("/staff/print").press("Make the file")

    sam.send(again)
    busy = [one.get_text() for one in sam.page.select("main [role=alert]")]
    clock.turn(seconds=40)
    sam.press("Start again")
    running = sam.at
    sam.send((running, again[1]))

    assert ["Other lists are being printed. Try again in a minute."] == busy
    assert running == sam.at


def test_the_page_says_how_many_forms_match_before_any_is_printed(app: Flask, sam: Member) -> None:
    now = int(intake_of(app).now())
    sent(app, "K7QM-4XRT")
    arrive(intake_of(app), whole(), now, status="closed")
    for _old in range(3):
        arrive(intake_of(app), whole(), now - 3 * 86400)

    def said(member: Member) -> str:
        return member.page.select("main [role=status]")[0].get_text()

    today = said(sam.go("/staff/print"))
    still_open = said(sam.follow("All but closed"))
    every = said(sam.press("Only count them", status="every"))
    none = said(sam.press("Only count them", last="2000-01-01"))

    shown = [today, still_open, every, none]
    assert ["2 forms match.", "4 forms match.", "5 forms match.", "0 forms match."] == shown


def test_no_form_and_too_many_forms_are_said(app: Flask, sam: Member) -> None:
    sam.go("/staff/print").press("Make the file")
    none = sam.problems
    day = int(intake_of(app).now())
    fill(intake_of(app), [(2, day, "waiting", None, None)] * (MOST + 1))

    sam.go("/staff/print").press("Make the file")

    assert ["No form matches. Choose other days, or another status."] == none
    assert ["More than 200 forms match. Choose fewer days, or one status."] == sam.problems
    assert "More than 200 forms match." in sam.go("/staff/print").page.get_text()


@pytest.mark.usefixtures("never")
def test_no_more_than_two_lists_are_worked_off_at_once(app: Flask, sam: Member) -> None:
    sent(app, "K7QM-4XRT")
    for name in ("Kim Roe", "Alex Fox"):
        at_work(app, "lead", name).go("/staff/print").press("Make the file")

    sam.go("/staff/print").press("Make the file")

    assert ["Other lists are being printed. Try again in a minute."] == sam.problems


@pytest.mark.parametrize(
    "typed",
    [{"first": "yesterday"}, {"last": "2026-99-99"}, {"status": "cured"}, {"copy": "x"}, {}],
)
@pytest.mark.usefixtures("never")
def test_what_cannot_be_read_is_said(app: Flask, sam: Member, typed: dict[str, str]) -> None:
    sent(app, "K7QM-4XRT")
    action, drawn = sam.go("/staff/print").filled_in("Make the file")
    data = {"csrf_token": drawn["csrf_token"]} if not typed else drawn | typed

    sam.send((action, data))

    assert sam.response is not None
    assert 422 == sam.response.status_code


@pytest.mark.parametrize("job", ["0" * 32, "x", "..", "%00"])
def test_a_list_that_is_not_there_is_not_found(sam: Member, job: str) -> None:
    assert sam.browser.get(f"/staff/print/{job}").status_code in {308, 404}
    assert sam.browser.get(f"/staff/print/{job}/file").status_code in {308, 404}


def test_a_list_asks_for_both_factors_again(app: Flask, clock: Clock, sam: Member) -> None:
    sent(app, "K7QM-4XRT")
    filled = sam.go("/staff/print").filled_in("Make the file")
    clock.turn(seconds=10 * 60)

    sam.send(filled)

    assert "Show again that it is you" == sam.heading
    assert 0 == intake_of(app).print_jobs.running()
    assert "/staff/prove" == sam.go("/staff/print").at


@pytest.mark.usefixtures("never")
def test_a_list_that_stopped_asks_for_both_factors_too(
    app: Flask, clock: Clock, sam: Member
) -> None:
    sent(app, "K7QM-4XRT")
    sam.go("/staff/print").press("Make the file")
    clock.turn(seconds=10 * 60)
    filled = sam.go(sam.at).filled_in("Start again")

    sam.send(filled)

    assert "Show again that it is you" == sam.heading
