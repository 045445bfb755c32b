"""What a member of staff may do about a form, and what that does to its place in the queue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sqlalchemy import Row

from screener.store.parcels import Part

Kind = Literal["status", "owner", "contact", "note", "flag"]
Way = Literal["phone", "text", "email", "person"]
Outcome = Literal["reached", "message", "nobody", "wrong"]
Reason = Literal["done", "unwanted", "unreached", "elsewhere", "twice", "other"]
WAYS: tuple[Way, ...] = get_args(Way)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
REASONS: tuple[Reason, ...] = get_args(Reason)
# What tells that somebody of the clinic and the patient have talked, and what tells the opposite.
TALKED, NOT_YET = {"spoke", "booked"}, {"waiting", "called"}


@dataclass(frozen=True)
class Change:
    """One thing that was done. ``told`` is kept with it, sealed."""

    kind: Kind
    told: Part = field(repr=False)


def to_status(status: str, reason: Reason | Literal[""] = "") -> Change:
    """Put a form into another status; closing it takes a reason."""
    return Change("status", {"to": status, "reason": reason})


def to_owner(staff_id: str) -> Change:
    """Give a form to a member of staff, or to nobody."""
    return Change("owner", {"to": staff_id})


def contact(way: Way, at: int, outcome: Outcome, note: str) -> Change:
    """Record that somebody tried to reach the patient, and what came of it."""
    return Change("contact", {"way": way, "at": at, "outcome": outcome, "note": note})


def note(text: str) -> Change:
    """Write something down; the patient does not see it."""
    return Change("note", {"text": text})


def answer_to_flag(rule: str, text: str) -> Change:
    """Write something down about one finding. The finding itself stays as it is."""
    return Change("flag", {"rule": rule, "text": text})


def needed(row: Row[Any], wanted: Iterable[Change]) -> list[Change]:
    """Leave out what would change nothing."""
    same = {"status": row.status, "owner": row.owner_id or ""}
    return [change for change in wanted if change.told.get("to") != same.get(change.kind, "?")]


def columns(
    row: Row[Any], changes: Sequence[Change], talked_at: Sequence[int], now: int
) -> dict[str, Any]:
    """Say what the changes make of the row of a form.

    Args:
        row: as it is.
        changes: in the order in which they are done.
        talked_at: when the patient was reached before, by the attempts that were recorded.
        now: seconds since 1970, UTC.
    """
    found = {name: getattr(row, name) for name in ("status", "owner_id", "contacted_at")}
    talked = list(talked_at)
    for change in changes:
        match change:
            case Change("status", {"to": status}):
                found |= _moved(found, status, talked, now)
            case Change("owner", {"to": owner}):
                found["owner_id"] = owner or None
            case Change("contact", {"outcome": "reached", "at": at}):
                talked.append(at)
                found |= _reached(found, at)
            case Change("contact", {"way": "phone"}) if found["status"] == "waiting":
                found["status"] = "called"
    return found | {"turn": turn(row.rank, found["contacted_at"])}


def turn(rank: int, contacted_at: int | None) -> int:
    """Say where a form stands: an urgent one stays on top until somebody has reached the person."""
    return 0 if rank == 0 and contacted_at is None else max(rank, 1)


def _reached(found: Part, at: int) -> Part:
    before = found["contacted_at"]
    return {
        "contacted_at": at if before is None else min(before, at),
        "status": "spoke" if found["status"] in NOT_YET else found["status"],
    }


def _moved(found: Part, status: str, talked: Sequence[int], now: int) -> Part:
    """Follow a status that somebody chose by hand: a slip that is put right leaves no contact."""
    contacted = found["contacted_at"]
    if status in TALKED and contacted is None:
        contacted = now
    elif status in NOT_YET and found["status"] in TALKED:
        contacted = min(talked, default=None)
    return {"status": status, "contacted_at": contacted}
