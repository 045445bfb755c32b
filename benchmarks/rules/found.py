"""What one run found, and the goals it is held to."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import rules
from benchmarks.goals import Goal, margin
from benchmarks.rules.many import EVERY_RULE

HAND, GENERATED = "written by hand in Python, for known answers only", "Screener"
REASONS, ALL_REASONS = "Screener, with the reasons of what applies", "Screener, every reason"
SHARE = 0.15


@dataclass(frozen=True)
class Results:
    """Everything that one run found.

    Attributes:
        micros: microseconds a patient by contestant.
        gaps: what each peer makes of missing answers.
        scales: for so many times the rules, milliseconds to compile and microseconds a patient.
        many: milliseconds of CPU time for many patients at once.
        load: milliseconds of CPU time to load, check and compile the content.
        proofs: how many checks, and their seconds on the clock and of CPU.
        sizes: patients and rounds of the race, and patients with gaps.
    """

    content: rules.Content
    micros: Mapping[str, float]
    gaps: Mapping[str, Counter[str]]
    scales: Mapping[int, Mapping[str, tuple[float, float]]]
    many: Mapping[str, float]
    load: float
    proofs: tuple[int, float, float]
    sizes: tuple[int, int, int]


def goals(found: Results) -> Iterator[Goal]:
    """Compare with what was to be reached, in CPU time."""
    micros, (checks, wall, busy) = found.micros, found.proofs
    limits = {name: taken for name, taken in found.many.items() if name != EVERY_RULE}
    slowest = max(limits, key=lambda name: limits[name])
    ours, million = micros[GENERATED], found.many[EVERY_RULE] / 1e3
    for what, most, taken, unit in (
        ("one patient, compared with rules written by hand", 2, ours / micros[HAND], "×"),
        ("one patient, compared with the quickest other engine", 1, ours / quickest(micros), "×"),
        ("one patient", 10, ours, "µs"),
        ("one patient, with the reasons of what applies", 150, micros[REASONS], "µs"),
        ("load, check and compile the content", 150, found.load, "ms"),
        ("1,000,000 patients from columns", 1, million, "s"),
        (f"one limit changed for them (the slowest: {slowest})", 50, limits[slowest], "ms"),
        (f"all {checks} proofs ({wall:.0f} s on the clock)", 30, busy, "s"),
    ):
        said = f"{taken:.{2 if taken < 1 else 1}f} {unit}"
        yield Goal(what, f"≤ {most} {unit}", said, margin(taken, most))


def quickest(micros: Mapping[str, float]) -> float:
    """Say what the quickest engine of others takes for a patient."""
    ours = {HAND, GENERATED, REASONS, ALL_REASONS}
    return min(taken for name, taken in micros.items() if name not in ours)
