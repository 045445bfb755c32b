"""`screener export`: write forms to a file, and tell the trail of each."""

import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import click

from screener import export as exports
from screener.cli.check import load
from screener.cli.faults import BadInputError
from screener.cli.intake import with_intake
from screener.cli.output import replace
from screener.settings import Settings
from screener.store import Intake, exporting
from screener.store.audit import COMMAND
from screener.store.codes import read_reference
from screener.store.exporting import MOST, Choice, Format, Purpose, TooMany
from screener.store.models import STATUSES
from screener.store.submissions import LEVELS
from screener.summary import Logo
from screener.wall_clock import zone

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(short_help="Write forms to a file: CSV, JSON Lines, or a ZIP of PDFs.")
@click.argument("file")
@click.option(
    "--format",
    "made_as",
    type=click.Choice(get_args(Format)),
    default="csv",
    show_default=True,
    help="What to make; pdf is a ZIP of PDFs.",
)
@click.option(
    "--purpose",
    type=click.Choice(get_args(Purpose)),
    required=True,
    help="What it is for. The trail keeps it.",
)
@click.option("--reference", default="", help="Only the form with this reference.")
@click.option("--status", type=click.Choice(STATUSES), help="Only forms in this status.")
@click.option("--level", type=click.Choice(LEVELS), help="Only forms of this level.")
@click.option("--first", type=DAY, metavar="DAY", help="Sent that day or later; the clinic's days.")
@click.option("--last", type=DAY, metavar="DAY", help="Sent that day or before; the clinic's days.")
@with_intake
def export(
    intake: Intake,
    settings: Settings,
    *,
    file: str,
    made_as: Format,
    purpose: Purpose,
    reference: str,
    status: str | None,
    level: str | None,
    first: datetime | None,
    last: datetime | None,
) -> None:
    """Write forms to FILE, or - for standard output. Only its owner can read the file.

    The trail keeps which forms were exported, when, and what for. Whoever has the file reads names
    and health answers in it.
    """
    content = load()
    clock = zone(settings.clinic.time_zone)
    days = _day(first), _day(last)
    choice = Choice(_read(reference), status or "", level or "", *days, clock=clock)
    ids = _begun(intake, choice, made_as, purpose)
    picture = settings.clinic.logo
    logo = Logo(picture.content, picture.mime) if picture else None
    _write(file, exports.written(intake, ids, made_as, content, logo))
    click.echo(f"Exported: {len(ids)}.", err=True)


def _begun(intake: Intake, choice: Choice, made_as: Format, purpose: Purpose) -> list[str]:
    """Choose the forms, and tell the trail, unless there is nothing to tell."""
    try:
        with intake.database.reading() as connection:
            found = exporting.count(connection, choice)
        if not found:
            raise BadInputError("no form matches; nothing was written")
        return exporting.begin(intake, choice, COMMAND, made_as, purpose)
    except TooMany as error:
        said = f"more than {MOST:,} forms match; choose fewer with --first and --last"
        raise BadInputError(said) from error


def _write(file: str, pieces: Iterable[bytes]) -> None:
    """Write piece by piece: to standard output, or to a file that is there whole or not at all."""
    if file == "-":
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
        return
    try:
        replace(Path(file).resolve(), pieces)
    except OSError as error:
        raise BadInputError(f"{file}: cannot be written: {error.strerror}") from error


def _read(typed: str) -> str:
    if not typed:
        return ""
    reference = read_reference(typed)
    if reference is None:
        raise BadInputError(f"{typed} is not a reference; it looks like K7QM-4XRT")
    return reference


def _day(typed: datetime | None) -> date | None:
    return typed.date() if typed else None
