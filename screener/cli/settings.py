"""Read the clinic's settings for a command."""

from collections.abc import Sequence
from pathlib import Path

import click

import rules
from screener.cli.faults import BadSettingsError
from screener.settings import Settings, SettingsError

clinic_option = click.option(
    "--clinic",
    type=click.Path(path_type=Path),
    help="The clinic's settings (TOML). Without it SCREENER_CLINIC, or a neutral clinic.",
)


def read_settings(content: rules.Content, clinic: Path | None, data: Path | None) -> Settings:
    """Read the clinic's settings, or end the program with one line for each fault."""
    try:
        return Settings.load(clinic, data, limits=content.limits)
    except SettingsError as error:
        raise all_said(error.lines) from error


def refuse_blanks(settings: Settings) -> None:
    """End the program when the form would be public and not say who is behind it."""
    if settings.blanks:
        raise all_said(settings.blanks)


def all_said(lines: Sequence[str]) -> BadSettingsError:
    """Print all lines but the last, which the program ends with."""
    *first, last = lines
    for line in first:
        click.echo(f"screener: {line}", err=True)
    return BadSettingsError(last)
