"""The trail, for leads: who saw, changed, printed, exported or deleted what."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from screener.language import _
from screener.staff import actions, says
from screener.staff.asked import Asked
from screener.staff.who import me
from screener.store import trail
from screener.store.trail import PAGE, Sought, TrailLine
from screener.web.parts import parts

CHECKED = 200  # lines at the end of the trail that are followed each time it is shown
LINE_NUMBER = re.compile("[0-9]{1,15}")


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/trail", endpoint="trail")(show)
    bp.post("/trail")(check_trail)


def sought(connection: Connection, asked: Asked) -> Sought:
    """Read the filters. The reference of a form may stand in the address: it names no person."""
    reference = asked.reference("form")
    return Sought(
        actor=asked.typed["person"],
        action=asked.typed["action"],
        about=_ids(connection, reference) if asked.typed["form"] else None,
        first=asked.day("first"),
        last=asked.day("last"),
        clock=says.zone(),
    )


def _ids(connection: Connection, reference: str) -> frozenset[str]:
    return trail.ids_of(connection, parts().intake.keys, reference) if reference else frozenset()


def show() -> ResponseReturnValue:
    """Show a page of the trail."""
    asked = Asked.read(request.args, ("person", "action", "form", "first", "last"))
    intake = parts().intake
    with intake.database.reading() as connection:
        wanted = sought(connection, asked)
        found = [] if asked.errors else trail.lines(connection, wanted, _before(), PAGE + 1)
        broken = intake.audit.first_broken(connection, last=CHECKED)
        forms = trail.references(connection, wanted.about or ())
        told = {"state": {"broken": broken, "last": CHECKED}, "forms": forms}
        drawn = page(connection, asked, found, told)
    return drawn, 422 if asked.errors else 200


def check_trail() -> ResponseReturnValue:
    """Follow the trail from its first line to its last, and say what was found."""
    intake = parts().intake
    with intake.database.reading() as connection:
        broken = intake.audit.first_broken(connection)
        checked = intake.audit.head(connection).seq
    with intake.acting(me().id, "trail_checked"):
        pass
    return render_template("staff/trail_checked.html", broken=broken, checked=checked)


def page(
    connection: Connection, asked: Asked, found: list[TrailLine], told: Mapping[str, Any]
) -> str:
    """Draw a page of the trail."""
    actors = actions.actors(trail.people(connection))
    shown = found[:PAGE]
    return render_template(
        "staff/trail.html",
        asked=asked,
        **told,
        actors=actors,
        actions=dict(sorted(actions.words().items(), key=lambda pair: pair[1])),
        rows=rows(connection, shown, actors),
        older=_address(asked, shown[-1].seq) if len(found) > PAGE else None,
        newest=_address(asked) if request.args.get("before") else None,
    )


def rows(
    connection: Connection, shown: Collection[TrailLine], actors: Mapping[str, str]
) -> list[dict[str, str]]:
    """Put lines into words."""
    forms = trail.references(connection, {line.about for line in shown})
    return [
        {
            "at": line.at.isoformat(),
            "when": f"{says.local(line.at):%Y-%m-%d %H:%M:%S}",
            "who": actors.get(line.actor, line.actor),
            "did": actions.said(line.action),
            "form": forms.get(line.about, ""),
            "id": line.about,
            "person": actors.get(line.about, ""),
            "gone": _gone(line, forms),
            "detail": actions.explained(line.action, line.detail),
        }
        for line in shown
    ]


def _gone(line: TrailLine, forms: Mapping[str, str]) -> str:
    gone = line.action.startswith("record_") and line.about not in forms
    return _("A form that is deleted") if gone else ""


def _before() -> int | None:
    before = request.args.get("before", "")
    if not before:
        return None
    return int(before) if LINE_NUMBER.fullmatch(before) else abort(404)


def _address(asked: Asked, before: int | None = None) -> dict[str, Any]:
    """The filters as parts of an address."""
    return {name: text or None for name, text in asked.typed.items()} | {"before": before}
