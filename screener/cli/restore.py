"""`screener restore`: a backup becomes an instance again."""

from pathlib import Path

import click

from screener.cli.amounts import forms
from screener.cli.check import load
from screener.cli.faults import BadInputError, BadSettingsError
from screener.cli.intake import opened_intake
from screener.cli.passphrase import recovery_option, secret_from
from screener.cli.settings import installation, read_settings
from screener.settings import Settings
from screener.store import StoreUnavailable
from screener.store import restore as restoring
from screener.store.audit import COMMAND
from screener.store.intake import KEY
from screener.store.restore import Contents
from screener.store.sealed_file import Unreadable


@click.command(short_help="Bring a backup back where nothing is.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", "check_only", is_flag=True, help="Read all of it, and write nothing.")
@recovery_option
@installation
def restore(
    file: Path,
    check_only: bool,  # noqa: FBT001 - click gives it by name
    recovery_key: Path | None,
    clinic: Path | None,
    data: Path | None,
    keys: Path | None,
) -> None:
    """Bring the backup in FILE back, into an instance where nothing is yet.

    All of it is read and checked before anything is written; then all is written, or nothing. Put
    the keys in their folder first, unless they are in the backup.
    """
    settings = read_settings(load(), clinic, data, keys)
    secret = secret_from(recovery_key, new=False)
    try:
        with file.open("rb") as stream:
            contents = restoring.look(stream, secret)
            said = f"{forms(contents.counts.get('submission', 0))}, of {contents.made_at}"
            if check_only:
                click.echo(f"{file} is whole: {said}. Nothing was written.")
                return
            stream.seek(0)
            restoring.bring_back(stream, secret, contents, settings)
    except OSError as error:
        raise BadInputError(f"{file} cannot be used: {error.strerror}") from error
    except Unreadable as error:
        raise BadInputError(f"{file}: {error}") from error
    except StoreUnavailable as error:
        raise BadSettingsError(str(error)) from error
    click.echo(f"Brought back: {said}.")
    _check_trail(settings, contents)


def _check_trail(settings: Settings, contents: Contents) -> None:
    """See that the trail came back whole, and write into it that it did."""
    if not (settings.keys / KEY).exists():
        click.echo(f"Put the keys back into {settings.keys}, then start.")
        return
    with opened_intake(settings) as intake:
        with intake.database.reading() as connection:
            head, wrong = intake.audit.head(connection), intake.audit.first_broken(connection)
        if wrong is not None or str(head) != contents.trail:
            raise BadSettingsError("the trail is broken: these keys do not belong to this backup")
        with intake.acting(COMMAND, "backup_brought_back"):
            pass
    click.echo(f"The trail is whole, and ended with {head}")
