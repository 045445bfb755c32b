"""A million patients in columns, and what one changed limit changes for all of them."""

import sys
from collections.abc import Iterator

import numpy as np

import rules
from benchmarks.rules.people import complete, with_gaps
from benchmarks.rules.racing import cpu
from rules.columns import Sweep, Table
from rules.columns.table import Entries

EVERY_RULE = "every rule"
DIFFERENT, TIMES, GAPS = 2_000, 500, 0.15


def measure(content: rules.Content) -> Iterator[tuple[str, float]]:
    """Milliseconds of CPU time for all of them, and for each limit, moved to the end of its range.

    First the columns and the generated function must agree on each patient who differs.
    """
    sweep = Sweep(content)
    raws = [complete(content, seed) for seed in range(DIFFERENT // 2)]
    raws += [with_gaps(content, seed, GAPS) for seed in range(DIFFERENT // 2)]
    patients: list[rules.Answers] = [rules.read_answers(content, raw) for raw in raws]
    few = Table.of(content.questionnaire, patients)
    agree(content, sweep, few, patients)
    table = repeated(few, TIMES)
    yield EVERY_RULE, cpu(lambda: sweep.decide(table))
    before = sweep.decide(table)
    for name, other in moved(content):
        again = sweep.again(before, table, content.limits, other)
        fresh = sweep.decide(table, other)
        if any((one != two).any() for one, two in zip(again.truths, fresh.truths, strict=True)):
            sys.exit(f"{name}: deciding again differs from deciding afresh")
        yield name, cpu(lambda: sweep.again(before, table, content.limits, other))  # noqa: B023 - at once


def moved(content: rules.Content) -> Iterator[tuple[str, rules.Limits]]:
    """Each limit alone as far from its default as a clinic may set it."""
    for name, limit in content.limits.items():
        values = range(limit.low, limit.high + 1)
        for value in sorted(values, key=lambda value: abs(value - limit.value), reverse=True):
            try:
                other = content.limits.with_values({name: value})
            except rules.LimitError:
                continue
            yield f"{name} {limit.value} becomes {value}", other
            break


def repeated(table: Table, times: int) -> Table:
    """The same patients many times over, each in memory of its own."""
    columns = {name: np.tile(column, times) for name, column in table.columns.items()}
    entries = {name: more(listed, times) for name, listed in table.entries.items()}
    return Table(table.rows * times, columns, entries)


def more(listed: Entries, times: int) -> Entries:
    """The same entries many times over."""
    each = int(listed.starts[-1])
    later = (listed.starts[1:] + each * turn for turn in range(times))
    starts = [listed.starts[:1], *later]
    fields = {name: np.tile(column, times) for name, column in listed.fields.items()}
    return Entries(np.concatenate(starts), fields)


def agree(
    content: rules.Content, sweep: Sweep, table: Table, patients: list[rules.Answers]
) -> None:
    """Stop unless the columns and the generated function decide alike."""
    columns = sweep.decide(table).truths
    for row, patient in enumerate(patients):
        facts = rules.walk(content, patient).facts
        if content.decide(facts, content.limits.values_in_order) != tuple(c[row] for c in columns):
            sys.exit(f"the columns and the generated function differ for patient {row}")
