"""Whom to reach now. No session, no database: this page must work when nothing else does."""

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

import rules
from screener import language
from screener.web.parts import parts


def register(bp: Blueprint) -> None:
    """Add the help page."""
    bp.get("/help", endpoint="help")(page)


def page() -> ResponseReturnValue:
    """Show the help lines of the chosen country, else of the clinic's own."""
    lines = parts().content.helplines
    chosen = request.args.get("country", "") or parts().settings.clinic.country
    country = lines.country(chosen)
    return render_template(
        "side/help.html",
        help=country,
        world=lines.world,
        known=country is not lines.world,
        countries=[(other.code, other.name) for other in lines.countries.values()],
        checked_on=checked_on(country),
        unchecked=list(unchecked(country)),
    )


def checked_on(country: rules.CountryHelp) -> str:
    """Say when the numbers were last compared with their source: the oldest day counts."""
    days = [number.checked_on for number in country.numbers]
    days += [line.checked_on for line in country.lines]
    first = min((day for day in days if day), default="")
    home = parts().settings.clinic.country
    return language.date_in_words(date.fromisoformat(first), home) if first else ""


def unchecked(country: rules.CountryHelp) -> Iterator[str]:
    """Name the numbers that no one has compared with a source yet."""
    for number in country.numbers:
        if not number.verified:
            yield number.number
    for line in country.lines:
        if not line.verified:
            yield line.call or line.text_to or line.name
