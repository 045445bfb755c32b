"""`screener evaluate`: a JSON object of answers in, a summary out."""

import sys
from datetime import datetime
from pathlib import Path

import click

import rules
from screener.cli.check import load
from screener.cli.faults import BadInputError
from screener.cli.limits import with_limits
from screener.cli.output import write
from screener.cli.reading import read_object
from screener.cli.settings import clinic_option, read_settings
from screener.renderers.json import as_json
from screener.renderers.text import text
from screener.summary import COPIES, PAPERS, Copy, Paper, Summary, summarise


@click.command(short_help="Turn a file of answers into a summary.")
@click.argument("file")
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
    type=click.Choice(COPIES),
    default="patient",
    show_default=True,
    help="Whom it is for. JSON holds both.",
)
@click.option(
    "--paper", type=click.Choice(PAPERS), default="a4", show_default=True, help="For html and pdf."
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a limit, for example bp_first_sys=130. May be given more than once.",
)
@clinic_option
@click.option(
    "--output", default="-", metavar="FILE", help="Write to this file, not to standard output."
)
def evaluate(
    file: str,
    form: str,
    copy: Copy,
    paper: Paper,
    limits: tuple[str, ...],
    clinic: Path | None,
    output: str,
) -> None:
    """Read a JSON object of answers from FILE, or - for standard input, and print its summary.

    Keys are question ids; null, or a key left out, means not answered; med_trials is a list of
    objects. Nothing is guessed: what cannot be read ends with one line and exit code 2.
    """
    if form == "pdf" and output == "-" and sys.stdout.isatty():
        raise BadInputError("a PDF does not suit a screen; add --output summary.pdf")
    content = load()
    settings = read_settings(content, clinic, None)
    effective = with_limits(content.limits, settings.limits, limits)
    answers = read_answers(content, file)
    now = datetime.now().astimezone().replace(microsecond=0)
    summary = summarise(content, answers, effective, settings.clinic, now, "")
    write(output, render(summary, form, copy, paper))


def read_answers(content: rules.Content, file: str) -> rules.Answers:
    """Read answers from a file, or end with one line that says what is wrong, and where."""
    given = read_object(file)
    try:
        return rules.read_answers(content, given)
    except rules.AnswerError as error:
        name = "standard input" if file == "-" else file
        raise BadInputError(f"{name}: {error.where}: {error.message}") from error


def render(summary: Summary, form: str, copy: Copy, paper: Paper) -> bytes:
    """Make the summary in the form that was asked for."""
    match form:
        case "json":
            made = as_json(summary)
        case "html":
            # Each form loads what only it needs: templates here, typst and fonts below.
            from screener.renderers.page import html  # noqa: PLC0415

            made = html(summary, copy, paper)
        case "pdf":
            from screener.renderers.pdf import pdf  # noqa: PLC0415

            return pdf(summary, copy, paper)
        case _:
            made = text(summary, copy)
    return made.encode("utf-8")
