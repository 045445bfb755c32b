"""Export, for leads: one record or many as a file, and a line of the trail for each."""

from typing import Any, cast

from flask import Blueprint, Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from screener import export
from screener.language import _, ngettext
from screener.staff import says
from screener.staff.asked import Asked
from screener.staff.guard import proven_recently
from screener.staff.who import me
from screener.store import exporting
from screener.store.exporting import MOST, Choice, Format, Purpose, TooMany
from screener.summary import Logo
from screener.web.parts import parts

BOXES = ("form", "status", "level", "first", "last", "format", "purpose")


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/export", endpoint="export")(ask)
    bp.post("/export")(make_export)


def formats() -> dict[str, str]:
    """Name what an export can be made as."""
    return {
        "csv": _("A table (CSV), for a spreadsheet"),
        "jsonl": _("JSON Lines, for another program"),
        "pdf": _("A ZIP of PDFs, the copy for the clinician"),
    }


@proven_recently
def ask() -> ResponseReturnValue:
    """Ask what to export, and what for."""
    return page(Asked.read(request.args, BOXES))


@proven_recently
def make_export() -> ResponseReturnValue:
    """Count what is chosen, or send it as a file."""
    asked = Asked.read(request.form, BOXES)
    choice = chosen(asked)
    counting = "count" in request.form
    if not counting:
        asked.one_of("format", formats(), _("Select what to make"))
        asked.one_of("purpose", says.purposes(), _("Select what the export is for"))
    counted = 0 if asked.errors else count(asked, choice)
    if asked.errors:
        return page(asked), 422
    return page(asked, counted) if counting else sent(asked, choice)


def chosen(asked: Asked) -> Choice:
    """Read which records are wanted."""
    any_status, any_level = {"", *says.statuses()}, {"", *says.levels()}
    return Choice(
        reference=asked.reference("form"),
        status=asked.one_of("status", any_status, _("Select a status")),
        level=asked.one_of("level", any_level, _("Select a priority")),
        first=asked.day("first"),
        last=asked.day("last"),
        clock=says.zone(),
    )


def count(asked: Asked, choice: Choice) -> int:
    """Count the records; none, or too many for one file, is a fault of the choice."""
    try:
        with parts().intake.database.reading() as connection:
            found = exporting.count(connection, choice)
    except TooMany:
        said = _("More than {most} forms match. Choose a shorter time.")
        asked.errors["first"] = said.format(most=f"{MOST:,}")
        return 0
    if not found:
        asked.errors["form"] = _("No form matches. Change what you chose.")
    return found


def sent(asked: Asked, choice: Choice) -> ResponseReturnValue:
    """Tell the trail, then send the file as it is made."""
    made_of, made_as = parts(), cast("Format", asked.typed["format"])
    purpose = cast("Purpose", asked.typed["purpose"])
    ids = exporting.begin(made_of.intake, choice, me().id, made_as, purpose)
    picture = made_of.settings.clinic.logo
    logo = Logo(picture.content, picture.mime) if picture else None
    pieces = export.written(made_of.intake, ids, made_as, made_of.content, logo)
    response = Response(stream_with_context(pieces), mimetype=export.MIME[made_as])
    # The same name each time: it lands in lists of downloads.
    response.headers["Content-Disposition"] = f'attachment; filename="{export.NAMES[made_as]}"'
    return response


def page(asked: Asked, counted: int | None = None) -> str:
    """Draw the page."""
    told: dict[str, Any] = {"formats": formats(), "purposes": says.purposes()}
    found = "" if counted is None else ngettext("1 form matches.", "{n} forms match.", counted)
    return render_template(
        "staff/export.html",
        asked=asked,
        found=found.format(n=f"{counted:,}" if counted is not None else ""),
        statuses=says.statuses(),
        levels=says.levels(),
        **told,
    )
