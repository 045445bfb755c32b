"""Many patients at once, many rules, and how long the content takes to load.

A million patients in columns; one limit changed for them; 74, 740 and 7,400 rules; load, check and
compile. CPU time, medians. First the columns must agree with the generated function.
Run: python -m benchmarks.many
"""

import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

import rules
from benchmarks.rules import complete
from rules.columns import Sweep, Table
from rules.columns.table import Entries
from rules.compiler import compile_rules

DIFFERENT, TIMES, ROUNDS = 2_000, 500, 5


def cpu(work: Callable[[], object]) -> float:
    """The median CPU time in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1e3)
    return statistics.median(taken)


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


def agree(content: rules.Content, sweep: Sweep, patients: list[rules.Answers]) -> None:
    """Stop unless the columns and the generated function decide alike."""
    columns = sweep.decide(Table.of(content.questionnaire, patients)).truths
    for row, patient in enumerate(patients):
        facts = rules.walk(content, patient).facts
        if content.decide(facts, content.limits.values_in_order) != tuple(c[row] for c in columns):
            sys.exit(f"the columns and the generated function differ for patient {row}")


def scale(content: rules.Content, patient: rules.Answers, times: int) -> tuple[float, float]:
    """Milliseconds to compile that many times the rules, and microseconds a patient."""
    own = [replace(rule, id=f"{rule.id}-{n}") for n in range(times) for rule in content.rules]
    start = time.process_time()
    decides = [compile_rules((rule.when for rule in part), content.limits) for part in parted(own)]
    compiling = (time.process_time() - start) * 1e3
    facts, values = rules.walk(content, patient).facts, content.limits.values_in_order
    return compiling, cpu(lambda: [decide(facts, values) for decide in decides]) * 1e3


def parted(found: list[rules.Rule], size: int = 74) -> list[list[rules.Rule]]:
    """Rules in files of the size of ours."""
    return [found[start : start + size] for start in range(0, len(found), size)]


def main() -> None:
    """Agree first, then measure, then print a table in Markdown."""
    content = rules.load()
    sweep = Sweep(content)
    raws = (complete(content, seed) for seed in range(DIFFERENT))
    patients: list[rules.Answers] = [rules.read_answers(content, raw) for raw in raws]
    agree(content, sweep, patients)
    table = repeated(Table.of(content.questionnaire, patients), TIMES)
    rows = [("load, check and compile the content", f"{cpu(rules.load):,.0f} ms")]
    rows += [
        (f"{table.rows:,} patients from columns", f"{cpu(lambda: sweep.decide(table)):,.0f} ms")
    ]
    before = sweep.decide(table)
    for name, value in (("bp_first_sys", 135), ("trial_min_weeks", 4)):
        other = content.limits.with_values({name: value})
        again = cpu(lambda other=other: sweep.again(before, table, content.limits, other))  # type: ignore[misc]
        rows += [(f"one limit changed for all of them ({name})", f"{again:,.0f} ms")]
    for times in (1, 10, 100):
        compiling, each = scale(content, patients[0], times)
        number = len(content.rules) * times
        rows += [(f"{number:,} rules, compile", f"{compiling:,.0f} ms")]
        rows += [(f"{number:,} rules, one patient", f"{each:,.0f} µs")]
    print(
        f"CPU time, median of {ROUNDS}; Python {platform.python_version()}, NumPy", np.__version__
    )
    print("\n| | |\n|---|---:|")
    for name, taken in rows:
        print(f"| {name} | {taken} |")


if __name__ == "__main__":
    main()
