"""`screener check --prove`: every promise of the content, proven or broken by a patient."""

import textwrap
from pathlib import Path
from time import monotonic

import click

import rules
from screener.cli.faults import BadSettingsError

_WIDTH = 100


def check_proofs(content: rules.Content, folder: Path | None) -> None:
    """Prove what is promised of a content, a line for each check.

    Ends the program with exit code 1 when something is broken, or stays undecided.
    """
    try:
        # z3 is large, needed for nothing else, and not installed unless asked for.
        from rules.proof import prove  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "z3":
            raise
        what = "--prove needs z3, which is not installed; pip install 'screener[proof]'"
        raise BadSettingsError(what) from error
    began = before = monotonic()
    wrong = count = 0
    try:
        for outcome in prove(content, folder):
            now = monotonic()
            tell(outcome.name, outcome.property, outcome.says, outcome.state, now - before)
            tell_more(outcome.note, outcome.faults)
            wrong += outcome.state != "proved"
            count, before = count + 1, now
    except rules.ContentError as error:
        click.echo(str(error), err=True)
        raise BadSettingsError("nothing can be proven until this is put right") from error
    took = monotonic() - began
    click.echo(f"\n{count - wrong} of {count} proved in {took:.1f} s, for every answer and limit")
    if wrong:
        raise BadSettingsError(f"{wrong} of {count} promises are broken or undecided, see above")


def tell(name: str, number: str, says: str, state: str, took: float) -> None:
    """Print how one check came out."""
    told = f"{name} (property {number})" if number else name
    click.echo(f"{state:<9} {told}: {says} [{took:.1f} s]")


def tell_more(note: str, faults: tuple[str, ...]) -> None:
    """Print what a check looked at, and what it found, each patient in words."""
    if note:
        indent = " " * 10
        click.echo(textwrap.fill(note, _WIDTH, initial_indent=indent, subsequent_indent=indent))
    for fault in faults:
        click.echo(textwrap.indent(fault, " " * 10))
