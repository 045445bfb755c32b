"""The medicines that were tried, and what the usual bands say about each entry.

Nothing here is a verdict: "meets" says that the numbers the patient gave reach the usual dose,
the clinic's number of weeks, and use on most days. Whether a medicine helped is printed beside it.
"""

from collections.abc import Mapping

import rules
from rules import Content, Question, Value
from screener.summary.answers import entries, entry_name, tokens
from screener.summary.told import Treatment, Verdictless

LIST = "med_trials"
STILL = "still_taking"


def treatments(content: Content, listed: Value, weeks: int) -> tuple[Treatment, ...]:
    """Put each entry of the list into words.

    Args:
        content: the questionnaire and the dose bands.
        listed: the answer that counts.
        weeks: how long a full trial lasts, as the clinic sets it.
    """
    question = content.questionnaire.question(LIST)
    return tuple(treatment(content, question, entry, weeks) for entry in entries(listed))


def treatment(
    content: Content, question: Question, entry: Mapping[str, Value], weeks: int
) -> Treatment:
    """One entry in words and checks."""
    fields = {part.id: part for part in question.fields}

    def say(id_: str) -> str:
        return rules.say(content, fields[id_], entry.get(id_))

    low, high = span(fields["duration"], entry.get("duration"))
    dose = dose_check(content, entry)
    long_enough = weeks_check(low, high, weeks)
    days = days_check(entry.get("taken_most_days"))
    return Treatment(
        name=entry_name(content, question, entry),
        dose=say("dose_mg"),
        duration=say("duration"),
        weeks_low=low,
        weeks_high=high,
        this_episode=say("this_episode"),
        most_days=say("taken_most_days"),
        helped=say("helped"),
        stop_reason=say("stop_reason"),
        dose_check=dose,
        weeks_check=long_enough,
        days_check=days,
        counts=together(dose, long_enough, days),
        now=STILL in tokens(entry.get("stop_reason")),
        in_this_episode=entry.get("this_episode") == "yes",
    )


def span(duration: Question, value: Value) -> tuple[int | None, int | None]:
    """The weeks that a choice of duration stands for; nothing when it is not known."""
    spans = dict(duration.ranges)
    return spans.get(value, (None, None)) if isinstance(value, str) else (None, None)


def dose_check(content: Content, entry: Mapping[str, Value]) -> Verdictless:
    """Compare the dose with the usual band: meets it, lies clearly below it, or unclear."""
    dose = entry.get("dose_mg")
    band = next((row for row in content.medicines if row.token == entry.get("med")), None)
    if band is None or band.meets is None or not isinstance(dose, int | float):
        return "unclear"
    if dose >= band.meets:
        return "yes"
    return "no" if band.clearly_low is not None and dose < band.clearly_low else "unclear"


def weeks_check(low: int | None, high: int | None, weeks: int) -> Verdictless:
    """Compare a span of weeks with the clinic's number."""
    if low is None or high is None:
        return "unclear"
    if low >= weeks:
        return "yes"
    return "no" if high < weeks else "unclear"


def days_check(value: Value) -> Verdictless:
    """Say whether it was taken on most days."""
    if value == "yes":
        return "yes"
    return "no" if value == "no" else "unclear"


def together(*checks: Verdictless) -> Verdictless:
    """All three at once: one "no" settles it, one gap leaves it open."""
    if "no" in checks:
        return "no"
    return "unclear" if "unclear" in checks else "yes"
