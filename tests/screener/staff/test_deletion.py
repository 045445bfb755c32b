"""Deletion as leads do it: asked twice, gone for good, and told."""

import pytest
from flask import Flask

from screener.store import Intake
from screener.store.models import submission
from tests.screener.staff.sending import sent
from tests.screener.store.conftest import Clock
from tests.staff import Member, at_work


def is_there(intake: Intake, form: str) -> bool:
    with intake.database.reading() as connection:
        return intake.submissions.find(connection, form) is not None


def status(member: Member) -> int:
    assert member.response is not None
    return member.response.status_code


def text(member: Member) -> str:
    main = member.page.main
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_a_form_is_found_by_its_reference_and_deleted(
    app: Flask, intake: Intake, lead: Member
) -> None:
    form, reference = sent(app)
    other, _ = sent(app)

    lead.go("/staff/delete").press("Find it", form=reference.lower())
    assert f"Delete form {reference}?" == lead.heading
    assert is_there(intake, form)
    lead.press("Delete it for good", form=reference, reason="asked")

    assert f"Form {reference} is deleted" == lead.heading
    assert "Robin Vale" in text(lead)
    assert "The person asked for it" in text(lead)
    assert (False, True) == (is_there(intake, form), is_there(intake, other))


def test_the_page_says_what_goes_what_stays_and_what_backups_hold(app: Flask, lead: Member) -> None:
    form, _ = sent(app)

    said = text(lead.go(f"/staff/forms/{form}/delete"))

    assert "It cannot be brought back." in said
    assert "the trail says that a form was deleted" in said
    assert "Backups made before now hold it" in said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"form": ""}, ["Enter the reference that stands above"]),
        ({"form": "?"}, ["Write the reference like this: K7QM-4XRT"]),
        ({"form": "BCDF-GHJK"}, ["This is another reference. Enter the one that stands above."]),
        ({"reason": ""}, ["Select why it is deleted"]),
        ({"reason": "retention"}, ["Select why it is deleted"]),
        ({"form": "", "reason": ""}, ["Enter the reference", "Select why it is deleted"]),
    ],
)
def test_nothing_is_deleted_before_it_is_sure(
    app: Flask, intake: Intake, lead: Member, typed: dict[str, str], expected: list[str]
) -> None:
    form, reference = sent(app)

    sure = {"form": reference, "reason": "asked"} | typed
    lead.go(f"/staff/forms/{form}/delete").press("Delete it for good", **sure)

    assert 422 == status(lead)
    assert len(expected) == len(lead.problems)
    assert all(said.startswith(start) for said, start in zip(lead.problems, expected, strict=True))
    assert is_there(intake, form)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "Enter the reference from the person’s paper"),
        ("Jo Example", "Write the reference like this: K7QM-4XRT"),
        ("BCDF-GHJK", "No form has this reference. Check it with the person."),
    ],
)
def test_a_reference_that_names_no_form_is_explained(
    lead: Member, typed: str, expected: str
) -> None:
    lead.go("/staff/delete").press("Find it", form=typed)

    assert (422, [expected]) == (status(lead), lead.problems)


def test_two_forms_of_one_reference_are_told_apart_by_when_they_came(
    app: Flask, intake: Intake, lead: Member, clock: Clock
) -> None:
    first, reference = sent(app)
    clock.turn(seconds=120)
    second, _ = sent(app)
    with intake.database.writing() as connection:
        row = submission.update().where(submission.c.id == second)
        connection.execute(row.values(reference=reference))

    lead.go("/staff/delete").press("Find it", form=reference)
    assert "Two forms have this reference" in text(lead)
    lead.follow("Sent 2026-11-22 10:32 UTC")
    lead.press("Delete it for good", form=reference, reason="mistake")

    assert (True, False) == (is_there(intake, first), is_there(intake, second))


def test_who_asks_about_a_deleted_form_is_told_when_it_was_deleted(
    app: Flask, intake: Intake, lead: Member
) -> None:
    form, reference = sent(app)
    intake.delete(form, lead.account.id, "mistake")

    lead.go("/staff/delete").press("Find it", form=reference)

    assert f"Form {reference} is deleted" == lead.heading
    assert "Sent by mistake, or as a test" in text(lead)


@pytest.mark.parametrize(
    "address",
    ["/staff/forms/nothing/delete", "/staff/deleted", "/staff/deleted?form=BCDF-GHJK"],
)
def test_a_form_that_never_was_is_not_found(lead: Member, address: str) -> None:
    assert 404 == status(lead.go(address))


def test_a_form_that_is_there_is_not_called_deleted(app: Flask, lead: Member) -> None:
    _form, reference = sent(app)

    assert 404 == status(lead.go(f"/staff/deleted?form={reference}"))


def test_two_leads_who_delete_at_once_both_see_that_it_is_gone(app: Flask, lead: Member) -> None:
    form, reference = sent(app)
    other = at_work(app, "lead", "Kim Poe")
    for one in (lead, other):
        one.go(f"/staff/forms/{form}/delete")
    sure = {"form": reference, "reason": "asked"}

    lead.press("Delete it for good", **sure)
    other.press("Delete it for good", **sure)

    assert f"Form {reference} is deleted" == lead.heading
    assert 404 == status(other)
    assert "deleted" in text(other)


def test_deleting_needs_both_factors_to_have_been_shown_lately(
    app: Flask, intake: Intake, lead: Member, clock: Clock
) -> None:
    form, reference = sent(app)
    lead.go(f"/staff/forms/{form}/delete")
    clock.turn(seconds=601)

    lead.press("Delete it for good", form=reference, reason="asked")

    assert 403 == status(lead)
    assert is_there(intake, form)
