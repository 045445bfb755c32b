"""What staff do about a form: reach the person, write down, move it on. Nothing typed is lost."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from screener.language import _
from screener.staff import says
from screener.staff.record import (
    CONFLICT,
    FORM_ID,
    Typed,
    cannot_be_opened,
    drawn,
    opened,
    summary_of,
)
from screener.staff.who import me
from screener.store import changes
from screener.store.changes import OUTCOMES, REASONS, WAYS, Change
from screener.store.models import STATUSES
from screener.store.reviews import SEEN, ChangedMeanwhile, RecordGone
from screener.store.sealing import Broken
from screener.web.parts import parts
from screener.web.typed import prose

LONGEST = 2000
LONGEST_NUMBER = 9
WRONG = 422
Faults = dict[str, str]
Choice = TypeVar("Choice", bound=str)
Read = Callable[[dict[str, str], Faults], Sequence[Change]]


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.post("/forms/<form_id>/contact")(record_contact)
    bp.post("/forms/<form_id>/status")(move_on)
    bp.post("/forms/<form_id>/note")(write_note)
    bp.post("/forms/<form_id>/finding")(answer_finding)


def record_contact(form_id: str) -> ResponseReturnValue:
    """Keep that somebody tried to reach the person, and what came of it."""

    def read(typed: dict[str, str], faults: Faults) -> Sequence[Change]:
        way = _one_of(typed, faults, "way", WAYS, _("Select how you tried to reach the person"))
        outcome = _one_of(typed, faults, "outcome", OUTCOMES, _("Select what came of it"))
        at = _time(typed["when"], faults)
        return [changes.contact(way, at, outcome, typed["contact_note"])]

    return _kept(form_id, ("way", "outcome", "when", "contact_note"), read)


def move_on(form_id: str) -> ResponseReturnValue:
    """Give the form another status or owner."""

    def read(typed: dict[str, str], faults: Faults) -> Sequence[Change]:
        status = _one_of(typed, faults, "status", STATUSES, _("Select a status"))
        closing = status == "closed"
        said = _("Select why the form is closed")
        reason = _one_of(typed, faults, "reason", REASONS, said) if closing else ""
        owner = typed["owner"]
        if owner and not _works_here(owner):
            faults["owner"] = _("Select somebody who works here")
        return [changes.to_status(status, reason), changes.to_owner(owner)]

    return _kept(form_id, ("status", "reason", "owner"), read)


def write_note(form_id: str) -> ResponseReturnValue:
    """Keep a note. The patient does not see it."""

    def read(typed: dict[str, str], faults: Faults) -> Sequence[Change]:
        if not typed["note"]:
            faults["note"] = _("Write a note")
        return [changes.note(typed["note"])]

    return _kept(form_id, ("note",), read)


def answer_finding(form_id: str) -> ResponseReturnValue:
    """Keep what is written about one finding. The finding stays as it is."""

    def read(typed: dict[str, str], faults: Faults) -> Sequence[Change]:
        form = opened(form_id, SEEN, "to answer a finding").form
        if typed["rule"] not in {point.rule for point in summary_of(form).points}:
            abort(400)  # no page of ours sends that
        if not typed["finding_note"]:
            faults["finding_note"] = _("Write what is to be known about this finding")
        return [changes.answer_to_flag(typed["rule"], typed["finding_note"])]

    return _kept(form_id, ("rule", "finding_note"), read)


def _kept(form_id: str, names: Sequence[str], read: Read) -> ResponseReturnValue:
    """Keep what a form of the record brings, or show the record again with what was typed."""
    typed = {name: prose(request.form.get(name, "")) for name in names}
    faults: Faults = {
        name: _("Write %(most)s letters at most. This has %(count)s.")
        % {"most": LONGEST, "count": len(text)}
        for name, text in typed.items()
        if len(text) > LONGEST
    }
    if not FORM_ID.fullmatch(form_id):
        abort(404)
    wanted = read(typed, faults)
    if faults:
        return drawn(form_id, Typed(typed, faults), status=WRONG)
    try:
        parts().intake.reviews.change(form_id, me().id, _version(), wanted)
    except RecordGone:
        abort(404)
    except Broken:
        cannot_be_opened()
    except ChangedMeanwhile as other:
        return drawn(form_id, Typed(typed), other.entries, CONFLICT)
    return redirect(url_for("staff.record", form_id=form_id), 303)


def _one_of(
    typed: dict[str, str], faults: Faults, name: str, known: Sequence[Choice], said: str
) -> Choice:
    """Return what was chosen; something that is known, with a fault, when it is not."""
    chosen = next((choice for choice in known if choice == typed[name]), None)
    if chosen is None:
        faults[name] = said
    return chosen or known[0]


def _time(typed: str, faults: Faults) -> int:
    """Read when it was; now, when that was left empty. It cannot be in the future."""
    now = parts().intake.now()
    if not typed:
        return now
    try:
        at = int(datetime.strptime(typed, "%Y-%m-%d %H:%M").replace(tzinfo=says.zone()).timestamp())
    except ValueError:
        at = -1
    if not 0 <= at <= now:
        faults["when"] = _("Write the day and time like this: 2026-11-22 14:30. Or leave it empty.")
    return at


def _version() -> int:
    """Return the version of the record that was in front of this person; -1 when it says none."""
    written = request.form.get("version", "")
    short = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return int(written) if short else -1


def _works_here(staff_id: str) -> bool:
    account = parts().intake.staff.accounts.find(staff_id)
    return account is not None and not account.disabled
