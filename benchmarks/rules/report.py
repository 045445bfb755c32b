"""The table in Markdown, from what one run found."""

import itertools
import os
import platform
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from benchmarks.goals import table
from benchmarks.machine import processor
from benchmarks.rules.counting import KINDS
from benchmarks.rules.found import (
    ALL_REASONS,
    GENERATED,
    HAND,
    REASONS,
    SHARE,
    Results,
    goals,
)
from benchmarks.rules.many import EVERY_RULE
from benchmarks.rules.peers import PEERS

START, END = "<!-- rules -->", "<!-- /rules -->"  # around what the README quotes
_OURS = dict.fromkeys((GENERATED, REASONS, ALL_REASONS), ("none", "none")) | {HAND: ("", "")}
Row = tuple[str, ...]


def written(found: Results) -> str:
    """Write the whole page."""
    parts = (head(found), short(found), compared(found), race(found), gaps(found), scale(found))
    return "\n".join((*itertools.chain.from_iterable(parts), ""))


def head(_found: Results) -> Iterator[str]:
    """What this page is."""
    yield "# The rules against others"
    yield ""
    yield "Written by `python -m benchmarks.rules`, in one run; do not edit."


def short(found: Results) -> Iterator[str]:
    """What the README quotes: where it was measured, and how all compare."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "z3-solver"))
    yield START
    yield (
        f"{processor()}, {os.cpu_count()} cores, {platform.system()}; "
        f"Python {platform.python_version()}, {packages}; {len(found.content.rules)} rules."
    )
    yield ""
    yield line(("", "µs a patient", f"invented, {SHARE:.0%} of answers missing", "lost"))
    yield line(("---", "---:", "---:", "---:"))
    for name, micros in sorted(found.micros.items(), key=lambda item: item[1]):
        count = found.gaps.get(name)
        yield line((labelled(name), f"{micros:,.1f}", *(shares(count) if count else _OURS[name])))
    yield END


def shares(count: Counter[str]) -> Iterator[str]:
    """The share of results that were invented, and that were lost."""
    for kinds in (("invented calm", "invented alarm"), ("lost",)):
        yield f"{sum(count[kind] for kind in kinds) / sum(count.values()):.1%}"


def labelled(name: str) -> str:
    """A contestant, and what it is."""
    return {peer.name: f"{peer.name} ({peer.about})" for peer in PEERS}.get(name, name)


def compared(found: Results) -> Iterator[str]:
    """What was aimed at, and what came out."""
    yield from ("", "## Goals, in CPU time", "")
    yield from table(goals(found))


def race(found: Results) -> Iterator[str]:
    """Who takes how long."""
    patients, rounds, _ = found.sizes
    yield from titled("One patient", ("", "µs a patient", "times by hand"))
    columns = found.many[EVERY_RULE] / 1e3
    times = {**found.micros, "Screener, 1,000,000 patients from columns": columns}
    hand = times[HAND]
    by_time = sorted(times.items(), key=lambda item: item[1])
    yield from rows((labelled(name), f"{t:,.1f}", f"{t / hand:,.2f}") for name, t in by_time)
    yield ""
    yield (
        f"CPU time, medians of {rounds} rounds over {patients} patients who answered everything; "
        "the order is turned each round. First all must give the same results. Each other engine "
        "has all rules as one compiled expression, limits written in as numbers, and the answers "
        "that the rules read; ours keeps limits open. What is asked is worked out beforehand, "
        "for all of them."
    )


def gaps(found: Results) -> Iterator[str]:
    """What becomes of the rules when answers are missing."""
    *_, people = found.sizes
    yield from titled(f"With {SHARE:.0%} of the answers missing", ("", *KINDS))
    for name, count in found.gaps.items():
        every = sum(count.values())
        yield line((name, *(f"{count[kind]:,} ({count[kind] / every:.1%})" for kind in KINDS)))
    yield ""
    yield (
        f"Results of {len(found.content.rules) - 1} rules for {people:,} patients, compared with "
        "ours. One rule is left out: no other engine here can ask whether a condition is unknown. "
        "A missing answer is `null`; for CEL the field is left out, so that its errors say so."
    )
    yield ""
    yield from (f"- *{kind}*: {says}" for kind, says in KINDS.items())


def scale(found: Results) -> Iterator[str]:
    """More rules, each copy about questions of its own."""
    sizes = {n: n * len(found.content.rules) for n in found.scales}
    heads = [
        f"{size:,} rules: {what}" for size in sizes.values() for what in ("compile", "patient")
    ]
    yield from titled("More rules", ("", *heads))
    for name in next(iter(found.scales.values())):
        each = [found.scales[n][name] for n in sizes]
        cells = [cell for ms, us in each for cell in (f"{ms:,.1f} ms", f"{us:,.0f} µs")]
        yield line((GENERATED if name == "generated" else name, *cells))


def titled(title: str, heads: Row) -> Iterator[str]:
    """A heading and the head of a table."""
    yield from ("", f"## {title}", "", line(heads))
    yield line(("---", *("---:" for _ in heads[1:])))


def rows(found: Iterable[Row]) -> Iterator[str]:
    """The rows of a table."""
    return map(line, found)


def line(cells: Row) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"
