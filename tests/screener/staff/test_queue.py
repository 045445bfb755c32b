"""The queue: urgent first, found by reference or name, and no name in any address."""

import pytest
from flask import Flask

from tests.screener.store.arriving import arrive, named, parcel, whole
from tests.screener.store.conftest import Clock
from tests.staff import Member, at_work, intake_of

CRISIS = {"si_passive": "yes", "si_active": "yes", "si_intent": "yes", "si_now": "yes"}


@pytest.fixture
def sam(app: Flask) -> Member:
    intake_of(app).need_clinic_key()
    return at_work(app)


def names(member: Member) -> list[str]:
    return [link.get_text() for link in member.page.select("table.queue th[scope=row] a")]


def test_an_empty_queue_says_what_will_come(sam: Member) -> None:
    sam.go("/staff/")

    assert "/staff/queue" == sam.at
    assert "No forms are waiting" in sam.page.get_text()


def test_the_most_urgent_stands_first_and_then_the_oldest(app: Flask, sam: Member) -> None:
    for name, rank, at in (("Young", 2, 50), ("Old", 2, 10), ("Urgent", 0, 90), ("First", 1, 70)):
        arrive(intake_of(app), parcel(rank, name), at)

    sam.go("/staff/queue")

    assert ["Urgent", "First", "Old", "Young"] == names(sam)
    marks = [mark.get_text() for mark in sam.page.select("table.queue .level")]
    assert ["Call today", "Raise first", "Discuss", "Discuss"] == marks


def test_nobody_waits_any_more_whom_somebody_has_spoken_with(app: Flask, sam: Member) -> None:
    for status in ("waiting", "called", "spoke", "booked"):
        arrive(intake_of(app), parcel(2, status.title()), 10, status=status)

    sam.go("/staff/queue")

    waits = [row.select("td.when")[1].get_text() for row in sam.page.select(".queue tbody tr")]
    assert [("day" in said) for said in waits] == [
        name in {"Waiting", "Called"} for name in names(sam)
    ]


def test_a_page_holds_25_and_leads_to_the_next(app: Flask, sam: Member) -> None:
    for number in range(30):
        arrive(intake_of(app), parcel(2, f"Person {number:02}"), number)

    first = names(sam.go("/staff/queue"))
    second = names(sam.follow("Next page"))

    assert [f"Person {number:02}" for number in range(25)] == first
    assert [f"Person {number:02}" for number in range(25, 30)] == second
    assert "First page" in sam.page.get_text()


def test_the_filters_narrow_what_is_shown(app: Flask, sam: Member) -> None:
    intake = intake_of(app)
    arrive(intake, parcel(2, "Mine"), 10, owner_id=sam.account.id)
    arrive(intake, parcel(2, "Nobody's"), 20)
    arrive(intake, parcel(1, "Over"), 30, status="closed")

    found = {
        asked: names(sam.go(f"/staff/queue?{asked}"))
        for asked in ("", "owner=mine", "owner=nobody", "status=closed", "level=first", "level=now")
    }

    assert {
        "": ["Mine", "Nobody's"],
        "owner=mine": ["Mine"],
        "owner=nobody": ["Nobody's"],
        "status=closed": ["Over"],
        "level=first": [],
        "level=now": [],
    } == found
    assert "No forms match." in sam.page.get_text()


@pytest.mark.parametrize(
    "asked", ["status=x", "owner=sam", "level=9", "after=x", "after=0.1.zz", "since=x", "since=-1"]
)
def test_a_filter_that_is_not_known_is_not_found(sam: Member, asked: str) -> None:
    sam.go(f"/staff/queue?{asked}")

    assert sam.response is not None
    assert 404 == sam.response.status_code


@pytest.mark.parametrize("typed", ["garcia", "GARCÍA", "  maria garcia ", "k7qm 4xrt", "K7QM4XRT"])
def test_a_form_is_found_by_name_or_reference_however_typed(
    app: Flask, sam: Member, typed: str
) -> None:
    arrive(intake_of(app), named("Maria García"))
    arrive(intake_of(app), named("Jo Other"), reference="BCDF-GHJK")

    sam.go("/staff/queue").press("Find", typed=typed)

    assert ["Maria García"] == names(sam)
    assert "/staff/queue/search" == sam.at
    assert sam.response is not None
    assert "" == sam.response.request.query_string.decode()


def test_what_is_not_found_keeps_what_was_typed(app: Flask, sam: Member) -> None:
    arrive(intake_of(app), named("Maria García"))

    sam.go("/staff/queue").press("Find", typed="<b>Nobody</b>\x00")

    assert "No form matches" in sam.page.get_text()
    box = sam.page.select_one("#typed")
    assert box is not None
    assert "<b>Nobody</b>" in str(box["value"])


def test_new_forms_are_counted_and_shown_once_looked_at(
    app: Flask, clock: Clock, sam: Member
) -> None:
    arrive(intake_of(app), parcel(2, "Before"), 10)
    clock.turn(seconds=600)
    arrive(intake_of(app), parcel(2, "After"))
    clock.turn(seconds=60)
    sam.go("/staff/queue")
    said = sam.page.get_text(" ")

    sam.press("Show new forms")

    assert "1 new form since you looked." in " ".join(said.split())
    assert ["After"] == names(sam)
    assert "since you looked" not in sam.go("/staff/queue").page.get_text()


def test_a_form_that_cannot_be_opened_is_listed_and_told(app: Flask, sam: Member) -> None:
    arrive(intake_of(app), parcel(1, "Jo"), 10, headline=b"broken")

    sam.go("/staff/queue")

    assert "1 form cannot be opened" in sam.page.get_text()
    assert ["No name given"] == names(sam)


def test_what_arrived_is_searchable_at_once(app: Flask, sam: Member) -> None:
    arrive(intake_of(app), whole(**CRISIS))

    sam.go("/staff/queue").press("Find", typed="example")

    assert ["Jo Example"] == names(sam)
    row = sam.page.select_one("tr.to-call")
    assert row is not None
    assert "Call today" in row.get_text()


def test_a_page_that_is_not_there_leads_to_the_queue(sam: Member) -> None:
    sam.go("/staff/nothing").follow("Go to the queue")

    assert "/staff/queue" == sam.at
