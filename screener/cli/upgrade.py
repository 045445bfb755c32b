"""`screener upgrade`: bring the tables up to date, before the new version serves."""

from pathlib import Path

import click

from screener.cli.check import load
from screener.cli.faults import BadSettingsError
from screener.cli.settings import installation, read_settings
from screener.store import StoreUnavailable, opening
from screener.store.upgrade import newest


@click.command(short_help="Bring the tables up to date.")
@installation
def upgrade(clinic: Path | None, data: Path | None, keys: Path | None) -> None:
    """Bring the tables up to date with this version of Screener.

    `serve` does the same by itself when it starts, where its role in the database may change
    tables. It needs no keys.
    """
    settings = read_settings(load(), clinic, data, keys)
    try:
        database = opening.open_database(settings)
    except StoreUnavailable as error:
        raise BadSettingsError(str(error)) from error
    click.echo(f"The tables of {database.name} are in version {newest()}.")
    database.close()
