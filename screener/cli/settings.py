"""Read the clinic's settings for a command."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

import rules
from screener.cli.faults import BadSettingsError
from screener.settings import Settings, SettingsError

clinic_option = click.option(
    "--clinic",
    type=click.Path(path_type=Path),
    help="The clinic's settings (TOML). Without it SCREENER_CLINIC, or a neutral clinic.",
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder for the database, made when missing. Without it SCREENER_DATA, "
    "or ./screener-data.",
)
keys_option = click.option(
    "--keys",
    type=click.Path(path_type=Path),
    help="Folder for the keys. Without it SCREENER_KEYS, or the folder keys inside --data.",
)
Command = TypeVar("Command", bound=Callable[..., object])


def installation(command: Command) -> Command:
    """Let a command say which installation it is about."""
    return data_option(keys_option(clinic_option(command)))


def read_settings(
    content: rules.Content, clinic: Path | None, data: Path | None, keys: Path | None = None
) -> Settings:
    """Read the clinic's settings, or end the program with one line for each fault."""
    named: dict[str, Any] = {"keys": str(keys)} if keys else {}
    try:
        return Settings.load(clinic, data, limits=content.limits, **named)
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
