"""The queue: what patients sent, the most urgent first and then the oldest, a page at a time.

A name is never part of an address: searching goes by POST, and its answer is the page itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection

from screener.staff import says
from screener.staff.access import may
from screener.staff.who import me
from screener.store import queue, search, trail
from screener.store.listing import Listed, Place
from screener.store.models import STATUSES
from screener.store.queue import EVERY, NOBODY, PAGE, Page, Sought
from screener.store.submissions import LEVELS
from screener.web.parts import parts
from screener.web.typed import prose

MINE = "mine"
PLACE = re.compile(r"([0-9])\.([0-9]{1,15})\.([0-9a-f]{32})")
SECONDS = re.compile("[0-9]{1,12}")
LONGEST = 200
OPEN = {"waiting", "called"}  # nobody has spoken with the person yet


def register(bp: Blueprint) -> None:
    """Add the routes."""
    bp.get("/queue", endpoint="queue")(show)
    bp.post("/queue/search", endpoint="search")(find)
    bp.post("/queue/new")(show_new)


@dataclass(frozen=True)
class Filters:
    """The filters as they stand in the address; what is not known there is not found."""

    status: str = ""
    owner: str = ""
    level: str = ""
    since: int = 0

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        """Read the filters of an address."""
        found = cls(asked.get("status", ""), asked.get("owner", ""), asked.get("level", ""))
        known = (
            found.status in {"", EVERY, *STATUSES}
            and found.owner in {"", MINE, NOBODY}
            and found.level in {"", *LEVELS}
        )
        return replace(found, since=_seconds(asked.get("since", ""))) if known else abort(404)

    @property
    def sought(self) -> Sought:
        """What the store is asked for."""
        owner = me().id if self.owner == MINE else self.owner
        return Sought(self.status, owner, self.level, self.since)

    @property
    def address(self) -> dict[str, Any]:
        """The filters as parts of an address."""
        chosen = {"status": self.status, "owner": self.owner, "level": self.level}
        return {name: text or None for name, text in chosen.items()} | {"since": self.since or None}


def show() -> ResponseReturnValue:
    """Show a page of the queue."""
    filters, after = Filters.read(request.args), _place(request.args.get("after", ""))
    parts().intake.receive()
    with parts().intake.database.reading() as connection:
        found = parts().intake.queue.page(connection, filters.sought, after)
        counted = queue.count(connection, filters.sought)
        shown = {"filters": filters, "typed": "", "counted": says.counted(counted), "after": after}
        return _page(connection, found, shown)


def find() -> ResponseReturnValue:
    """Find forms by a reference or a name, closed ones too, the newest first."""
    typed = " ".join(prose(request.form.get("typed", "")[:LONGEST]).split())
    if not typed:
        return redirect(url_for("staff.queue"), 303)
    after, intake = _place(request.form.get("after", "")), parts().intake
    intake.receive()
    with intake.acting(me().id, "searched") as connection:
        places = search.found(connection, intake.keys, typed, after, PAGE + 1)
        found = intake.queue.opened(connection, places[:PAGE], more=len(places) > PAGE)
        shown = {"filters": Filters(), "typed": typed, "counted": "", "after": after}
        return _page(connection, found, shown)


def show_new() -> ResponseReturnValue:
    """Show what arrived since this person looked last, and keep that they looked now."""
    with parts().intake.database.writing() as connection:
        since = queue.seen_at(connection, me().id)
        queue.looked(connection, me().id, parts().intake.now())
    return redirect(url_for("staff.queue", status=EVERY, since=since), 303)


def _page(connection: Connection, found: Page, shown: Mapping[str, Any]) -> str:
    intake = parts().intake
    seen = queue.seen_at(connection, me().id)
    people = trail.people(connection)
    return render_template(
        "staff/queue.html",
        rows=[_row(row, people, seen, intake.now()) for row in found.rows],
        **shown,
        ends=found.ends and f"{found.ends.turn}.{found.ends.arrived_at}.{found.ends.id}",
        any_form=bool(found.rows) or bool(queue.count(connection, Sought(status=EVERY))),
        new=queue.count(connection, Sought(status=EVERY, since=seen)),
        broken=queue.unopened(connection),
        sending=parts().settings.sending.offered,
        undelivered=_undelivered(connection),
        statuses=says.statuses(),
        levels=says.levels(),
    )


def _row(row: Listed, people: Mapping[str, str], seen: int, now: int) -> dict[str, Any]:
    """Put a row into words."""
    at = int(row.arrived_at.timestamp())
    return {
        "id": row.id,
        "reference": row.reference,
        "name": row.headline.name if row.headline else "",
        "whole": row.headline is not None,
        "why": row.headline.why if row.headline else (),
        "more": row.headline.more if row.headline else 0,
        "level": row.level,
        "to_call": row.level == "now" and not row.contacted,
        "at": row.arrived_at.isoformat(),
        "sent": says.when(row.arrived_at),
        "waiting": says.span(now - at) if row.status in OPEN else "",
        "status": row.status,
        "owner": people.get(row.owner_id or "", ""),
        "new": at >= seen,
    }


def _undelivered(connection: Connection) -> int:
    """Count the notices that a lead must know of; nobody else can do anything about them."""
    if not may(me().role, "staff.undelivered"):
        return 0
    return len(parts().intake.notices.undelivered(connection))


def _place(written: str) -> Place | None:
    if not written:
        return None
    found = PLACE.fullmatch(written)
    return Place(int(found[1]), int(found[2]), found[3]) if found else abort(404)


def _seconds(written: str) -> int:
    if not written:
        return 0
    return int(written) if SECONDS.fullmatch(written) else abort(404)
