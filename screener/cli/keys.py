"""`screener keys`: the clinic's keys, which open what patients send."""

import secrets as random
from datetime import UTC, datetime
from pathlib import Path

import click

from screener.cli.amounts import forms
from screener.cli.faults import BadInputError, BadSettingsError
from screener.cli.intake import with_intake
from screener.settings import Settings
from screener.store import Intake, key_files, key_state, rotation
from screener.store.audit import COMMAND
from screener.store.derived import KEY_BYTES
from screener.store.key_state import ClinicKey
from screener.store.rotation import KeyInUse

version_argument = click.argument("version", type=click.IntRange(min=1))


@click.group(short_help="Look after the clinic's keys.")
def keys() -> None:
    """Look after the keys that open what patients send.

    Each is a pair: patients seal with the public half, which is in the database; the private half
    is a file in the folder of the keys, and only the staff side needs it.
    """


@keys.command(name="list")
@with_intake
def list_keys(intake: Intake, _settings: Settings) -> None:
    """List the keys, and how many forms each of them opens."""
    for key in key_state.listed(intake):
        click.echo(_line(key))


@keys.command()
@with_intake
def check(intake: Intake, _settings: Settings) -> None:
    """See that every key is here, and that it opens every form."""
    faults = [key.fault for key in key_state.listed(intake) if key.fault]
    broken, after = key_state.broken(intake)
    while after:
        more, after = key_state.broken(intake, after)
        broken += more
    if faults or broken:
        for fault in faults:
            click.echo(f"screener: {fault}", err=True)
        raise BadSettingsError(f"{forms(len(broken))} cannot be opened")
    click.echo("Every key is here and opens its forms.")


@keys.command()
@with_intake
def prepare(intake: Intake, _settings: Settings) -> None:
    """Make the next key without using it, to carry it to every host of the staff side first."""
    version = rotation.prepare(intake)
    click.echo(f"Key {version} is made and not in use yet: {intake.clinic_keys.file(version)}")
    click.echo("Copy it to the other hosts of the staff side, then: screener keys rotate")


@keys.command()
@click.option("--resume", is_flag=True, help="Make no new key; go on where a rotation was stopped.")
@with_intake
def rotate(intake: Intake, _settings: Settings, *, resume: bool) -> None:
    """Turn to a new key, while everything runs.

    Patients seal with the new key at once. Then each form turns, some at a time; it can be read at
    every moment. If this is stopped, go on with --resume.
    """
    if not resume:
        click.echo(f"Patients seal with key {rotation.turn(intake, COMMAND)} from now on.")
    click.echo(f"{forms(rotation.reseal_all(intake))} turned to it.")
    if left := rotation.left(intake):
        raise BadSettingsError(
            f"{forms(left)} did not turn; go on with --resume, or see: screener keys check"
        )
    for key in key_state.listed(intake):
        if key.retired_at is not None:
            version = key.version
            click.echo(f"Key {version} opens nothing any more: screener keys destroy {version}")


@keys.command()
@version_argument
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_intake
def destroy(intake: Intake, _settings: Settings, *, version: int, yes: bool) -> None:
    """Destroy an old key for good.

    Copies of the database from before the rotation, in backups too, can then be read by nobody who
    has no copy of this key.
    """
    if not yes:
        click.confirm(f"Destroy key {version}? It cannot be brought back", abort=True)
    try:
        rotation.destroy(intake, version, COMMAND)
    except KeyInUse as error:
        raise BadInputError(str(error)) from error
    click.echo(f"Key {version} is destroyed here. Destroy its copies too.")


@keys.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def recovery(file: Path) -> None:
    """Make a key for backups and write it into FILE.

    Print it or carry it away from this machine: without it its backups can be read by nobody.
    """
    if file.exists():
        raise BadInputError(f"{file} is there already")
    try:
        key_files.write(file, random.token_bytes(KEY_BYTES))
    except OSError as error:
        raise BadInputError(f"{file} cannot be written: {error.strerror}") from error
    click.echo(f"The key is in {file}. Keep a copy away from this machine.")


def _line(key: ClinicKey) -> str:
    state = "in use" if key.retired_at is None else f"retired {_day(key.retired_at)}"
    here = f"  {key.fault}" if key.fault else ""
    return f"{key.version:>4}  made {_day(key.made_at)}  {state:<18}  {forms(key.records)}{here}"


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
