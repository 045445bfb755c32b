"""The trail as leads see it."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

import screener
from screener.staff import actions
from screener.store import Intake
from screener.store.models import audit
from tests.screener.staff.sending import sent
from tests.staff import Member, at_work, hired

PACKAGE = Path(screener.__file__).parent


def lines(member: Member) -> list[list[str]]:
    """The table as it is drawn, without the times."""
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")[1:]]
        for row in member.page.select("tbody tr")
    ]


def text(member: Member) -> str:
    main = member.page.main
    assert main is not None
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        ("signed_in", "recovery code", "recovery code"),
        ("signed_out_everywhere", "1", "1 browser"),
        ("signed_out_everywhere", "3", "3 browsers"),
        ("recovery_used", "9 left", "9 left"),
    ],
)
def test_a_detail_is_told_in_words(action: str, detail: str, said: str) -> None:
    assert said == actions.explained(action, detail)


def test_a_lead_sees_who_did_what_the_newest_first(
    app: Flask, intake: Intake, lead: Member
) -> None:
    sam = hired(app, "reviewer", "Sam Lee")
    form, reference = sent(app)
    with intake.acting(sam.id, "record_seen", form):
        pass

    lead.go("/staff/trail")

    assert ["Sam Lee", "Looked at a form", f"{reference} (all lines of this form)", ""] == lines(
        lead
    )[0]
    assert "Trail" == lead.heading


def test_a_deleted_form_is_named_by_its_reference_no_more_but_found_by_it(
    app: Flask, intake: Intake, lead: Member
) -> None:
    form, reference = sent(app)
    intake.delete(form, lead.account.id, "asked")

    lead.go("/staff/trail").press("Show these", form=reference.lower().replace("-", " "))

    assert [
        ["Robin Vale", "Deleted a form", "A form that is deleted", "The person asked for it"]
    ] == lines(lead)
    assert "form=" in lead.response.request.full_path  # type: ignore[union-attr]


def test_a_lead_goes_from_a_form_to_its_trail_and_back(app: Flask, lead: Member) -> None:
    form, reference = sent(app)

    lead.go(f"/staff/forms/{form}").follow("Trail of this form")
    assert ["Looked at a form"] == [line[1] for line in lines(lead)]

    assert f"/staff/forms/{form}" == lead.follow(f"Open form {reference}").at


@pytest.mark.parametrize(
    ("words", "address"),
    [("Export", "/staff/export"), ("Delete", "/staff/forms/{form}/delete")],
)
def test_a_lead_goes_from_a_form_to_what_can_be_done_with_it(
    app: Flask, lead: Member, words: str, address: str
) -> None:
    form, reference = sent(app)

    lead.go(f"/staff/forms/{form}")
    card = next(c for c in lead.page.select("section.card") if "For leads" in c.get_text())
    link = next(a for a in card.select("a") if a.get_text() == words)

    assert address.format(form=form) == lead.go(str(link["href"])).at
    assert reference in str(lead.page.main)


def test_a_reviewer_is_not_offered_what_only_leads_may(app: Flask) -> None:
    form, _ = sent(app)
    sam = at_work(app)

    sam.go(f"/staff/forms/{form}")

    assert "For leads" not in sam.page.get_text()
    assert [] == sam.page.select('a[href*="trail"], a[href*="export"], a[href*="delete"]')


def test_lines_are_found_by_person_action_and_day(intake: Intake, lead: Member) -> None:
    with intake.database.writing() as connection:
        tomorrow = intake.now() + 24 * 60 * 60
        intake.audit.add(connection, tomorrow, lead.account.id, "trail_checked")
        intake.audit.add(connection, tomorrow, "system", "record_deleted", "gone", "retention x")

    assert 1 == len(lines(lead.go("/staff/trail").press("Show these", person="system")))
    assert 1 == len(lines(lead.go("/staff/trail").press("Show these", action="trail_checked")))
    assert 2 == len(lines(lead.go("/staff/trail").press("Show these", first="2026-11-23")))
    assert [] == lines(lead.go("/staff/trail").press("Show these", first="2026-11-24"))
    assert "No line matches." in text(lead)


def test_what_was_asked_for_stays_in_the_filters(lead: Member) -> None:
    lead.go("/staff/trail").press("Show these", person="command", first="2026-11-01")

    assert "A command on the server" == chosen(lead, "person")
    first = lead.page.select_one("#first")
    assert first is not None
    assert "2026-11-01" == first["value"]


def chosen(member: Member, name: str) -> str:
    option = member.page.select_one(f"#{name} option[selected]")
    return option.get_text() if option else ""


@pytest.mark.parametrize("typed", ["soon", "2026-13-01", "0001-01-01", "9999-12-31", "2026-11"])
@pytest.mark.parametrize("box", ["first", "last"])
def test_a_day_that_is_none_is_kept_and_explained(lead: Member, box: str, typed: str) -> None:
    lead.go("/staff/trail").press("Show these", **{box: typed})

    assert 422 == lead.response.status_code  # type: ignore[union-attr]
    assert ["Write the day like this: 2026-11-22"] == lead.problems
    assert typed == lead.page.select_one(f"#{box}")["value"]  # type: ignore[index]


def test_a_reference_that_cannot_be_one_is_kept_and_explained(lead: Member) -> None:
    lead.go("/staff/trail").press("Show these", form="Jo Example")

    assert ["Write the reference like this: K7QM-4XRT"] == lead.problems
    assert [] == lines(lead)


@pytest.mark.parametrize("box", ["person", "action", "form", "first", "last"])
def test_no_sign_in_a_filter_is_an_error_of_ours(lead: Member, box: str) -> None:
    lead.go(f"/staff/trail?{box}=%00%1b%c2%85x")

    assert lead.response is not None
    assert lead.response.status_code in {200, 422}


def test_older_lines_are_a_page_away(intake: Intake, lead: Member) -> None:
    with intake.database.writing() as connection:
        intake.audit.add_for_each(connection, 5, "system", "record_seen", ["x"] * 120)

    lead.go("/staff/trail").press("Show these", person="system").follow("Older lines")

    assert 50 == len(lines(lead))
    assert 20 == len(lines(lead.follow("Older lines")))
    assert 50 == len(lines(lead.follow("Newest lines")))


@pytest.mark.parametrize("before", ["x", "-1", "1e3", "9" * 40, "1 OR 1"])
def test_a_place_that_is_none_is_not_found(lead: Member, before: str) -> None:
    lead.go(f"/staff/trail?before={before}")

    assert 404 == lead.response.status_code  # type: ignore[union-attr]


def test_the_page_says_that_the_newest_lines_are_whole_and_where_they_break(
    intake: Intake, lead: Member
) -> None:
    assert "The newest lines are whole" in text(lead.go("/staff/trail"))

    with intake.database.writing() as connection:
        connection.execute(update(audit).where(audit.c.seq == 2).values(actor="nobody"))

    assert "The trail is broken at line 2" in text(lead.go("/staff/trail"))


def test_the_whole_trail_is_checked_on_request_and_that_is_told(
    intake: Intake, lead: Member
) -> None:
    lead.go("/staff/trail").press("Check every line")
    assert "The trail is whole" == lead.heading
    assert "Checked the trail" == lines(lead.follow("Back"))[0][1]

    with intake.database.writing() as connection:
        connection.execute(update(audit).where(audit.c.seq == 1).values(detail="admin"))
    lead.press("Check every line")

    assert "The trail is broken" == lead.heading
    assert "Line 1, or the one before it" in text(lead)


PLACES = {"add": 3, "add_for_each": 3, "acting": 1, "_tell": 2}  # of the action among arguments


def written_actions() -> Iterator[tuple[str, str]]:
    """Every action that the code writes into the trail: where, and which."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            of, name = ast.unparse(call.func.value), call.func.attr
            if name in {"acting", "_tell"} or (name in PLACES and of.endswith("audit")):
                told = ast.unparse(call.args[PLACES[name]])
                # Those who pass on what they were given have a parameter of this name.
                if told != "action":
                    yield f"{path.name}:{call.lineno}", value(path, told)


def value(path: Path, told: str) -> str:
    """What a name stands for in its module, or a text for itself."""
    module = ".".join(("screener", *path.relative_to(PACKAGE).with_suffix("").parts))
    return str(eval(told, vars(importlib.import_module(module))))


def test_every_action_that_is_written_down_has_words() -> None:
    told = dict(written_actions())

    assert len(told) > 10
    assert {} == {where: name for where, name in told.items() if name not in actions.words()}


def test_an_action_of_a_later_version_is_shown_by_its_name(intake: Intake, lead: Member) -> None:
    with intake.acting("system", "record_moved", "x"):
        pass

    assert "record_moved" == lines(lead.go("/staff/trail"))[0][1]
