"""The blood-pressure reading against the clinic's limits."""

import rules
from rules import Answers, Content, Limits
from screener.summary import ages
from screener.summary.told import Mark, Pressure


def pressure(content: Content, counted: Answers, limits: Limits) -> Pressure | None:
    """Place the reading among the limits; None when no number counts."""
    top, bottom = number(counted, "bp_systolic"), number(counted, "bp_diastolic")
    if top is None and bottom is None:
        return None
    older = ages.older(content, counted.get(ages.AGE))
    first = "bp_first_sys_65" if older else "bp_first_sys"
    return Pressure(
        systolic=top,
        diastolic=bottom,
        when=spoken(content, counted, "bp_when"),
        where=spoken(content, counted, "bp_where"),
        unit=content.questionnaire.question("bp_systolic").unit,
        systolic_marks=marks(content, limits, ("bp_discuss_sys", first, "bp_urgent_sys")),
        diastolic_marks=marks(content, limits, ("bp_discuss_dia", "bp_first_dia", "bp_urgent_dia")),
    )


def number(counted: Answers, id_: str) -> int | None:
    """An answer that is a whole number."""
    value = counted.get(id_)
    return value if isinstance(value, int) else None


def spoken(content: Content, counted: Answers, id_: str) -> str:
    """An answer in words; nothing when there is none."""
    value = counted.get(id_)
    return "" if value is None else rules.say(content, content.questionnaire.question(id_), value)


def marks(content: Content, limits: Limits, ids: tuple[str, str, str]) -> tuple[Mark, ...]:
    """The clinic's three thresholds, from the lowest up."""
    discuss, first, now = (limits[id_].value for id_ in ids)
    names = content.words.levels
    return (
        Mark("discuss", names[rules.Level.DISCUSS], discuss),
        Mark("first", names[rules.Level.FIRST], first),
        Mark("now", names[rules.Level.NOW], now),
    )
