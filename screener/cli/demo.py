"""`screener demo`: a clinic to look at, with sixty people who do not exist."""

import shlex
from datetime import UTC, datetime
from pathlib import Path

import click

from screener import demo as made_up
from screener.cli.check import load
from screener.cli.faults import BadSettingsError
from screener.cli.serve import serve
from screener.cli.settings import read_settings
from screener.demo import DemoAccount
from screener.store import StoreUnavailable

FOLDER = Path("screener-demo")
CLINIC_FILE = "clinic.toml"
CLINIC = """\
[clinic]
name = "Demo clinic (fictional people)"
country = "US"
phone = "+1 555 0100"
"""


@click.command(short_help="Look at the staff side with made-up people.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    help="Folder for the demo, made when missing. It must not hold anything yet.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--only-fill", is_flag=True, help="Fill the folder and end; start it yourself later.")
@click.pass_context
def demo(context: click.Context, data: Path, host: str, port: int, *, only_fill: bool) -> None:
    """Fill a fresh folder with 60 fictional patients, print a sign-in, and start.

    Each name ends with "(demo)". Nobody of them exists. Never use the folder for patients.
    """
    content = load()
    try:
        clinic = _clinic_file(data)
        accounts = made_up.fill(read_settings(content, clinic, data), content, datetime.now(UTC))
    except made_up.NotFresh as error:
        raise BadSettingsError(
            f"{data} holds something already: choose another folder with --data, "
            f"or start it with: {_start(data)}"
        ) from error
    except (OSError, StoreUnavailable) as error:
        raise BadSettingsError(str(error)) from error
    _say(accounts)
    if only_fill:
        click.echo(f"Start it with: {_start(data)}")
    else:
        context.invoke(serve, host=host, port=port, data=data, clinic=clinic)


def _start(data: Path) -> str:
    start = ["screener", "serve", "--data", str(data), "--clinic", str(data / CLINIC_FILE)]
    return shlex.join(start)


def _clinic_file(data: Path) -> Path:
    """Give the demo a clinic of its own, in a file that can be looked at and changed."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = data / CLINIC_FILE
    if not file.exists():
        file.write_text(CLINIC, "utf-8")
    return file


def _say(accounts: tuple[DemoAccount, ...]) -> None:
    click.echo("60 fictional patients have sent their forms. Sign in at /staff as one of:")
    for account in accounts:
        click.echo(f"\n  {account.role}: {account.email}")
        click.echo(f"    password       {account.password}")
        click.echo(f"    recovery code  {account.recovery_codes[0]}  (in place of the app; once)")
        click.echo(f"    recovery code  {account.recovery_codes[1]}")
        click.echo(f"    secret for an authenticator app  {account.app_secret}")
    click.echo()
