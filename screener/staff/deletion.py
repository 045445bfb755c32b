"""Deletion, for leads: on the wish of the person, or because it was a mistake."""

from typing import Any, cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import actions, says
from screener.staff.asked import Asked
from screener.staff.guard import proven_recently
from screener.staff.who import me
from screener.store import codes, retention, trail
from screener.store.retention import Reason
from screener.store.submissions import moment
from screener.store.trail import Sought
from screener.web.parts import parts

BOXES = ("form", "reason")


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/delete", endpoint="delete")(ask)
    bp.post("/delete")(find_to_delete)
    bp.get("/forms/<form_id>/delete")(confirm_delete)
    bp.post("/forms/<form_id>/delete")(delete_form)
    bp.get("/deleted")(deleted)


def reasons() -> dict[str, str]:
    """Name why a person deletes a form; the trail keeps it."""
    told = actions.details()
    return {reason: told[reason] for reason in ("asked", "mistake")}


@proven_recently
def ask() -> ResponseReturnValue:
    """Ask for the reference of the form to delete."""
    return render_template("staff/delete_find.html", asked=Asked.read({}, BOXES), found=[])


@proven_recently
def find_to_delete() -> ResponseReturnValue:
    """Find the form of a reference, and ask whether it is the one."""
    asked = Asked.read(request.form, BOXES)
    reference = asked.reference("form", needed=_("Enter the reference from the person’s paper"))
    found = [] if asked.errors else at(reference)
    if len(found) == 1:
        return redirect(url_for("staff.confirm_delete", form_id=found[0]["id"]), 303)
    if not found and not asked.errors:
        if lines_of(reference):
            return redirect(url_for("staff.deleted", form=reference), 303)
        asked.errors["form"] = _("No form has this reference. Check it with the person.")
    drawn = render_template("staff/delete_find.html", asked=asked, found=found)
    return drawn, 422 if asked.errors else 200


@proven_recently
def confirm_delete(form_id: str) -> ResponseReturnValue:
    """Say what is deleted, and ask for the reference once more."""
    return confirmation(form_id, Asked.read({}, BOXES))


@proven_recently
def delete_form(form_id: str) -> ResponseReturnValue:
    """Delete a form for good."""
    asked, reference = Asked.read(request.form, BOXES), reference_of(form_id)
    typed = asked.reference("form", needed=_("Enter the reference that stands above"))
    if typed and typed != reference:
        asked.errors["form"] = _("This is another reference. Enter the one that stands above.")
    reason = cast("Reason", asked.one_of("reason", reasons(), _("Select why it is deleted")))
    if asked.errors:
        return confirmation(form_id, asked), 422
    # Somebody else may have been quicker: then it is gone all the same, and the trail says who.
    parts().intake.delete(form_id, me().id, reason)
    return redirect(url_for("staff.deleted", form=reference), 303)


def deleted() -> ResponseReturnValue:
    """Say of a reference that its form is deleted: by whom, when and why."""
    reference = codes.read_reference(request.args.get("form", ""))
    lines = lines_of(reference) if reference else []
    return render_template("staff/deleted.html", reference=reference, lines=lines or abort(404))


def confirmation(form_id: str, asked: Asked) -> str:
    """Draw the page that asks whether to delete."""
    return render_template(
        "staff/delete.html",
        asked=asked,
        form_id=form_id,
        reference=reference_of(form_id),
        reasons=reasons(),
    )


def reference_of(form_id: str) -> str:
    """Give the reference of a form that is there."""
    with parts().intake.database.reading() as connection:
        found = trail.references(connection, [form_id])
    return found.get(form_id) or abort(404)


def at(reference: str) -> list[dict[str, str]]:
    """List the forms that carry a reference; two may."""
    with parts().intake.database.reading() as connection:
        found = retention.found(connection, reference)
    return [{"id": form, "when": says.by_clock(moment(arrived))} for form, arrived in found]


def lines_of(reference: str) -> list[dict[str, Any]]:
    """Read who deleted the forms of a reference, the newest first."""
    intake = parts().intake
    with intake.database.reading() as connection:
        ids = trail.ids_of(connection, intake.keys, reference)
        found = trail.lines(connection, Sought(action="record_deleted", about=ids))
        actors = actions.actors(trail.people(connection))
    return [
        {
            "when": says.when(line.at),
            "who": actors.get(line.actor, line.actor),
            "why": actions.explained(line.action, line.detail),
        }
        for line in found
    ]
