"""A record: what a patient sent, what to raise first and why, and what was done about it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from flask import Blueprint, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from screener.renderers import page
from screener.staff import history, says
from screener.staff.access import may
from screener.staff.who import me
from screener.store.listing import NOT_WHOLE
from screener.store.packing import Contact, help_shown
from screener.store.reviews import SEEN, Entry, Record, RecordGone
from screener.store.submissions import Submission
from screener.summary import Logo, Summary
from screener.summary.stored import from_store
from screener.web.parts import parts

CONFLICT = 409
FORM_ID = re.compile("[0-9a-f]{32}")


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/forms/<form_id>", endpoint="record")(show)


@dataclass(frozen=True)
class Typed:
    """What somebody typed into a form of a record, and what is wrong with it."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return what was typed under a name; empty when nothing was."""
        return self.values.get(name, "")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What to put right, and where."""
        return [(f"#{name}", text) for name, text in self.errors.items()]


NOTHING = Typed()


def show(form_id: str) -> ResponseReturnValue:
    """Show a record. That it was seen is in the trail, or nothing is shown."""
    return drawn(form_id)


def drawn(
    form_id: str, typed: Typed = NOTHING, meanwhile: tuple[Entry, ...] = (), status: int = 200
) -> ResponseReturnValue:
    """Draw a record.

    Args:
        form_id: as the address names it.
        typed: what this person typed and could not be kept yet.
        meanwhile: what somebody else has changed since this person opened the record.
        status: of the response.
    """
    record = opened(form_id, SEEN)
    summary = summary_of(record.form)
    return render_template(
        "staff/record.html",
        form=record.form,
        contact=contact_of(record.form),
        shown=[says.help_shown().get(name, name) for name in _shown(record.form)],
        summary=summary,
        view=page.view(summary, "clinician"),
        notes=history.notes_by_rule(record),
        history=history.told(record),
        meanwhile=history.lines(meanwhile, record.people),
        typed=typed,
        to_call=record.form.level == "now" and record.form.contacted_at is None,
        sent=says.by_clock(record.form.arrived_at),
        other_version=summary.content_version != parts().content.version,
        paper=page.usual_paper(summary),
        leads=may(me().role, "staff.trail"),
        **words(record),
    ), status


def opened(form_id: str, action: str, detail: str = "") -> Record:
    """Open a record for whoever is signed in, with its line in the trail."""
    if not FORM_ID.fullmatch(form_id):
        abort(404)
    try:
        return parts().intake.reviews.open(form_id, me().id, action, detail)
    except RecordGone:
        return abort(404)
    except NOT_WHOLE:
        return cannot_be_opened()


def summary_of(form: Submission) -> Summary:
    """Read the summary as it was when it was sent, with its times by the clock of today."""
    picture = parts().settings.clinic.logo
    logo = Logo(picture.content, picture.mime) if picture else None
    try:
        summary = from_store(form.contents["summary"], logo)
    except NOT_WHOLE:
        return cannot_be_opened()
    face = replace(summary.clinic, time_zone=parts().settings.clinic.time_zone)
    return replace(summary, clinic=face)


def contact_of(form: Submission) -> Contact:
    """Read how to reach the person."""
    try:
        return Contact.read(form.contents)
    except NOT_WHOLE:
        return cannot_be_opened()


def _shown(form: Submission) -> list[str]:
    try:
        return help_shown(form.contents)
    except NOT_WHOLE:
        return cannot_be_opened()


def cannot_be_opened() -> NoReturn:
    """Say that what is kept is not what was sent; nothing of it is shown."""
    abort(make_response(render_template("staff/record_broken.html"), CONFLICT))


def words(record: Record) -> dict[str, Any]:
    """Return the words and the choices of the page."""
    return {
        "levels": says.levels(),
        "statuses": says.statuses(),
        "reasons": says.reasons(),
        "ways": says.ways(),
        "outcomes": says.outcomes(),
        "people": record.people,
        "owner": record.people.get(record.form.owner_id or "", ""),
    }
