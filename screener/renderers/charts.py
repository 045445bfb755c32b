"""The two charts as plain numbers: a blood-pressure gauge, and bars of weeks.

Page, print and PDF draw the same shares of a width (0 to 1). No text of a patient is drawn but the
names of medicines, which stand beside the bars.
"""

from dataclasses import dataclass
from itertools import pairwise

from screener.language import _
from screener.summary import Mark, Pressure, Summary, Treatment

SYSTOLIC = (80, 220)
DIASTOLIC = (40, 140)
MARGIN = 5
MOST_WEEKS = 14


@dataclass(frozen=True, slots=True)
class Tick:
    """A number under a chart."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A step of a gauge, from one limit to the next."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class GaugeBar:
    """One number on a bar of limits."""

    name: str
    value: str
    at: float
    parts: tuple[Part, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A reading against the clinic's limits."""

    bars: tuple[GaugeBar, ...]
    key: str
    alt: str


@dataclass(frozen=True, slots=True)
class WeekBar:
    """How long one medicine was taken: solid where sure, hatched where not known."""

    name: str
    sure: float
    to: float
    open: bool
    spell: bool


@dataclass(frozen=True, slots=True)
class WeekBars:
    """Every medicine tried, in weeks, beside the clinic's number for a full trial."""

    rows: tuple[WeekBar, ...]
    full_at: float
    key: str


def gauge(summary: Summary) -> Gauge | None:
    """Draw the reading against the limits; nothing without a number."""
    found = summary.pressure
    if found is None:
        return None
    rows = (
        (_("Top number"), found.systolic, found.systolic_marks, SYSTOLIC),
        (_("Bottom number"), found.diastolic, found.diastolic_marks, DIASTOLIC),
    )
    bars = tuple(
        gauge_bar(name, value, marks, span)
        for name, value, marks, span in rows
        if value is not None
    )
    return Gauge(bars, key(found), alt(found))


def gauge_bar(name: str, value: int, marks: tuple[Mark, ...], span: tuple[int, int]) -> GaugeBar:
    """Place one number; the bar grows where the number lies outside it."""
    low, high = min(span[0], value - MARGIN), max(span[1], value + MARGIN)

    def at(number: int) -> float:
        return round((number - low) / (high - low), 4)

    edges = (low, *(mark.value for mark in marks), high)
    parts = tuple(Part(at(start), at(end)) for start, end in pairwise(edges))
    ticks = tuple(Tick(at(mark.value), str(mark.value)) for mark in marks)
    return GaugeBar(name, str(value), at(value), parts, ticks)


def key(found: Pressure) -> str:
    """What the steps mean, and when the reading was taken."""
    steps = ", ".join(
        f"{mark.label} {mark.value}/{other.value}"
        for mark, other in zip(found.systolic_marks, found.diastolic_marks, strict=True)
    )
    taken = ", ".join(part for part in (found.when, found.where) if part)
    taken_words = _("Taken: {taken}. ").format(taken=taken) if taken else ""
    return taken_words + _("The clinic's limits: {steps} {unit}.").format(
        steps=steps, unit=found.unit
    )


def alt(found: Pressure) -> str:
    """The gauge in words."""
    missing = _("not given")
    reading = _("Blood pressure {systolic} over {diastolic} {unit}.").format(
        systolic=missing if found.systolic is None else found.systolic,
        diastolic=missing if found.diastolic is None else found.diastolic,
        unit=found.unit,
    )
    return f"{reading} {key(found)}"


def week_bars(summary: Summary) -> WeekBars:
    """Draw how long each medicine was taken."""
    full = summary.trial_weeks
    return WeekBars(
        rows=tuple(map(week_bar, summary.treatments)),
        full_at=round(full / MOST_WEEKS, 4),
        key=_("Bars: black, this spell of low mood; grey, before; striped, may be longer.")
        + " "
        + _("The dotted line stands at {weeks} weeks.").format(weeks=full),
    )


def week_bar(treatment: Treatment) -> WeekBar:
    """One bar: up to the lowest number of weeks it is sure, up to the highest it is possible."""
    low, high = treatment.weeks_low, treatment.weeks_high
    longest = MOST_WEEKS if high is None else min(high, MOST_WEEKS)
    return WeekBar(
        name=treatment.name,
        sure=round((low or 0) / MOST_WEEKS, 4),
        to=round(longest / MOST_WEEKS, 4),
        open=high is None or high > MOST_WEEKS,
        spell=treatment.in_this_episode,
    )
