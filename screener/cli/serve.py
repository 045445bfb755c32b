"""`screener serve`: start everything on this machine, and print its address."""

from pathlib import Path

import click

from screener import server
from screener.app import create_app
from screener.cli.check import load
from screener.cli.faults import BadSettingsError
from screener.settings import Settings, SettingsError
from screener.store import StoreUnavailable

DATA = Path("screener-data")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes any that is free.",
)
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DATA,
    show_default=True,
    envvar="SCREENER_DATA",
    show_envvar=True,
    help="Folder for the database and its keys; made when it is missing.",
)
@click.option(
    "--clinic",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="SCREENER_CLINIC",
    show_envvar=True,
    help="The clinic's settings (TOML). Without it a neutral clinic runs.",
)
def serve(host: str, port: int, data: Path, clinic: Path | None) -> None:
    """Start Screener with an embedded database, and print the address to open.

    Ends with exit code 1, and one line for each thing to put right, when a setting is wrong.
    """
    content = load()
    settings = read_settings(clinic, data)
    try:
        app = create_app(settings, content)
        listening = server.listen(app, host, port, behind_proxy=settings.trusted_proxies > 0)
    except (StoreUnavailable, server.CannotListenError) as error:
        raise BadSettingsError(str(error)) from error
    click.echo(f"Screener is ready: {server.address(listening)}")
    click.echo(f"Data is kept in {data.resolve()}. Press Ctrl-C to stop.")
    with server.every_hour(app.extensions["store"].purge):
        server.run(listening)
    click.echo("Stopped.")


def read_settings(clinic: Path | None, data: Path) -> Settings:
    """Read the clinic's settings, or end the program with one line for each fault."""
    try:
        return Settings.load(clinic, data)
    except SettingsError as error:
        *first, last = str(error).splitlines()
        for line in first:
            click.echo(f"screener: {line}", err=True)
        raise BadSettingsError(last) from error
