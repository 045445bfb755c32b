"""The figures, for leads: how the weeks went, and nothing about anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import Blueprint, render_template

from screener.language import _, current
from screener.renderers import figures as drawing
from screener.renderers.small_counts import Shown, alone
from screener.renderers.small_counts import parts as shown_parts
from screener.staff import says
from screener.store.figures import CONTACT_DAYS, WEEKS, Figures, FirstContact, Waiting, figures
from screener.web.parts import parts

MOST_RULES = 10


def register(bp: Blueprint) -> None:
    """Add the route."""
    bp.get("/figures", endpoint="figures")(show)


@dataclass(frozen=True)
class Chart:
    """A chart, and the table behind it.

    Attributes:
        id: names it on the page.
        head: of the columns of the table.
        rows: of the table, each as wide as the head.
    """

    id: str
    bars: drawing.Bars
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def show() -> str:
    """Show the figures of the last weeks."""
    intake = parts().intake
    with intake.database.reading() as connection:
        found = figures(connection, intake.now(), says.zone())
    begun = bool(found.started or found.sent or found.waiting)
    return render_template(
        "staff/figures.html",
        begun=begun,
        weeks=WEEKS,
        days=CONTACT_DAYS,
        started=alone(found.started).words,
        sent=alone(found.sent).words,
        charts=charts(found) if begun else [],
        contacts=[contact(one) for one in found.first_contact],
        waiting=[waiting(one, intake.now()) for one in found.waiting],
    )


def charts(found: Figures) -> list[Chart]:
    """Draw what is counted by week, by level and by rule, unless nothing was counted."""
    made = [by_week(found.weeks), by_level(found.levels)] if found.sent else []
    fired = _("Points raised most often"), found.fired
    undecided = _("Points left open most often"), found.undecided
    for name, (title, counts) in {"fired": fired, "undecided": undecided}.items():
        if counts:
            made.append(by_rule(name, title, counts))
    return made


def by_week(weeks: Sequence[tuple[date, int]]) -> Chart:
    """Draw the forms of each week."""
    rows = list(zip(map(week, weeks), shown_parts([count for _day, count in weeks]), strict=True))
    return chart("weeks", _("Forms sent each week"), _("Week from"), rows)


def by_level(levels: Mapping[str, int]) -> Chart:
    """Draw the forms of each level."""
    names = says.levels()
    rows = zip((names[level] for level in levels), shown_parts(list(levels.values())), strict=True)
    title = _("Forms by their most urgent point")
    return chart("levels", title, _("Priority"), list(rows), names_above=True)


def by_rule(name: str, title: str, counts: Mapping[str, int]) -> Chart:
    """Draw the rules that were counted most often."""
    titles = {rule.id: rule.title for rule in parts().content.rules}
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_RULES]
    rows = [(rule, alone(count)) for rule, count in most]
    return Chart(
        name,
        drawing.bars(title, [(titles.get(rule, rule), n) for rule, n in rows], names_above=True),
        (_("Rule"), _("Point"), _("Forms")),
        tuple((rule, titles.get(rule, ""), shown.words) for rule, shown in rows),
    )


def chart(
    name: str, title: str, of: str, rows: list[tuple[str, Shown]], *, names_above: bool = False
) -> Chart:
    """Draw counts, with a table of two columns."""
    return Chart(
        name,
        drawing.bars(title, rows, names_above=names_above),
        (of, _("Forms")),
        tuple((label, shown.words) for label, shown in rows),
    )


def contact(one: FirstContact) -> dict[str, str]:
    """Put into words how soon people of a level were contacted."""
    contacted, median = alone(one.contacted), _("too few to say")
    if contacted.count and one.median is not None:
        median = says.span(int(one.median.total_seconds()))
    return {"level": says.levels()[one.level], "contacted": contacted.words, "median": median}


def waiting(one: Waiting, now: int) -> dict[str, Any]:
    """Put into words who waits, by the reference alone."""
    return {
        "id": one.id,
        "reference": one.reference,
        "level": says.levels()[one.level],
        "since": says.span(now - int(one.arrived_at.timestamp())),
        "at": one.arrived_at.isoformat(),
    }


def week(counted: tuple[date, int]) -> str:
    """Name a week by its Monday, as short as it can be."""
    locale = current().partition("-")[0]
    return format_date(counted[0], format="d MMM", locale=locale)
