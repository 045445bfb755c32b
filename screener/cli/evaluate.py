"""`screener evaluate`: a JSON object of answers in, a summary out."""

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import click

import rules
from screener.cli.check import load
from screener.cli.faults import BadInputError
from screener.cli.reading import read_object, shown
from screener.cli.serve import read_settings
from screener.renderers import render
from screener.summary import summarise


@click.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "pdf"]),
    default="text",
    show_default=True,
    help="What to make.",
)
@click.option(
    "--copy",
    type=click.Choice(["patient", "clinician"]),
    default="patient",
    show_default=True,
    help="Whom the summary is for. JSON holds both.",
)
@click.option(
    "--paper",
    type=click.Choice(["a4", "letter"]),
    default="a4",
    show_default=True,
    help="Paper of html and pdf.",
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a limit, bp_first_sys=130 for example. May be given more than once.",
)
@click.option(
    "--clinic",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take limits, name and help lines from a clinic's settings (TOML).",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here, not to the screen.",
)
def evaluate(
    file: str,
    form: str,
    copy: str,
    paper: str,
    limits: tuple[str, ...],
    clinic: Path | None,
    output: Path | None,
) -> None:
    """Read a JSON object of answers from FILE (or - for standard input) and print its summary.

    Keys are question ids; null, or a key left out, means not answered; med_trials is a list of
    objects. Nothing is guessed: what cannot be read ends with one line and exit code 2.
    """
    if form == "pdf" and output is None and sys.stdout.isatty():
        raise BadInputError("a PDF does not suit a screen; add --output summary.pdf")
