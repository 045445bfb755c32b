"""`screener serve`: start everything on this machine, and print its address."""

import shlex
from collections.abc import Callable
from pathlib import Path

import click

from screener import jobs, logs, server, timer
from screener.app import create_app
from screener.cli.check import load
from screener.cli.faults import BadSettingsError
from screener.cli.settings import installation, read_settings, refuse_blanks
from screener.metrics import Figures
from screener.settings import Settings
from screener.settings.model import Server
from screener.store import StoreUnavailable
from screener.web import parts, traffic
from screener.web.parts import Parts, Side
from screener.web.traffic import Answered

PORT = click.IntRange(0, 65535)


@click.command(short_help="Start the form on this machine.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=PORT,
    default=8000,
    metavar="NUMBER",
    show_default=True,
    help="Port to listen on; 0 takes any that is free.",
)
@click.option(
    "--only",
    type=click.Choice(["patient", "staff"]),
    help="Run the patients' pages alone, or the staff's. Both share the database.",
)
@click.option(
    "--request-log/--no-request-log",
    default=True,
    show_default=True,
    help="Write a line for each request: its method, page, status and time.",
)
@click.option(
    "--metrics-port",
    type=PORT,
    metavar="NUMBER",
    help="Give figures for Prometheus on this port. Keep it away from the public.",
)
@click.option(
    "--metrics-host", default="127.0.0.1", show_default=True, help="Address for the figures."
)
@installation
def serve(
    host: str,
    port: int,
    only: Side | None,
    request_log: bool,  # noqa: FBT001 - click gives it by name
    metrics_port: int | None,
    metrics_host: str,
    data: Path | None,
    keys: Path | None,
    clinic: Path | None,
) -> None:
    """Start Screener with an embedded database, and print the address to open.

    Ends with exit code 1, and one line for each thing to put right, when a setting is wrong.
    """
    logs.configure()
    server.leave_no_core()
    content = load()
    settings = read_settings(content, clinic, data, keys)
    if only != "staff":
        refuse_blanks(settings)
    figures = Figures() if metrics_port is not None else None
    listeners = _listeners(figures, request_log=request_log)
    try:
        with server.listen(host, port) as taken:
            settings = reached_at(server.address(taken), settings)
            app = create_app(settings, content, only=only, listeners=listeners)
            made_of = parts.of(app)
            beside = jobs.of(made_of)
            _say(said(server.address(taken), made_of))
            if figures and metrics_port is not None:
                figures.watch(beside, made_of.staff_store)
                _say([f"Figures: {given(figures, metrics_host, metrics_port)}"])
            with timer.running(beside):
                server.run(app, taken, behind_proxy=settings.trusted_proxies > 0)
    except (StoreUnavailable, server.CannotListenError) as error:
        raise BadSettingsError(str(error)) from error
    click.echo("Stopped.")


def _listeners(figures: Figures | None, *, request_log: bool) -> list[Callable[[Answered], None]]:
    """Say who is told of each request."""
    listeners: list[Callable[[Answered], None]] = [traffic.log_it] if request_log else []
    if figures:
        figures.listen_to_the_log()
        listeners.append(figures.answered)
    return listeners


def said(address: str, made_of: Parts) -> list[str]:
    """Say where the pages are, and where what is written is kept."""
    settings = made_of.settings
    kept = settings.database.shown if settings.database else settings.data
    patients, staff = f"{address}/", f"{address}/staff"
    lines = [f"Screener is ready: {patients if made_of.patients_store else staff}"]
    if made_of.patients_store and made_of.staff_store:
        lines.append(f"Staff: {staff}")
    if made_of.patients_store and settings.sending.offered and not made_of.store.takes_forms():
        lines.append(
            "Patients cannot send forms yet: nobody of the staff can sign in. To change that: "
            "screener staff add --name 'Sam Lee' --email sam@clinic.example --role admin"
            f" --data {shlex.quote(str(settings.data))}"
        )
    lines.append(f"Answers are kept, sealed, in {kept}. Press Ctrl-C to stop.")
    return lines


def given(figures: Figures, host: str, port: int) -> str:
    """Start to give figures, and return their address."""
    try:
        taken = figures.serve(host, port)
    except (OSError, OverflowError, UnicodeError) as error:
        raise server.CannotListenError(
            f"the figures cannot be given on {host}, port {port}: choose another --metrics-port"
        ) from error
    return f"http://{f'[{host}]' if ':' in host else host}:{taken}/metrics"


def _say(lines: list[str]) -> None:
    """Print lines at once: somebody may be waiting to read them."""
    for line in lines:
        click.echo(line)


def reached_at(address: str, settings: Settings) -> Settings:
    """Let a neutral address follow --host and --port; one that the clinic chose stays."""
    if settings.public_url != Server().public_url:
        return settings
    return settings.model_copy(update={"public_url": address})
