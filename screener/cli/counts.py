"""The lines that `screener rescreen` prints."""

from collections.abc import Iterator

import rules
from screener.cli.tally import Change, Rescreening, Tally

Row = tuple[str, ...]
BLOCK_NAMES = {
    "full": "crisis block, all lines",
    "soft": "crisis block, short",
    "emergency": "emergency block",
}


def report(found: Rescreening) -> Iterator[str]:
    """Say what was counted, and what the other limits change."""
    tallies = [found.before, found.after] if found.compares else [found.before]
    sets = "1 answer set" if found.counted == 1 else f"{found.counted:,} answer sets"
    yield f"{sets}, content {found.content.version}"
    if found.compares:
        yield from moved(found)
    yield ""
    yield from table(headed("level", found), levels(found.content, tallies))
    yield ""
    yield from table(headed("rule, and how many cannot be decided (?)", found), by_rule(tallies))
    if found.compares:
        yield ""
        number = len(found.changes)
        yield "1 result changes" if number == 1 else f"{number:,} results change"
        yield from (changed(found.content, change) for change in found.changes)


def moved(found: Rescreening) -> Iterator[str]:
    """Say which limits differ."""
    for limit in found.limits.values():
        other = found.other[limit.id]
        if other.value != limit.value:
            yield f"{limit.id}: {limit.value} becomes {other.value} {limit.unit}"


def headed(what: str, found: Rescreening) -> Row:
    """The head of a table."""
    return (what, "before", "after") if found.compares else (what, "count")


def levels(content: rules.Content, tallies: list[Tally]) -> Iterator[Row]:
    """Patients at each level, and with each block."""
    for level in rules.Level:
        yield content.words.levels[level], *(f"{tally.levels[level.rank]:,}" for tally in tallies)
    for block, words in BLOCK_NAMES.items():
        yield words, *(f"{tally.blocks[block]:,}" for tally in tallies)


def by_rule(tallies: list[Tally]) -> Iterator[Row]:
    """How often each rule applies, and how often nobody can decide it."""
    for name in tallies[0].fired:
        yield name, *(f"{tally.fired[name]:,}" for tally in tallies)
        if any(tally.undecided[name] for tally in tallies):
            yield f"{name}?", *(f"{tally.undecided[name]:,}" for tally in tallies)


def table(head: Row, rows: Iterator[Row]) -> Iterator[str]:
    """Set rows in columns: words to the left, numbers to the right."""
    every = [head, *rows]
    first, *others = (max(map(len, column)) for column in zip(*every, strict=True))
    for word, *numbers in every:
        cells = (f"{n:>{width}}" for n, width in zip(numbers, others, strict=True))
        yield "  ".join((f"{word:<{first}}", *cells))


def changed(content: rules.Content, change: Change) -> str:
    """Say what changes for one patient."""
    names = content.words.levels
    said = [f"{names[change.before]} becomes {names[change.after]}"]
    if change.before == change.after:
        said = [f"still {names[change.after]}"]
    said += [f"gains {', '.join(change.came)}"] * bool(change.came)
    said += [f"loses {', '.join(change.went)}"] * bool(change.went)
    return f"  line {change.line}: {'; '.join(said)}"
