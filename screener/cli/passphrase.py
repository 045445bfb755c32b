"""What seals a backup: a passphrase from the environment or the keyboard, or a key in a file."""

import os
from pathlib import Path

import click

from screener.cli.faults import BadInputError
from screener.store import StoreUnavailable, key_files
from screener.store.sealed_file import Secret

VARIABLE = "SCREENER_BACKUP_PASSPHRASE"
SHORTEST = 16

recovery_option = click.option(
    "--recovery-key",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file with a key, as `screener keys recovery` makes it, in place of a passphrase.",
)


def secret_from(recovery_key: Path | None, *, new: bool) -> Secret:
    """Get what opens a backup.

    Args:
        recovery_key: the file of a key; None for a passphrase.
        new: the passphrase is chosen now: it must be long, and is asked for twice.
    """
    if recovery_key is not None:
        try:
            return Secret(key=key_files.read(recovery_key))
        except (StoreUnavailable, OSError) as error:
            raise BadInputError(f"--recovery-key: {error}") from error
    passphrase = os.environ.get(VARIABLE) or click.prompt(
        "Passphrase", hide_input=True, confirmation_prompt=new, err=True
    )
    if new and len(passphrase) < SHORTEST:
        raise BadInputError(
            f"the passphrase has {len(passphrase)} characters, it needs {SHORTEST}: "
            "whoever has the file may guess for years"
        )
    return Secret(passphrase=passphrase)
