"""`screener serve`: start everything on this machine, and print its address."""

from pathlib import Path

import click

from screener.cli.check import load
from screener.cli.faults import BadSettingsError
from screener.cli.settings import clinic_option, read_settings, refuse_blanks
from screener.settings import Settings
from screener.settings.model import Server


@click.command(short_help="Start the form on this machine.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    metavar="NUMBER",
    show_default=True,
    help="Port to listen on; 0 takes any that is free.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder for database and keys, made when missing. Without it SCREENER_DATA, "
    "or ./screener-data.",
)
@clinic_option
def serve(host: str, port: int, data: Path | None, clinic: Path | None) -> None:
    """Start Screener with an embedded database, and print the address to open.

    Ends with exit code 1, and one line for each thing to put right, when a setting is wrong.
    """
    # The web stays out of the other commands, which start in half the time without it.
    from screener import logs, server  # noqa: PLC0415
    from screener.app import create_app  # noqa: PLC0415
    from screener.store import StoreUnavailable  # noqa: PLC0415

    logs.configure()
    content = load()
    settings = read_settings(content, clinic, data)
    refuse_blanks(settings)
    try:
        with server.listen(host, port) as taken:
            address = server.address(taken)
            app = create_app(reached_at(address, settings), content)
            click.echo(f"Screener is ready: {address}/")
            kept = settings.database.shown if settings.database else settings.data
            click.echo(f"Answers are kept, sealed, in {kept}. Press Ctrl-C to stop.")
            with server.every_hour(app.extensions["store"].purge):
                server.run(app, taken, behind_proxy=settings.trusted_proxies > 0)
    except (StoreUnavailable, server.CannotListenError) as error:
        raise BadSettingsError(str(error)) from error
    click.echo("Stopped.")


def reached_at(address: str, settings: Settings) -> Settings:
    """Let a neutral address follow --host and --port; one that the clinic chose stays."""
    if settings.public_url != Server().public_url:
        return settings
    return settings.model_copy(update={"public_url": address})
