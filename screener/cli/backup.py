"""`screener backup`: everything of one moment in one sealed file, while the server runs."""

import os
import secrets
from pathlib import Path

import click

from screener.cli.amounts import forms
from screener.cli.faults import BadInputError
from screener.cli.intake import with_intake
from screener.cli.passphrase import recovery_option, secret_from
from screener.settings import Settings
from screener.store import Intake, folders
from screener.store import backup as backups
from screener.store.audit import COMMAND
from screener.store.sealed_file import Secret, Writer


@click.command(short_help="Write everything into one sealed file.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--with-keys",
    is_flag=True,
    help="Put the keys into it too: then this file and its passphrase open everything. Without it "
    "keep a copy of the folder of the keys somewhere else.",
)
@recovery_option
@with_intake
def backup(
    intake: Intake, settings: Settings, *, file: Path, with_keys: bool, recovery_key: Path | None
) -> None:
    """Write everything into FILE, sealed, while the server runs.

    It is sealed with a passphrase, from SCREENER_BACKUP_PASSPHRASE or typed, or with a key from a
    file. What was sent stays sealed for the clinic inside. Keep the end of the trail, as printed.
    """
    if file.exists():
        raise BadInputError(f"{file} is there already; a backup is never written over another")
    secret = secret_from(recovery_key, new=True)
    with intake.acting(COMMAND, "backup_made"):
        pass
    with intake.database.reading() as connection:
        head = intake.audit.head(connection)
    try:
        counts = _write(intake, file, secret, settings.keys if with_keys else None)
    except OSError as error:
        raise BadInputError(f"{file} cannot be written: {error.strerror}") from error
    click.echo(
        f"{forms(counts['submission'])}, and {sum(counts.values())} rows in all, are in {file}."
    )
    click.echo(f"The trail ends with {head}")
    if not with_keys:
        click.echo(f"The keys are not in it. Keep a copy of {settings.keys} somewhere else.")


def _write(intake: Intake, file: Path, secret: Secret, keys: Path | None) -> dict[str, int]:
    """Write the file beside its place, and put it there when it is whole and on the disk."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            counts = backups.write(intake, Writer(stream, secret), keys)
            stream.flush()
            os.fsync(stream.fileno())
        part.rename(file)
        folders.sync(file.parent)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return counts
