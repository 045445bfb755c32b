"""What was done about a form, and who looked at it, in words."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from screener.language import _
from screener.staff import actions, says
from screener.store.reviews import Entry, Record
from screener.store.submissions import moment
from screener.store.trail import TrailLine

Line = dict[str, str]


def told(record: Record) -> list[Line]:
    """Put everything into words, the newest first."""
    done = [(entry.at, line) for entry, line in _paired(record.entries, record.people)]
    looks = [(look.at, _look(look, record.people)) for look in record.looks]
    newest = sorted(done + looks, key=lambda pair: pair[0], reverse=True)
    return [_together(list(same)) for _, same in groupby((line for _at, line in newest), _alike)]


def _alike(line: Line) -> object:
    """Tell looks of one person in a row by the same key, and everything else apart."""
    return (line["who"], line["did"]) if line["look"] else id(line)


def _together(same: Sequence[Line]) -> Line:
    """Say in one line, the newest, how often somebody looked; the trail has each look."""
    if len(same) == 1:
        return same[0]
    return {**same[0], "did": _("%(did)s, %(num)s times") % {**same[0], "num": len(same)}}


def lines(entries: Iterable[Entry], people: Mapping[str, str]) -> list[Line]:
    """Put what was done into words, in its order."""
    return [line for _entry, line in _paired(entries, people)]


def notes_by_rule(record: Record) -> dict[str, list[Line]]:
    """Return what was written about each finding, the oldest first."""
    found: dict[str, list[Line]] = {}
    for entry, line in _paired(record.entries, record.people):
        if entry.kind == "flag":
            found.setdefault(entry.told["rule"], []).append(line)
    return found


def _paired(entries: Iterable[Entry], people: Mapping[str, str]) -> list[tuple[Entry, Line]]:
    return [(entry, _line(entry, people)) for entry in entries]


def _line(entry: Entry, people: Mapping[str, str]) -> Line:
    return {
        "at": entry.at.isoformat(),
        "when": says.when(entry.at),
        "who": people.get(entry.by, _("Somebody who is gone")),
        "did": _did(entry, people),
        "text": str(entry.told.get("text") or entry.told.get("note") or ""),
        "look": "",
    }


def _did(entry: Entry, people: Mapping[str, str]) -> str:
    match entry.kind, entry.told:
        case "status", {"to": status, "reason": reason}:
            word = says.statuses().get(status, status)
            because = says.reasons().get(reason, reason)
            said = f"{word}: {because}" if because else word
            return _("Changed the status to %(status)s") % {"status": said}
        case "owner", {"to": owner}:
            name = people.get(owner) or _("No one yet")
            return _("Gave the form to %(name)s") % {"name": name}
        case "contact", {"way": way, "outcome": outcome, "at": at}:
            tried = says.ways().get(way, way), says.outcomes().get(outcome, outcome)
            return f"{tried[0]}: {tried[1]} ({says.when(moment(at))})"
        case "flag", {"rule": rule}:
            return _("Wrote about %(rule)s") % {"rule": rule}
        case _:
            return _("Wrote a note")


def _look(look: TrailLine, people: Mapping[str, str]) -> Line:
    did, detail = actions.said(look.action), actions.explained(look.action, look.detail)
    return {
        "at": look.at.isoformat(),
        "when": says.when(look.at),
        "who": people.get(look.actor, look.actor),
        "did": f"{did} ({detail})" if detail else did,
        "text": "",
        "look": "yes",
    }
