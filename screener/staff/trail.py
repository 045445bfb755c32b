"""The trail, for leads: who saw, changed, printed, exported or deleted what."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from screener.language import _
from screener.staff import actions
from screener.staff.who import me
from screener.store import codes, trail
from screener.store.trail import PAGE, Sought, TrailLine
from screener.web.parts import parts

CHECKED = 200  # lines at the end of the trail that are followed each time it is shown
LINE_NUMBER = re.compile("[0-9]{1,15}")
FIRST_YEAR, LAST_YEAR = 2000, 2999


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/trail", endpoint="trail")(show)
    bp.post("/trail")(check_trail)


@dataclass
class Asked:
    """The filters as they were typed, and what is wrong with them.

    The reference of a form may stand in the address: it names no person and opens nothing.
    """

    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What to put right, and where."""
        return [(f"#{name}", text) for name, text in self.errors.items()]

    def day(self, name: str) -> date | None:
        """Read a day."""
        if not self.typed[name]:
            return None
        try:
            day = date.fromisoformat(self.typed[name])
        except ValueError:
            day = date.min
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.errors[name] = _("Write the day like this: 2026-11-22")
        return day

    def about(self, connection: Connection) -> frozenset[str] | None:
        """Find what a reference names."""
        if not self.typed["form"]:
            return None
        reference = codes.read_reference(self.typed["form"])
        if reference is None:
            self.errors["form"] = _("Write the reference like this: K7QM-4XRT")
            return frozenset()
        return trail.ids_of(connection, parts().intake.keys, reference)

    def sought(self, connection: Connection) -> Sought:
        """Read all of it, and note what cannot be read."""
        return Sought(
            actor=self.typed["person"],
            action=self.typed["action"],
            about=self.about(connection),
            first=self.day("first"),
            last=self.day("last"),
        )


def show() -> ResponseReturnValue:
    """Show a page of the trail."""
    asked = Asked(
        {
            name: request.args.get(name, "").strip()
            for name in ("person", "action", "form", "first", "last")
        }
    )
    intake = parts().intake
    with intake.database.reading() as connection:
        sought = asked.sought(connection)
        found = [] if asked.errors else trail.lines(connection, sought, _before(), PAGE + 1)
        broken = intake.audit.first_broken(connection, last=CHECKED)
        drawn = page(connection, asked, found, {"broken": broken, "last": CHECKED})
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
    connection: Connection, asked: Asked, found: list[TrailLine], state: Mapping[str, Any]
) -> str:
    """Draw a page of the trail."""
    actors = actions.actors(trail.people(connection))
    shown = found[:PAGE]
    return render_template(
        "staff/trail.html",
        asked=asked,
        state=state,
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
            "when": f"{line.at:%Y-%m-%d %H:%M:%S}",
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
