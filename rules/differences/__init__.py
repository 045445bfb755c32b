"""What changed between two versions of the content, in words."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from rules.content import Content
from rules.differences.promised import promised
from rules.differences.rows import KINDS, Row, Rows
from rules.faults import ContentError

Version = tuple[Content, Path | None]  # a content, and the folder that it was loaded from


def differences(old: Version, new: Version) -> Iterator[str]:
    """Say what changed: a line for what came, went or changed, and one for each part of it."""
    (before, _), (after, _) = old, new
    if before.version != after.version:
        yield f"version {before.version} becomes {after.version}"
    for what, read in KINDS:
        yield from _kind(what, read(before), read(after))
    try:
        yield from _kind("promise", promised(*old), promised(*new))
    except ContentError as error:
        yield f"what is promised cannot be compared: {error}"


def _kind(what: str, old: Mapping[str, Rows], new: Mapping[str, Rows]) -> Iterator[str]:
    yield from (f"{what} {name} is gone" for name in old if name not in new)
    for name, rows in new.items():
        if name not in old:
            yield f"{what} {name} is new"
            yield from (f"  {label}: {said}" for label, said in rows.values() if said)
        elif changed := [
            part for part in {**old[name], **rows} if rows.get(part) != old[name].get(part)
        ]:
            yield f"{what} {name} changes"
            for part in changed:
                yield from _part(old[name].get(part), rows.get(part))
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        yield f"the order of each {what} changes"


def _part(old: Row | None, new: Row | None) -> Iterator[str]:
    if old == new:
        return
    label = (new or old or ("", ""))[0]
    yield f"  {label}"
    yield f"    was: {old[1] if old and old[1] else 'nothing'}"
    yield f"    now: {new[1] if new and new[1] else 'nothing'}"
